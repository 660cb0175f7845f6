import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { records } from '../support/company/company.ts';
import { until } from '../support/installation.ts';
import { ADMIN_TOKEN, startWorker } from '../support/worker.ts';
import { temporaryFolder } from '../cli/temporary.ts';

interface Demo {
  child: ChildProcess;
  output: () => string;
  ended: Promise<number | null>;
}

/** The command as npm runs it; everything temporary is in `folder`. */
function demo(folder: string, args: string[], env: Record<string, string> = {}): Demo {
  const child = spawn(process.execPath, ['worker/cli/bootstrap.mjs', 'demo', ...args], {
    env: { ...process.env, TMPDIR: folder, SIDETRAIL_DATA: join(folder, 'none'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', resolve);
  });
  return { child, output: () => output, ended };
}

test('the demo lists what happened to resources of the demo company, and leaves nothing behind', async () => {
  using temporary = temporaryFolder();
  const { output, ended } = demo(temporary.path, ['--headless', '--check']);
  const code = await ended;
  const listed = ['ins', 'disk', 'sg'].map(
    (kind) => `The panel beside ${kind}-.+: [1-9]\\d* events?( so far)?\\.\n`,
  );
  expect([code, output()]).toEqual([0, expect.stringMatching(new RegExp(listed.join('')))]);
  expect(readdirSync(temporary.path)).toEqual([]);
});

test('it uses a Worker that has demo data already, and Ctrl-C ends it', async () => {
  using temporary = temporaryFolder();
  const worker = await startWorker();
  try {
    const end = Math.floor(Date.now() / 1000);
    const { status } = await worker.send([...records({ seed: 1, records: 4000, end, days: 60 })], {
      source: 'demo',
    });
    expect(status).toBe(200);
    const { origin } = (await worker.harness.listen()).url;
    const { child, output, ended } = demo(temporary.path, ['--headless'], {
      SIDETRAIL_URL: origin,
      SIDETRAIL_TOKEN: ADMIN_TOKEN,
    });
    await until(() => output().includes('Ctrl-C here') || child.exitCode !== null, 60_000);
    child.kill('SIGINT');
    expect([await ended, output()]).toEqual([0, expect.not.stringContaining('Starting a Worker')]);
    expect(readdirSync(temporary.path)).toEqual([]);
  } finally {
    await worker.close();
  }
});

test('without a screen it says what to do', async () => {
  using temporary = temporaryFolder();
  const { output, ended } = demo(temporary.path, [], { DISPLAY: '', WAYLAND_DISPLAY: '' });
  if (process.platform !== 'linux') return;
  expect([await ended, output()]).toEqual([1, expect.stringContaining('--headless --check')]);
});
