/** What jobs get that no request asked for: those of the tick, and those that a message wakes. */
import { rootSecrets, type RootSecrets } from './access/secrets.ts';
import type { Env } from './env.ts';
import { report } from './report.ts';
import { openStore, type Store } from './store/meter.ts';

export interface Work {
  env: Env;
  store: Store;
  secrets: RootSecrets;
  /** The time, unix ms. */
  clock: () => number;
}

export interface Job {
  name: string;
  run: (work: Work) => Promise<void>;
}

/** Does each job with a store of its own. One that fails is reported and stops no other; gives how many failed. */
export async function doJobs(env: Env, clock: () => number, jobs: readonly Job[]): Promise<number> {
  const root = rootSecrets(env);
  if (!root.ok) throw new Error(root.problem);
  let failed = 0;
  for (const { run } of jobs) {
    try {
      await run({ env, store: openStore(env.DB), secrets: root.secrets, clock });
    } catch (error) {
      report(error);
      failed += 1;
    }
  }
  return failed;
}
