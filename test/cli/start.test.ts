import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../worker/cli/lib/port.ts';
import { temporaryFolder } from './temporary.ts';

const START = fileURLToPath(new URL('../../worker/cli/start.ts', import.meta.url));
const LONG = 120_000;
const TOKEN = `it's-a-"token"-of-$HOME-#for-the-test`;

function start(folder: string, port: number, more: Record<string, string> = {}): ChildProcess {
  const env = { ...process.env, SIDETRAIL_DATA: folder, PORT: String(port), ...more };
  const child = spawn(process.execPath, [START, '--empty'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** Its output up to the line that says how to stop it. */
function untilUp(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes('Ctrl-C stops it.')) resolve(output);
      });
    }
    child.on('exit', () => reject(new Error(`it ended early: ${output}`)));
  });
}

/** Processes that name the state folder in their arguments, other than those that ended. */
function processesOf(folder: string): string[] {
  const { stdout } = spawnSync('ps', ['-eo', 'stat=,args='], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => line.includes(folder) && !line.startsWith('Z'));
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

test(
  'start serves, tells where, runs once, and leaves nothing behind when it is stopped',
  { timeout: LONG },
  async () => {
    using temporary = temporaryFolder();
    const folder = join(temporary.path, 'state');
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const child = start(folder, port, {
      SIDETRAIL_ADMIN_TOKEN: TOKEN,
      SIDETRAIL_ALLOW_PRIVATE: '127.0.0.1:9000, minio:9001',
    });
    const output = await untilUp(child);
    expect(output).toContain(url);
    expect(output).toContain(TOKEN);
    expect(output).toContain('SIDETRAIL_ALLOW_PRIVATE lets it call 127.0.0.1:9000, minio:9001.');
    expect(readFileSync(join(folder, 'url'), 'utf8').trim()).toBe(url);

    const me = await fetch(`${url}/v1/me`, { headers: { authorization: `Bearer ${TOKEN}` } });
    expect(await me.json()).toMatchObject({ member: { id: 'admin' } });
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(processesOf(TOKEN)).toEqual([]);
    expect(processesOf(readFileSync(join(folder, 'secret'), 'utf8').trim())).toEqual([]);
    const log = readFileSync(join(folder, 'worker.log'), 'utf8');
    expect(log).not.toContain(TOKEN);

    const second = start(join(temporary.path, 'other'), port);
    expect(await once(second, 'exit')).toEqual([1, null]);
    expect(existsSync(join(temporary.path, 'other'))).toBe(false);
    const third = start(folder, await freePort());
    expect(await once(third, 'exit')).toEqual([1, null]);
    const everything = { SIDETRAIL_ALLOW_PRIVATE: '*' };
    const fourth = start(join(temporary.path, 'fourth'), await freePort(), everything);
    expect(await once(fourth, 'exit')).toEqual([1, null]);

    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(processesOf(folder)).toEqual([]);
    expect(await answers(url)).toBe(false);
    expect(['url', 'pid', 'worker.env'].filter((name) => existsSync(join(folder, name)))).toEqual([]);
  },
);

test(
  'killed outright, it leaves no process behind, and the next start takes over',
  { timeout: LONG },
  async () => {
    using temporary = temporaryFolder();
    const port = await freePort();
    const first = start(temporary.path, port);
    const token = /Admin token\s+(\S+)/.exec(await untilUp(first))?.[1];
    first.kill('SIGKILL');
    await expect.poll(() => processesOf(temporary.path), { timeout: 15_000 }).toEqual([]);

    const next = start(temporary.path, port);
    expect(/Admin token\s+(\S+)/.exec(await untilUp(next))?.[1]).toBe(token);
    next.kill('SIGINT');
    expect(await once(next, 'exit')).toEqual([0, null]);
  },
);
