/** GET /v1/status: how fresh and how whole the picture is. */
import type { IRequest } from 'itty-router';
import { arrivalsOf, countDeadLetters, coverageOf, readArrival } from '../store/arrivals.ts';
import { newestOf, oldestOf, readEdge } from '../store/edges.ts';
import { int, rows, run } from '../store/meter.ts';
import { progressOf, readWalk, walkOf } from '../store/walk.ts';
import { about } from './answer.ts';
import type { ByMember } from './context.ts';
import { answerIfNew } from './etag.ts';

/** Counts are for those who see everything in their accounts: for others they would tell what is hidden. */
export async function getStatus(request: IRequest, { caller, store, now }: ByMember): Promise<Response> {
  const { scope, accounts } = caller;
  const [oldest, newest, arrived, dead, walk] = await run(store, [
    oldestOf(store, scope),
    newestOf(store, scope),
    arrivalsOf(store, scope.accounts),
    countDeadLetters(store, scope.accounts),
    walkOf(store),
  ]);
  const arrivals = rows(arrived, readArrival);
  const seesAll = scope.operators === '*';
  const sum = (pick: (arrival: (typeof arrivals)[number]) => number): number =>
    arrivals.reduce((total, arrival) => total + pick(arrival), 0);
  const removed = accounts.reduce((total, account) => total + account.removed, 0);
  return answerIfNew(request, 'GET /v1/status', {
    now: new Date(now).toISOString(),
    oldest: rows(oldest, readEdge)[0] ?? null,
    newest: rows(newest, readEdge)[0] ?? null,
    classification: progressOf(readWalk(walk), scope),
    ...(seesAll
      ? {
          events: sum(({ accepted }) => accepted) - removed,
          duplicate: sum(({ duplicate }) => duplicate),
          conflict: sum(({ conflict }) => conflict),
          refused: sum(({ refused }) => refused),
          deadLetters: rows(dead, (row) => int(row, 'n'))[0] ?? 0,
          ...(scope.accounts === '*' ? { storage: { bytes: dead?.meta.size_after ?? 0 } } : {}),
          sources: arrivals,
        }
      : { sources: arrivals.map(coverageOf) }),
    ...about(arrivals),
  });
}
