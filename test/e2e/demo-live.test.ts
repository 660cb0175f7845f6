import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freePort } from '../../worker/cli/lib/port.ts';
import { temporaryFolder } from '../cli/temporary.ts';
import { until } from '../support/installation.ts';

test('npm run demo:live follows its cloud by itself, and leaves nothing when it is stopped', async () => {
  using folder = temporaryFolder();
  const left = join(folder.path, 'tmp');
  mkdirSync(left);
  const port = await freePort();
  const command = spawn(process.execPath, ['worker/cli/demo-live.ts'], {
    env: { ...process.env, PORT: `${port}`, TMPDIR: left },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(command, 'close');
  let output = '';
  for (const stream of [command.stdout, command.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  try {
    await until(() => output.includes('Ctrl-C stops both') || command.exitCode !== null);
    const token = /Admin token {2}(\S+)/.exec(output)?.[1];
    expect(token, output).toBeDefined();
    const status = async (): Promise<Record<string, unknown>> => {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch(`http://127.0.0.1:${port}/v1/status`, { headers });
      return answer.json();
    };
    // The present is read at the first tick, the past beside it.
    await until(async () => Number((await status())['events']) > 500);
    expect(await status()).toMatchObject({
      readers: [{ source: 'api', accounts: ['100010001000'], state: 'ok' }],
    });
  } finally {
    command.kill('SIGINT');
    await ended;
  }
  expect(command.exitCode, output).toBe(0);
  expect(readdirSync(left)).toEqual([]);
});
