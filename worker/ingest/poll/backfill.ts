/**
 * Back-fills, a slice at a time: windows of a stretch of event time, newest first, several side by side. Where each
 * stopped is kept with its events, so that a slice may end anywhere; whoever wakes this wakes it again while it says so.
 */
import {
  advanceWindow,
  noteBackfillFailure,
  openBackfills,
  openWindows,
  type Backfill,
  type BackfillWindow,
} from '../../store/backfills.ts';
import { dropLease, takeLease } from '../../store/leases.ts';
import { SLOT_MS, takeFreeSlot } from '../../store/pace.ts';
import { credentialsFrom, type CredentialEnv, type KeyConfig } from '../../tencent/credentials.ts';
import { isTransient, type Failure } from '../../tencent/failure.ts';
import { problemOf } from '../again.ts';
import { followedBy } from '../followed.ts';
import { SLOWLY } from './identify.ts';
import { isOver, loadStanding, openReader, pause, type PollTools, type Reader } from './reader.ts';
import { readWindow } from './window.ts';

/** A slice ends after so long, or so many requests: a Worker may only do so much at a time. */
const SLICE_MS = 60_000;
const REQUESTS = 250;

/** With its last requests and their waits. */
const LEASE_MS = SLICE_MS + 30_000;

/** Windows side by side: with answers that take 400 ms, what the pace allows. */
const LANES = 5;

/** What fails for a reason that passes is tried again after so many seconds. */
const SOON = 30;

/** Works on the back-fills that wait, for one slice; gives whether there is more to do at once. */
export async function backfill(tools: PollTools, env: CredentialEnv): Promise<boolean> {
  const { store, clock } = tools;
  const credentials = credentialsFrom(env);
  if (!credentials.ok) return false;
  const waiting = await openBackfills(store, clock());
  if (waiting.length === 0) return false;
  const followed = await followedBy(store, credentials.keys);
  const slices = followed.flatMap(({ key, account, source }) => {
    const first = waiting.find((each) => each.source === source);
    return first === undefined ? [] : [workOn(tools, first, { key, account })];
  });
  const more = await Promise.all(slices);
  return more.some(Boolean);
}

/** One slice of one back-fill, if nobody else works on its source. */
async function workOn(
  tools: PollTools,
  job: Backfill,
  { key, account }: { key: KeyConfig; account: string },
): Promise<boolean> {
  const { store, clock } = tools;
  const lease = `backfill ${job.source}`;
  const holder = crypto.randomUUID();
  if (!(await takeLease(store, lease, { holder, now: clock(), forMs: LEASE_MS }))) return false;
  try {
    const reader = openReader(tools, await loadStanding(store), {
      account,
      key,
      source: job.source,
      slot: freeSlots(tools, account),
      deadline: clock() + SLICE_MS,
      left: REQUESTS,
    });
    const failure = await readWindows(reader, job);
    if (failure === undefined) return true;
    const now = clock();
    await noteBackfillFailure(store, job.id, {
      nextTry: Math.floor(now / 1000) + (isTransient(failure) ? SOON : SLOWLY),
      problem: problemOf(failure, 'cloudaudit:DescribeEvents', now),
    });
    return false;
  } finally {
    await dropLease(store, lease, holder);
  }
}

/** Reads windows, some side by side, until all are done, one fails or the slice is over; gives the failure. */
async function readWindows(reader: Reader, job: Backfill): Promise<Failure | undefined> {
  const windows = await openWindows(reader.store, job.id);
  let failure: Failure | undefined;
  let worked = reader.clock();
  /** Milliseconds since this was last asked. */
  const workedMs = (): number => {
    const before = worked;
    worked = reader.clock();
    return Math.max(0, Math.round(worked - before));
  };
  const lane = async (): Promise<void> => {
    while (!isOver(reader) && failure === undefined) {
      const window = windows.shift();
      if (window === undefined) return;
      const failed = await readOne(reader, job, window, workedMs);
      // Asked after the wait: another lane may have failed meanwhile.
      failure ??= failed;
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: LANES }, lane));
  const broken = lanes.find((each) => each.status === 'rejected');
  if (broken) throw broken.reason;
  return failure;
}

async function readOne(
  reader: Reader,
  job: Backfill,
  { starts, ends, token, events }: BackfillWindow,
  workedMs: () => number,
): Promise<Failure | undefined> {
  const { store, clock } = reader;
  const window = {
    from: starts,
    to: ends,
    started: clock(),
    ...(token === undefined ? {} : { token }),
  };
  const end = await readWindow(reader, window, {
    received: clock,
    ahead: true,
    live: false,
    progress: (told) =>
      advanceWindow(store, job, {
        starts,
        ...(told.kind === 'on' && told.token !== undefined ? { token: told.token } : {}),
        events: told.kind === 'on' && told.token === undefined ? 0 : events + told.read,
        done: told.kind === 'done',
        now: Math.floor(clock() / 1000),
        workedMs: workedMs(),
      }),
  });
  return end.kind === 'failed' ? end.failure : undefined;
}

/**
 * Slots that nobody waits for: taken one after another, each only when it is about to begin, so that polling, which
 * takes the next whatever it is, never waits for more than the one.
 */
function freeSlots({ store, clock }: PollTools, account: string): () => Promise<number> {
  let last: Promise<number> = Promise.resolve(0);
  const takeAfter = async (before: Promise<number>): Promise<number> => {
    // Whoever came before may have failed.
    await pause((await before.catch(() => 0)) - clock());
    for (;;) {
      const slot = await takeFreeSlot(store, account, clock());
      if (slot !== undefined) return slot;
      await pause(SLOT_MS);
    }
  };
  return () => (last = takeAfter(last));
}
