import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Fault } from './fault.ts';

/** The files of a state folder that hold one text each. Readers give undefined where there is none. */
export interface StateFiles {
  folder: string;
  /** Address of the running Worker; absent while none runs. */
  url(): string | undefined;
  setUrl(url: string | undefined): void;
  adminToken(): string | undefined;
  /** Path of a file in the folder. */
  path(name: string): string;
  read(name: string): string | undefined;
  /** Writes whole or not at all, readable by the owner only. */
  write(name: string, text: string): void;
  remove(name: string): void;
}

/** The files of a state folder, which need not exist to be read. */
export function stateFiles(folder: string): StateFiles {
  const path = (name: string): string => join(folder, name);
  const read = (name: string): string | undefined =>
    existsSync(path(name)) ? readFileSync(path(name), 'utf8').trim() || undefined : undefined;
  const remove = (name: string): void => rmSync(path(name), { force: true });
  const write = (name: string, text: string): void => {
    const half = path(`${name}.${process.pid}.part`);
    writeFileSync(half, `${text}\n`, { mode: 0o600 });
    renameSync(half, path(name));
  };
  return {
    folder,
    path,
    read,
    write,
    remove,
    url: () => read('url'),
    setUrl: (url) => (url === undefined ? remove('url') : write('url', url)),
    adminToken: () => read('admin-token'),
  };
}

/** Files of which at least one is there from the first moment of the first start. */
const OURS = new Set(['pid', 'secret', 'admin-token', 'url', 'demo.json', 'v3']);

/**
 * Makes the folder where it is missing, and closes it to others (mode 0700).
 * A folder that holds something else is refused rather than closed: it may be shared.
 */
export function openState(folder: string): StateFiles {
  if (existsSync(folder)) {
    const names = listFolder(folder);
    if (names.length > 0 && !names.some((name) => OURS.has(name))) {
      throw new Fault(
        `${folder} holds something else than Sidetrail's state: choose another SIDETRAIL_DATA.`,
      );
    }
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  return stateFiles(folder);
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    throw new Fault(`${folder} is not a folder that can be read: choose another SIDETRAIL_DATA.`);
  }
}

/** The root secret: 32 random bytes as base64url, made once. Everything stored encrypted depends on it. */
export function rootSecret(state: StateFiles): string {
  return keep(state, 'secret', () => random());
}

/**
 * The admin token: the same at each start. A `given` one takes the place of the kept one, which stops working.
 * A token travels in a header and in an environment file, so it must be 32 or more printable ASCII characters without blanks.
 */
export function adminToken(state: StateFiles, given: string | undefined): string {
  if (!given) return keep(state, 'admin-token', () => random());
  if (given.length < 32) {
    throw new Fault(`SIDETRAIL_ADMIN_TOKEN has ${given.length} characters; it needs 32 or more.`);
  }
  if (!/^[!-~]{32,512}$/.test(given) || (given.includes("'") && given.includes('`'))) {
    throw new Fault(
      'SIDETRAIL_ADMIN_TOKEN may have up to 512 letters, digits and signs of ASCII, no blank, and one kind of quote.',
    );
  }
  if (state.adminToken() !== given) state.write('admin-token', given);
  return given;
}

function keep(state: StateFiles, name: string, make: () => string): string {
  const kept = state.read(name);
  if (kept !== undefined) {
    chmodSync(state.path(name), 0o600);
    return kept;
  }
  const made = make();
  state.write(name, made);
  return made;
}

function random(): string {
  return randomBytes(32).toString('base64url');
}
