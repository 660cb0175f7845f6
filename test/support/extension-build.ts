/** Builds the extension as it is shipped, once per test run: vitest calls `setup` before the first test. */
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const OUT = 'test/.output';

/** The folder of the built extension, for a browser to load. */
export const EXTENSION = `${ROOT}${OUT}/chrome-mv3`;

/** In a process of its own, because the build sets the environment of the process that it runs in. */
const BUILD = `import { build } from 'wxt'; await build({ outDir: '${OUT}' });`;

export async function setup(): Promise<void> {
  rmSync(`${ROOT}${OUT}`, { recursive: true, force: true });
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', BUILD], {
    cwd: ROOT,
    // Vitest's own settings would make it a development build.
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
  });
}
