import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Fault } from '../../worker/cli/lib/fault.ts';
import { lockState } from '../../worker/cli/lib/lock.ts';
import { adminToken, openState, rootSecret, stateFiles } from '../../worker/cli/lib/state.ts';
import { temporaryFolder } from './temporary.ts';

const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8);
const GIVEN = 'a-token-of-the-user-that-is-long-enough';

test('the folder and the secrets in it are for their owner only', () => {
  using temporary = temporaryFolder();
  const state = openState(join(temporary.path, 'deep', 'state'));
  rootSecret(state);
  adminToken(state, undefined);
  state.setUrl('http://127.0.0.1:8787');
  expect(mode(state.folder)).toBe('700');
  expect(['secret', 'admin-token', 'url'].map((name) => mode(state.path(name)))).toEqual([
    '600',
    '600',
    '600',
  ]);
});

test('a folder that stood open is closed', () => {
  using temporary = temporaryFolder();
  const folder = join(temporary.path, 'state');
  mkdirSync(folder);
  chmodSync(folder, 0o755);
  openState(folder);
  expect(mode(folder)).toBe('700');
});

test('a folder of something else is refused and left as it is', () => {
  using temporary = temporaryFolder();
  chmodSync(temporary.path, 0o755);
  writeFileSync(join(temporary.path, 'thesis.tex'), '');
  expect(() => openState(temporary.path)).toThrow(Fault);
  expect(mode(temporary.path)).toBe('755');
});

test('secret and token are made once', () => {
  using temporary = temporaryFolder();
  const read = () => {
    const state = openState(temporary.path);
    return [rootSecret(state), adminToken(state, undefined)];
  };
  const first = read();
  expect(read()).toEqual(first);
  expect(Buffer.from(first[0] ?? '', 'base64url')).toHaveLength(32);
  expect(first[1]?.length).toBeGreaterThanOrEqual(32);
});

test('a token of the user takes the place of the kept one', () => {
  using temporary = temporaryFolder();
  const state = openState(temporary.path);
  adminToken(state, undefined);
  expect(adminToken(state, GIVEN)).toBe(GIVEN);
  expect(stateFiles(temporary.path).adminToken()).toBe(GIVEN);
});

test.each([
  ['short', 'x'.repeat(31)],
  ['over two lines', `${'x'.repeat(32)}\n${'x'.repeat(32)}`],
  ['far too long', 'x'.repeat(513)],
  ['with a blank', `${'x'.repeat(32)} y`],
  ['not ASCII', '云'.repeat(40)],
  ['with both kinds of single quote', `'\`${'x'.repeat(40)}`],
])('a token that is %s is refused and changes nothing', (_, token) => {
  using temporary = temporaryFolder();
  const state = openState(temporary.path);
  const kept = adminToken(state, undefined);
  expect(() => adminToken(state, token)).toThrow(Fault);
  expect(state.adminToken()).toBe(kept);
});

test('one process at a time has the folder', () => {
  using temporary = temporaryFolder();
  const state = openState(temporary.path);
  const unlock = lockState(state);
  expect(state.read('pid')).toBe(String(process.pid));
  unlock();
  expect(state.read('pid')).toBeUndefined();
});

test.each([
  ['is gone', 2 ** 22 + 1],
  ['is another program by now', process.ppid],
])('a lock whose process %s counts for nothing', (_, pid) => {
  using temporary = temporaryFolder();
  const state = openState(temporary.path);
  state.write('pid', String(pid));
  expect(() => lockState(state)()).not.toThrow();
});
