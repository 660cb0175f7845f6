/** Bundles the Worker once per test run, for all tests that start one: vitest calls `setup` before the first. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const WRANGLER = createRequire(import.meta.url).resolve('wrangler/package.json');

/** Where tests are told of the bundle: they run in processes of their own. */
const VARIABLE = 'SIDETRAIL_TEST_BUNDLE';

/** The folder of the bundle; undefined where there is none: who starts a Worker bundles it then, and hears what is wrong. */
export function bundledWorker(): string | undefined {
  return process.env[VARIABLE];
}

export async function setup(): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'sidetrail-bundle-'));
  const wrangler = WRANGLER.replace(/package\.json$/, 'bin/wrangler.js');
  try {
    await promisify(execFile)(process.execPath, [wrangler, 'deploy', '--dry-run', '--outdir', folder], {
      env: { ...process.env, WRANGLER_SEND_METRICS: 'false', WRANGLER_WRITE_LOGS: 'false' },
    });
    process.env[VARIABLE] = folder;
  } catch {
    // Each test that starts a Worker says why.
  }
  return () => rmSync(folder, { recursive: true, force: true });
}
