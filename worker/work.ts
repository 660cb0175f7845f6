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
  /**
   * For a job that waits for servers of others: ms after which nothing here waits for it any more. It goes on in the
   * background, may so run beside itself, and has to be done within half a minute, which is all that it gets there.
   */
  patience?: number;
}

/** What the platform gives to what runs without a request, or after it. */
export interface Invoked {
  env: Env;
  /** The time, unix ms. */
  clock: () => number;
  /** Lets something go on when all that is waited for is done. */
  background: (going: Promise<unknown>) => void;
}

/**
 * Does each job with a store of its own. One that fails is reported and stops no other; gives how many failed of those
 * that were waited for.
 */
export async function doJobs({ env, clock, background }: Invoked, jobs: readonly Job[]): Promise<number> {
  const root = rootSecrets(env);
  if (!root.ok) throw new Error(root.problem);
  const { secrets } = root;
  let failed = 0;
  for (const { run, patience } of jobs) {
    const store = openStore(env.DB, env.SIDETRAIL_MAX_DATABASE);
    const attempt = async (): Promise<void> => {
      try {
        await run({ env, store, secrets, clock });
      } catch (error) {
        report(error);
        failed += 1;
      }
    };
    const going = attempt();
    if (patience === undefined) await going;
    else {
      background(going);
      await Promise.race([going, scheduler.wait(patience)]);
    }
  }
  return failed;
}
