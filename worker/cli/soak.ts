import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { fileOf } from './lib/checks.ts';
import { Fault, runCommand } from './lib/fault.ts';
import { ROOT, resolveTyped } from './lib/places.ts';

const HOUR = 3_600_000;

/** The part of vitest's own JSON that is passed on. */
const Report = v.object({
  numPassedTests: v.number(),
  numFailedTests: v.number(),
  success: v.boolean(),
  testResults: v.array(
    v.object({
      name: v.string(),
      message: v.optional(v.string()),
      assertionResults: v.array(
        v.object({
          fullName: v.string(),
          status: v.string(),
          duration: v.nullish(v.number()),
          failureMessages: v.nullish(v.array(v.string())),
        }),
      ),
    }),
  ),
});

// The tests that know a full size (they import test/support/size.ts) at that size; JSON on standard output,
// or in the file that --json names, and vitest's own account of it on standard error.
await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'string' } },
  });
  const files = globSync('test/**/*.test.ts', { cwd: ROOT }).filter(
    (path) =>
      /from '[^']*\/support\/size\.ts'/.test(readFileSync(join(ROOT, path), 'utf8')) &&
      (positionals.length === 0 || positionals.some((part) => path.includes(part))),
  );
  if (files.length === 0) throw new Fault('No such test has a full size.');
  const report = runVitest(files);
  const text = `${JSON.stringify(report, undefined, 2)}\n`;
  if (values.json === undefined) process.stdout.write(text);
  else writeFileSync(resolveTyped(values.json), text);
  return report.ok ? 0 : 1;
});

function runVitest(files: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'sidetrail-soak-'));
  const json = join(folder, 'report.json');
  const started = performance.now();
  try {
    const options = [
      `--testTimeout=${HOUR}`,
      `--hookTimeout=${HOUR}`,
      '--reporter=default',
      '--reporter=json',
    ];
    const { status } = spawnSync(
      process.execPath,
      [fileOf('vitest', 'vitest.mjs'), 'run', ...options, `--outputFile.json=${json}`, ...files],
      { cwd: ROOT, stdio: ['ignore', 2, 2], env: { ...process.env, SIDETRAIL_SOAK: '1' } },
    );
    const { numPassedTests, numFailedTests, success, testResults } = v.parse(
      v.pipe(v.string(), v.parseJson(), Report),
      readFileSync(json, 'utf8'),
    );
    return {
      ok: success && status === 0,
      passed: numPassedTests,
      failed: numFailedTests,
      seconds: Math.round((performance.now() - started) / 100) / 10,
      tests: testResults.flatMap(({ name, assertionResults }) =>
        assertionResults.map(({ fullName, status: state, duration, failureMessages }) => ({
          file: name.startsWith(ROOT) ? name.slice(ROOT.length) : name,
          test: fullName,
          state,
          seconds: Math.round(duration ?? 0) / 1000,
          ...(failureMessages?.length ? { errors: failureMessages } : {}),
        })),
      ),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
