import { defineConfig } from 'vitest/config';

/** Bytes as base64 and hex, which workerd has: parts of the Worker are tested here without it. */
const execArgv = ['--js-base-64'];

/** How long a condition may take: machines that run all of this at once are slow at times, and a passing test does not wait. */
const patient = { expect: { poll: { timeout: 30_000 } } };

export default defineConfig({
  test: {
    // More than cores: much of what browsers and Workers do is waiting.
    maxWorkers: 6,
    projects: [
      {
        test: {
          name: 'shared',
          include: ['test/shared/**/*.test.ts', 'test/*.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          ...patient,
          name: 'extension',
          include: ['test/extension/**/*.test.ts'],
          testTimeout: 60_000,
        },
      },
      { test: { ...patient, name: 'cli', include: ['test/cli/**/*.test.ts'], testTimeout: 60_000 } },
      {
        test: {
          ...patient,
          name: 'worker',
          execArgv,
          include: ['test/worker/**/*.test.ts', 'test/conformance/**/*.test.ts'],
          globalSetup: ['test/support/worker-build.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          ...patient,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/support/extension-build.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
