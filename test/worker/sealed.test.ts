import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { open, seal } from '../../worker/access/sealed.ts';
import type { RootSecrets } from '../../worker/access/secrets.ts';
import { sealCursor } from '../../worker/access/cursor.ts';
import { size } from '../support/size.ts';

const CURRENT = Buffer.alloc(32, 1).toString('base64url');
const FORMER = Buffer.alloc(32, 2).toString('base64url');
const secrets: RootSecrets = { current: CURRENT };
const runs = { numRuns: size(100, 2000) };

/** Any text that is one: half a surrogate pair has no bytes. */
const text = fc.string({ unit: 'grapheme', maxLength: 300 });
const id = fc.string({ minLength: 1, maxLength: 40 });
const rowOf = (row: string) => ({ label: 'credential', id: row }) as const;

test('what was sealed for a row opens for that row, and never looks the same', async () => {
  await fc.assert(
    fc.asyncProperty(text, id, async (plain, row) => {
      const [one, other] = [await seal(secrets, rowOf(row), plain), await seal(secrets, rowOf(row), plain)];
      expect(await open(secrets, rowOf(row), one)).toBe(plain);
      expect(one).not.toBe(other);
      expect(one).toMatch(/^[\w-]+$/);
    }),
    runs,
  );
});

test('it does not open for another row', async () => {
  await fc.assert(
    fc.asyncProperty(text, id, id, async (plain, row, other) => {
      fc.pre(row !== other);
      expect(await open(secrets, rowOf(other), await seal(secrets, rowOf(row), plain))).toBeUndefined();
    }),
    runs,
  );
});

test('a bit that was flipped, and a text that was cut, do not open', async () => {
  await fc.assert(
    fc.asyncProperty(text, id, fc.nat(), async (plain, row, at) => {
      const bytes = Buffer.from(await seal(secrets, rowOf(row), plain), 'base64url');
      const bit = at % (bytes.length * 8);
      const cut = bytes.subarray(0, at % bytes.length).toString('base64url');
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(await open(secrets, rowOf(row), bytes.toString('base64url'))).toBeUndefined();
      expect(await open(secrets, rowOf(row), cut)).toBeUndefined();
    }),
    runs,
  );
});

test('what was sealed before the root secret was rotated opens; once the former one is gone, it does not', async () => {
  const sealed = await seal({ current: FORMER }, rowOf('row'), 'plain');
  expect(await open({ current: CURRENT, previous: FORMER }, rowOf('row'), sealed)).toBe('plain');
  expect(await open(secrets, rowOf('row'), sealed)).toBeUndefined();
  const anew = await seal({ current: CURRENT, previous: FORMER }, rowOf('row'), 'plain');
  expect(await open({ current: FORMER }, rowOf('row'), anew)).toBeUndefined();
});

test('what was sealed as something else does not open as a credential', async () => {
  const cursor = await sealCursor(secrets, { kind: 'changes', seq: 1, scope: '' });
  expect(await open(secrets, rowOf('row'), cursor)).toBeUndefined();
  expect(await open(secrets, rowOf(''), cursor)).toBeUndefined();
});

test.each(['', 'x', '=', 'not base64url!', '«»'])('%j does not open', async (sealed) => {
  expect(await open(secrets, rowOf('row'), sealed)).toBeUndefined();
});
