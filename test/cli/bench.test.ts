import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from './temporary.ts';

test('a bench has a folder for its figures before it begins, not after all the work', () => {
  using temporary = temporaryFolder();
  const file = join(temporary.path, 'new', 'panel.json');
  // It ends at once: this is for another bench.
  const args = ['test/bench/panel/main.ts', '--json', file, '--duckdb'];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect([status, stderr]).toEqual([1, expect.stringContaining('--duckdb is for npm run bench')]);
  expect(existsSync(join(temporary.path, 'new'))).toBe(true);
});
