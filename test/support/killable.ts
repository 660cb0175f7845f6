/**
 * The Worker as `npm start` runs it, in a folder of its own and without the ticks: who uses it fires those, at whatever
 * time. It can be ended with SIGKILL, like a machine that loses power, and started again on what that left.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { getPlatformProxy } from 'wrangler';
import { Fault } from '../../worker/cli/lib/fault.ts';
import { createLog, type Log } from '../../worker/cli/lib/log.ts';
import { ROOT } from '../../worker/cli/lib/places.ts';
import { freePort } from '../../worker/cli/lib/port.ts';
import { probe, type Server } from '../../worker/cli/lib/server.ts';
import { adminToken, openState, rootSecret, type StateFiles } from '../../worker/cli/lib/state.ts';
import {
  startDev,
  startMigration,
  withTail,
  type Running,
  type Vars,
} from '../../worker/cli/lib/wrangler.ts';
import type { Env } from '../../worker/env.ts';

const READY_WITHIN = 120_000;

export interface Killable extends AsyncDisposable {
  /** The same at every start. */
  server: Server;
  /** Starts it, and resolves when it answers. The first start makes the database. */
  start(): Promise<void>;
  /** SIGKILL to all of it at once; messages in its queues are lost. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Ends it in good order, as disposing of it does. */
  stop(): Promise<void>;
  /** Lets it tick, at a time in unix ms. Throws where the tick fails or nothing runs. */
  tick(time: number): Promise<void>;
  /** The answer to a request of the admin. Throws where it is an error, with its text. */
  call(path: string, init?: { method?: string; type?: string; body?: string }): Promise<unknown>;
}

export interface KillableOptions {
  /** Settings beside the secrets that every Worker has. */
  vars?: Vars;
  signal?: AbortSignal;
}

/** A Worker with its state in `folder`, which stays. */
export async function openKillable(
  folder: string,
  { vars = {}, signal = new AbortController().signal }: KillableOptions = {},
): Promise<Killable> {
  const state = openState(folder);
  const token = adminToken(state, undefined);
  const secret = rootSecret(state);
  const log = createLog(state.path('worker.log'), [token, secret]);
  const port = await freePort();
  const server = { url: `http://127.0.0.1:${port}`, token };
  let running: Running | undefined;
  let isMigrated = false;

  const end = async (how: (each: Running) => void | Promise<void>): Promise<void> => {
    const ending = running;
    running = undefined;
    if (ending === undefined) return;
    await how(ending);
    await ending.ended;
  };
  const stop = (): Promise<void> => end((each) => each.stop());
  const ask = async (path: string, init: RequestInit = {}): Promise<string> => {
    const response = await fetch(`${server.url}${path}`, { ...init, signal });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`);
    return text;
  };

  return {
    server,
    stop,
    [Symbol.asyncDispose]: stop,
    async start() {
      if (!isMigrated) await migrate(state, log, signal);
      isMigrated = true;
      running = startDev(state, log, port, {
        SIDETRAIL_SECRET: secret,
        SIDETRAIL_ADMIN_TOKEN: token,
        SIDETRAIL_LOCAL: '1',
        ...vars,
      });
      try {
        await ready(running, { server, state, log, signal });
      } catch (error) {
        await stop();
        throw error;
      }
    },
    kill: () => end(({ pid }) => killBelow(pid)),
    async tick(time) {
      const asked = new URLSearchParams({ cron: '* * * * *', time: `${time}` });
      await ask(`/cdn-cgi/local/scheduled?${asked.toString()}`);
    },
    async call(path, { method = 'GET', type, body } = {}) {
      const headers = {
        authorization: `Bearer ${token}`,
        ...(type === undefined ? {} : { 'content-type': type }),
      };
      return JSON.parse(await ask(path, { method, headers, ...(body === undefined ? {} : { body }) }));
    },
  };
}

/** Looks into what a Worker left that does not run now: its database and buckets. */
export async function lookInto<T>(folder: string, look: (env: Env) => Promise<T>): Promise<T> {
  const { env, dispose } = await getPlatformProxy<Env & Record<string, unknown>>({
    configPath: join(ROOT, 'wrangler.toml'),
    envFiles: [],
    persist: { path: join(folder, 'v3') },
    remoteBindings: false,
  });
  try {
    return await look(env);
  } finally {
    await dispose();
  }
}

async function migrate(state: StateFiles, log: Log, signal: AbortSignal): Promise<void> {
  const migrated = await startMigration(state, log).ended;
  signal.throwIfAborted();
  if (migrated !== 0) throw new Fault(withTail('The local database could not be migrated.', state, log));
}

async function ready(
  running: Running,
  { server, state, log, signal }: { server: Server; state: StateFiles; log: Log; signal: AbortSignal },
): Promise<void> {
  let isOver = false;
  void running.ended.then(() => (isOver = true));
  const deadline = Date.now() + READY_WITHIN;
  while ((await probe(server.url)) !== 'sidetrail') {
    signal.throwIfAborted();
    if (isOver || Date.now() > deadline) throw new Fault(withTail('The Worker does not start.', state, log));
    await pause(30);
  }
}

/** The keeper has one child, which leads the group of all that the Worker is. */
function killBelow(keeper: number | undefined): void {
  const rows = execFileSync('ps', ['-eo', 'ppid=,pid='], { encoding: 'utf8' }).trim().split('\n');
  for (const [parent, pid = 0] of rows.map((row) => row.trim().split(/\s+/).map(Number))) {
    if (parent === keeper && pid > 1) process.kill(-pid, 'SIGKILL');
  }
}
