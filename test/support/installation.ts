/** Sidetrail as a person runs it: `npm start` and `npm run import` as processes of their own, in a folder of their own. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../worker/cli/lib/port.ts';

export interface Outcome {
  code: number | null;
  output: string;
}

export interface Installation {
  url: string;
  start(...args: string[]): Promise<void>;
  /** Starts an import; `ended` resolves with what it printed. */
  import(file: string, ...args: string[]): { ended: Promise<Outcome> };
  write(name: string, text: string): string;
  get(path: string): Promise<{ status: number; json: Record<string, unknown> }>;
  /** SIGKILL to the Worker's runtime. */
  kill(): Promise<void>;
  /** Ends everything and removes the folder. */
  [Symbol.asyncDispose](): Promise<void>;
}

export async function install(): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'sidetrail-e2e-'));
  const port = await freePort();
  const env = { ...process.env, SIDETRAIL_DATA: join(folder, 'state'), PORT: `${port}` };
  const url = `http://127.0.0.1:${port}`;
  let server: Spawned | undefined;

  const run = (command: string, args: string[]): Spawned =>
    watch(
      spawn(process.execPath, [`worker/cli/${command}.ts`, ...args], {
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );

  const stop = async (): Promise<void> => {
    server?.child.kill('SIGTERM');
    await server?.ended;
    server = undefined;
  };

  return {
    url,
    async start(...args) {
      server = run('start', args);
      await until(() => server?.output().includes('Ctrl-C stops it') || server?.child.exitCode !== null);
      if (server.child.exitCode !== null) throw new Error(server.output());
    },
    import: (file, ...args) => ({ ended: run('import', [...args, file]).ended }),
    write(name, text) {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    },
    async get(path) {
      const token = readFileSync(join(folder, 'state', 'admin-token'), 'utf8').trim();
      const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } });
      return { status: response.status, json: await response.json() };
    },
    async kill() {
      const running = server;
      if (running?.child.pid === undefined) throw new Error('nothing runs');
      for (const pid of descendants(running.child.pid, 'workerd')) process.kill(pid, 'SIGKILL');
      await stop();
    },
    async [Symbol.asyncDispose]() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Spawned {
  child: ChildProcess;
  output: () => string;
  ended: Promise<Outcome>;
}

function watch(child: ChildProcess): Spawned {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const ended = new Promise<Outcome>((resolve) => {
    child.on('close', (code) => resolve({ code, output }));
  });
  return { child, output: () => output, ended };
}

/** Waits until something holds, looking again a few times a second. */
export async function until(holds: () => unknown, withinMs = 90_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('waited too long');
    await pause(50);
  }
}

/** Processes below `pid` whose command has that word in it. */
function descendants(pid: number, word: string): number[] {
  const table = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .map((match) => ({ pid: Number(match?.[1]), parent: Number(match?.[2]), command: match?.[3] ?? '' }));
  const below = new Set([pid]);
  for (let grown = -1; grown !== below.size;) {
    grown = below.size;
    for (const row of table) if (below.has(row.parent)) below.add(row.pid);
  }
  return table.filter((row) => below.has(row.pid) && row.command.includes(word)).map((row) => row.pid);
}
