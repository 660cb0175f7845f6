/** The real Worker on local workerd and D1, its state in a folder of its own. */
import { globSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '../../worker/cli/lib/fault.ts';
import { createLog } from '../../worker/cli/lib/log.ts';
import { probe, type Server } from '../../worker/cli/lib/server.ts';
import { adminToken, openState, rootSecret } from '../../worker/cli/lib/state.ts';
import { startDev, startMigration, withTail } from '../../worker/cli/lib/wrangler.ts';

const READY_WITHIN = 120_000;

/** A Worker that runs until it is disposed of; its files stay. */
export interface BenchWorker extends AsyncDisposable {
  server: Server;
}

/** Where wrangler keeps what it persists, below a state folder. */
export function persistedIn(folder: string): string {
  return join(folder, 'v3');
}

/** The SQLite file of the only D1 database in a state folder. */
export function databaseIn(folder: string): string {
  const files = globSync(join(persistedIn(folder), 'd1/*/*.sqlite')).filter(
    (path) => !path.endsWith('metadata.sqlite'),
  );
  const [file] = files;
  if (file === undefined || files.length > 1) throw new Error(`${files.length} databases in ${folder}`);
  return file;
}

/** Migrates a new database in `folder` and starts the Worker on it. Throws when `signal` fires. */
export async function startWorker(folder: string, signal: AbortSignal): Promise<BenchWorker> {
  const state = openState(folder);
  const token = adminToken(state, undefined);
  const secret = rootSecret(state);
  const log = createLog(state.path('worker.log'), [token, secret]);

  const migration = startMigration(state, log);
  const migrated = await migration.ended;
  signal.throwIfAborted();
  if (migrated !== 0) throw new Fault(withTail('The local database could not be migrated.', state, log));

  const port = await freePort();
  const server = { url: `http://127.0.0.1:${port}`, token };
  const dev = startDev(state, log, port, {
    SIDETRAIL_SECRET: secret,
    SIDETRAIL_ADMIN_TOKEN: token,
    SIDETRAIL_LOCAL: '1',
  });
  let over = false;
  void dev.ended.then(() => (over = true));
  const deadline = Date.now() + READY_WITHIN;
  try {
    while ((await probe(server.url)) !== 'sidetrail') {
      signal.throwIfAborted();
      if (over || Date.now() > deadline) throw new Fault(withTail('The Worker does not start.', state, log));
      await pause(100);
    }
  } catch (error) {
    await dev.stop();
    throw error;
  }
  return { server, [Symbol.asyncDispose]: () => dev.stop() };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
