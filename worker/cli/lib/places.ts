import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's top folder. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

type Env = Readonly<Record<string, string | undefined>>;

/** Resolves a path that the user typed: npm changes the folder, so it is read from where npm was called. */
export function resolveTyped(path: string, env: Env = process.env): string {
  const viaNpm = env['npm_package_json'] === resolve(ROOT, 'package.json');
  return resolve((viaNpm ? env['INIT_CWD'] : undefined) ?? process.cwd(), path);
}

/** The state folder: `SIDETRAIL_DATA`, else `.sidetrail` in the project. */
export function stateFolder(env: Env = process.env): string {
  const named = env['SIDETRAIL_DATA'];
  return named ? resolveTyped(named, env) : resolve(ROOT, '.sidetrail');
}
