/** Reading the buckets that tracking sets of CloudAudit deliver to, a bounded time each tick. */
import { DEFAULT_RETENTION } from '../../../shared/api/accounts.ts';
import { accountsOf, readAccount } from '../../store/accounts.ts';
import { loadClassification } from '../../store/classification.ts';
import { waitingFiles } from '../../store/file-places.ts';
import { dropLease, takeLease } from '../../store/leases.ts';
import { rows, run, type Store } from '../../store/meter.ts';
import { addSource, advanceSource, findSource, noteFailure, type ReadSource } from '../../store/sources.ts';
import type { BucketConfig } from '../../tencent/buckets.ts';
import type { CredentialEnv } from '../../tencent/credentials.ts';
import type { Failure } from '../../tencent/failure.ts';
import { filesSource } from '../../tencent/in-use.ts';
import { problemOf, retryAfter } from '../again.ts';
import { followedIn, type Reaching } from '../followed.ts';
import type { IntakeContext } from '../intake.ts';
import { bucketOf, type Bucket } from './bucket.ts';
import { findFiles, readWalk } from './list.ts';
import { readFile } from './read.ts';

export interface FilesWork extends Reaching {
  store: Store;
  /** Where long records are kept. */
  objects: R2Bucket;
  /** Called whenever events were stored. */
  arrived: () => void;
  /** Milliseconds that all buckets have together, where not as many as are usual. */
  forMs?: number;
}

/** The ticks are a minute apart, and other jobs want some of it. */
const FOR_MS = 20_000;

/** Longer than a bucket may take: the slowest answer, and the slowest chunk after it. */
const LEASE_MS = 5 * 60_000;

const DAY = 86_400;

/** Reads what is new in every bucket of the keys, until time is up. */
export async function readBuckets(work: FilesWork, env: CredentialEnv): Promise<void> {
  const { store, clock } = work;
  const followed = await followedIn(store, env);
  const buckets = followed.flatMap((one) => one.key.buckets.map((config) => ({ ...one, config })));
  if (buckets.length === 0) return;
  const until = clock() + (work.forMs ?? FOR_MS);
  const taking = await takingOf(work);
  // Each is the first one time: one that always has more does not keep the others waiting.
  const first = Math.floor(clock() / 60_000) % buckets.length;
  for (const [i, each] of [...buckets.slice(first), ...buckets.slice(0, first)].entries()) {
    if (i > 0 && clock() >= until) return;
    const source = await openSource(store, each);
    if (source.nextTry * 1000 > clock()) continue;
    const [name, holder] = [`files ${source.id}`, crypto.randomUUID()];
    if (!(await takeLease(store, name, { holder, now: clock(), forMs: LEASE_MS }))) continue;
    try {
      await readBucket(bucketOf(store, each, work), { source, taking, until });
    } finally {
      await dropLease(store, name, holder);
    }
  }
}

async function openSource(
  store: Store,
  { account, config }: { account: string; config: BucketConfig },
): Promise<ReadSource> {
  const id = filesSource(config.bucket);
  const found = await findSource(store, id);
  if (found !== undefined) return found;
  await run(store, addSource(store, { id, kind: 'files', account, state: '{}' }));
  return { id, kind: 'files', account, accounts: [account], state: '{}', nextTry: 0, failures: 0 };
}

/** What taking records in needs. */
interface Taking {
  intake: (source: ReadSource, now: number) => IntakeContext;
  arrived: () => void;
  /** Seconds after which no account keeps an event. */
  keptSeconds: number;
}

async function takingOf({ store, objects, arrived }: FilesWork): Promise<Taking> {
  const { classifier } = await loadClassification(store);
  const [found] = await run(store, [accountsOf(store)]);
  const days = new Map(rows(found, readAccount).map(({ id, retention }) => [id, retention]));
  return {
    intake: ({ id, account }, now) => ({
      store,
      objects,
      classifier,
      source: 'files',
      reader: id,
      account,
      // The bucket of an organisation has the records of all its accounts.
      writable: '*',
      received: new Date(now).toISOString(),
      now,
      retention: (each) => days.get(each) ?? DEFAULT_RETENTION,
      maxRecords: Infinity,
    }),
    arrived,
    keptSeconds: Math.max(DEFAULT_RETENTION, ...days.values()) * DAY,
  };
}

async function readBucket(
  bucket: Bucket,
  { source, taking, until }: { source: ReadSource; taking: Taking; until: number },
): Promise<void> {
  const { store, clock } = bucket;
  const listed = await findFiles(bucket, readWalk(source.state), taking.keptSeconds);
  if (!listed.ok) {
    await note(bucket, source, { failure: listed.failure, action: 'name/cos:GetBucket' });
    return;
  }
  const failure = await readWaiting(bucket, {
    intake: (now) => taking.intake(source, now),
    arrived: taking.arrived,
    until,
  });
  if (failure !== undefined) {
    await note(bucket, source, { failure, action: 'name/cos:GetObject' });
  } else {
    const now = Math.floor(clock() / 1000);
    await run(store, [advanceSource(store, source.id, { state: JSON.stringify(listed.walk), now })]);
  }
}

const AGAIN = { first: 60, most: 900 };

async function note(
  { store, clock }: Bucket,
  { id, failures }: ReadSource,
  { failure, action }: { failure: Failure; action: string },
): Promise<void> {
  const problem = problemOf(failure, action, clock());
  const now = Math.floor(clock() / 1000);
  await run(store, [noteFailure(store, id, { now, nextTry: now + retryAfter(failures, AGAIN), problem })]);
}

/** Files of one tick, and those that are read side by side. */
const FILES = 200;
const AT_ONCE = 4;

/** After so many that could not be had the bucket is left alone for now. */
const MAX_FAILED = 3;

/** Reads the files that wait; gives a failure where none could be had. */
async function readWaiting(
  bucket: Bucket,
  terms: Parameters<typeof readFile>[2],
): Promise<Failure | undefined> {
  const { store, source, clock } = bucket;
  const files = await waitingFiles(store, source, { now: Math.floor(clock() / 1000), limit: FILES });
  let had = 0;
  const failures: Failure[] = [];
  const readOn = async (): Promise<void> => {
    // However long listing took, something is read.
    do {
      const file = files.shift();
      if (file === undefined) return;
      const read = await readFile(bucket, file, terms);
      if (read.kind === 'failed') failures.push(read.failure);
      else had += 1;
    } while (clock() < terms.until && failures.length < MAX_FAILED);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, readOn));
  return had > 0 ? undefined : failures[0];
}
