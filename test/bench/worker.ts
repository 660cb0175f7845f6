/** The real Worker on local workerd and D1, its state in a folder of its own. */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { Server } from '../../worker/cli/lib/server.ts';
import { openKillable } from '../support/killable.ts';

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

/** Starts a Worker on the database in `folder`, a new one where there is none. Throws when `signal` fires. */
export async function startWorker(folder: string, signal: AbortSignal): Promise<BenchWorker> {
  const worker = await openKillable(folder, { signal });
  await worker.start();
  return worker;
}
