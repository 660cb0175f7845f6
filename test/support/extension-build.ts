/** Builds the extension as it is shipped, once per test run: vitest calls `setup` before the first test. */
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const OUT = join(ROOT, 'test/.output');

/** The folder of the built extension, for a browser to load. */
export const EXTENSION = join(OUT, 'chrome-mv3');

/**
 * Builds the extension into a folder, with the zip for the store beside it if that is wanted; gives the folder for a
 * browser to load. In a process of its own, because a build sets the environment of the process that it runs in.
 */
export async function buildExtension(out: string, { zips = false } = {}): Promise<string> {
  const make = zips ? 'zip' : 'build';
  const script = `import { ${make} } from 'wxt'; await ${make}({ outDir: ${JSON.stringify(out)} });`;
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: ROOT,
    // Vitest's own settings would make it a development build.
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
  });
  return join(out, 'chrome-mv3');
}

export async function setup(): Promise<void> {
  rmSync(OUT, { recursive: true, force: true });
  await buildExtension(OUT);
}
