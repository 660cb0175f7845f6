import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const KEEPER = fileURLToPath(new URL('../../worker/cli/lib/keeper.ts', import.meta.url));

// A command with a child of its own, both of which would live on; it prints the numbers of both.
const FAMILY = `
  const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  console.log(process.pid + ' ' + child.pid);
  process.on('SIGTERM', () => {});
  setInterval(() => {}, 1000);
`;

function keep(script: string): ChildProcess {
  return spawn(process.execPath, [KEEPER, process.execPath, '-e', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

async function familyOf(keeper: ChildProcess): Promise<number[]> {
  if (!keeper.stdout) throw new Error('the keeper has no output');
  const [line] = await once(createInterface(keeper.stdout), 'line');
  return String(line).split(' ').map(Number);
}

/** Those that still run. A process that ended and that nobody waited for stays as an entry; it does not count. */
function living(pids: readonly number[]): number[] {
  return pids.filter((pid) => {
    const { status, stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
    return status === 0 && !stdout.trim().startsWith('Z');
  });
}

const SOON = { timeout: 15_000 };

test('when its starter is gone, all that the command started is ended, willing or not', async () => {
  const keeper = keep(FAMILY);
  const family = await familyOf(keeper);
  keeper.stdin?.destroy();
  await once(keeper, 'exit');
  await expect.poll(() => living(family), SOON).toEqual([]);
});

test('SIGTERM ends all of it', async () => {
  const keeper = keep(FAMILY);
  const family = await familyOf(keeper);
  keeper.kill('SIGTERM');
  await once(keeper, 'exit');
  await expect.poll(() => living(family), SOON).toEqual([]);
});

test('it ends as the command ends, and takes along what the command left behind', async () => {
  const keeper = keep(`${FAMILY} setTimeout(() => process.exit(7), 50);`);
  const family = await familyOf(keeper);
  expect(await once(keeper, 'exit')).toEqual([7, null]);
  await expect.poll(() => living(family), SOON).toEqual([]);
});
