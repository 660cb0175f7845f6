/** The Worker's own database and bucket without the Worker: what a tick costs can only be seen from inside. */
import { join } from 'node:path';
import { getPlatformProxy } from 'wrangler';
import { ROOT } from '../../worker/cli/lib/places.ts';
import { persistedIn } from './worker.ts';

export interface Bindings {
  DB: D1Database;
  RECORDS: R2Bucket;
}

/** Does the work over what a stopped Worker left in the state folder, on the same local D1. */
export async function withBindings<T>(folder: string, work: (bindings: Bindings) => Promise<T>): Promise<T> {
  const platform = await getPlatformProxy<{ DB: D1Database; RECORDS: R2Bucket }>({
    configPath: join(ROOT, 'wrangler.toml'),
    persist: { path: persistedIn(folder) },
    remoteBindings: false,
    envFiles: [],
  });
  try {
    return await work(platform.env);
  } finally {
    await platform.dispose();
  }
}
