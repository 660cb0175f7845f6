/** GET /v1/status: how fresh and how whole the picture is. */
import type { IRequest } from 'itty-router';
import type { Arrival } from '../../shared/api/coverage.ts';
import type { ReadSource } from '../../shared/api/sources.ts';
import { levelOf } from '../ingest/storage.ts';
import { countDeadLetters } from '../store/arrivals.ts';
import { arrivalsOf, coverageOf, readArrivals } from '../store/coverage.ts';
import { newestOf, oldestOf, readEdge } from '../store/edges.ts';
import { int, rows, run, type Size } from '../store/meter.ts';
import { readingOf, readReading } from '../store/reading.ts';
import { readRoom, roomOf, type Room } from '../store/room.ts';
import { lastTickOf, readLastTick } from '../store/ticks.ts';
import { readTrackStates, trackStatesOf } from '../store/track-states.ts';
import { progressOf, readWalk, walkOf } from '../store/walk.ts';
import { about } from './answer.ts';
import type { ByMember } from './context.ts';
import { answerIfNew } from './etag.ts';
import { shownSources } from './reading.ts';
import { stateOf } from './track-shown.ts';
import { warningsOf } from './warnings.ts';

/** Counts are for those who see everything in their accounts: for others they would tell what is hidden. */
export async function getStatus(request: IRequest, { caller, store, env, now }: ByMember): Promise<Response> {
  const { scope, accounts } = caller;
  const [oldest, newest, arrived, dead, walk, ticked, kept, sets, ...reading] = await run(store, [
    oldestOf(store, scope),
    newestOf(store, scope),
    arrivalsOf(store, scope.accounts),
    countDeadLetters(store, scope.accounts),
    walkOf(store),
    lastTickOf(store),
    roomOf(store),
    trackStatesOf(store),
    ...readingOf(store, now),
  ]);
  const arrivals = readArrivals(arrived);
  const seesAll = scope.operators === '*';
  const sum = (pick: (arrival: Arrival) => number): number =>
    arrivals.reduce((total, arrival) => total + pick(arrival), 0);
  const removed = accounts.reduce((total, account) => total + account.removed, 0);
  const lastTick = readLastTick(ticked);
  const readers = shownSources(readReading(reading), caller, env);
  const storage = storageOf(store.size, readRoom(kept));
  return answerIfNew(request, 'GET /v1/status', {
    now: new Date(now).toISOString(),
    oldest: rows(oldest, readEdge)[0] ?? null,
    newest: rows(newest, readEdge)[0] ?? null,
    classification: progressOf(readWalk(walk), scope),
    tick: { last: lastTick === undefined ? null : new Date(lastTick.at).toISOString() },
    ...(seesAll
      ? {
          events: sum(({ accepted }) => accepted) - removed,
          duplicate: sum(({ duplicate }) => duplicate),
          conflict: sum(({ conflict }) => conflict),
          refused: sum(({ refused }) => refused),
          deadLetters: rows(dead, (row) => int(row, 'n'))[0] ?? 0,
          ...(scope.accounts === '*' ? { storage, tracks: readTrackStates(sets, now).map(stateOf) } : {}),
          sources: arrivals.map((arrival) => withLag(arrival, readers)),
          readers,
          warnings: warningsOf({ env, now, lastTick, readers, storage, member: caller.member }),
        }
      : { sources: arrivals.map(coverageOf) }),
    ...about(arrivals),
  });
}

/** How full the database is, and what of reads that costs. */
export type Storage = ReturnType<typeof storageOf>;

function storageOf(size: Size, { since }: Room) {
  const level = levelOf(size);
  return {
    bytes: size.bytes,
    limit: size.limit,
    level: level === 'ample' ? ('ok' as const) : level,
    readsSince: since === 0 ? null : new Date(since * 1000).toISOString(),
  };
}

/** With the lag of what reads it; of several the one that is slowest. */
function withLag(arrival: Arrival, readers: readonly ReadSource[]): Arrival {
  const [slowest] = readers
    .filter(({ source, accounts }) => source === arrival.source && accounts.includes(arrival.account))
    .flatMap(({ lag }) => lag ?? [])
    .toSorted((one, other) => other.p95 - one.p95);
  return slowest === undefined ? arrival : { ...arrival, lag: slowest };
}
