import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLog } from '../../worker/cli/lib/log.ts';
import { temporaryFolder } from './temporary.ts';

test('a secret is struck out, also where chunks cut it', () => {
  using temporary = temporaryFolder();
  const path = join(temporary.path, 'log');
  const log = createLog(path, ['top-secret']);
  log.add('token top-sec');
  log.add('ret here\nand top-secret again');
  expect(readFileSync(path, 'utf8')).toBe('token «secret» here\n');
  expect(log.tail()).toEqual(['token «secret» here', 'and «secret» again']);
});

test('the file stays bounded, for its owner only, and the tail short', () => {
  using temporary = temporaryFolder();
  const path = join(temporary.path, 'log');
  const log = createLog(path, []);
  for (let line = 0; line < 120; line += 1) log.add(`${'x'.repeat(100_000)}\n`);
  expect(statSync(path).size + statSync(`${path}.1`).size).toBeLessThan(9_000_000);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(log.tail()).toHaveLength(30);
});
