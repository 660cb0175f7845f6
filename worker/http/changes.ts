/** GET /v1/changes: what a follower of the store needs to know since it last asked. */
import type { IRequest } from 'itty-router';
import { changesQuery, type Gone } from '../../shared/api/changes.ts';
import type { EventSummary } from '../../shared/event/event.ts';
import { openCursor, sealCursor, type ChangesCursor } from '../access/cursor.ts';
import { readChanges, type Change, type LogRange } from '../store/changes.ts';
import type { Account } from '../store/accounts.ts';
import { about, answer } from './answer.ts';
import type { ByMember } from './context.ts';
import { hasTag, standingText, unchanged } from './etag.ts';
import { scopeHash, shortHash } from './list-hash.ts';
import { parameters, type Read } from './params.ts';
import { problem } from './problem.ts';

/**
 * Changes in order of `seq`: events as they are now, or `{ id, gone: true }`. `floor` tells by account before
 * when everything was removed; `reset: true` that the follower must begin anew, at `next`.
 */
export async function getChanges(request: IRequest, context: ByMember): Promise<Response> {
  const { caller, store, secrets } = context;
  const asked = await readRequest(request, context);
  if (!asked.ok) return asked.response;
  const { cursor, since, limit } = asked.value;
  const found = await readChanges(store, { scope: caller.scope, after: cursor.seq, since, limit });
  const scope = scopeHash(caller);
  const reset = cursor.scope !== scope || isOutside(cursor.seq, found.log);
  const floor = floorsOf(caller.accounts);
  const told = about(found.arrivals);
  const { sources } = told.coverage;
  const etag = `"${shortHash(`${found.log.last}`, scope, JSON.stringify(floor), standingText(sources))}"`;
  if (hasTag(request, etag) && !reset && found.through === found.log.last && found.changes.length === 0) {
    return unchanged(etag, sources);
  }
  const next = await sealCursor(secrets, {
    kind: 'changes',
    seq: reset ? found.log.last : found.through,
    scope,
  });
  return answer(
    'GET /v1/changes',
    {
      changes: reset ? [] : found.changes.map(shown),
      ...(reset ? { reset } : {}),
      next,
      more: !reset && found.through < found.log.last,
      floor,
      ...told,
    },
    { etag },
  );
}

async function readRequest(
  request: IRequest,
  { secrets }: ByMember,
): Promise<Read<{ cursor: ChangesCursor; since: number; limit: number }>> {
  const asked = parameters(request, changesQuery);
  if (!asked.ok) return asked;
  const { after, since, limit } = asked.value;
  const cursor = await openCursor(secrets, after, 'changes');
  if (cursor === undefined) {
    const detail = 'after is the cursor of GET /v1/me, or next of the previous answer.';
    return { ok: false, response: problem({ kind: 'cursor', detail, more: { at: 'after' } }) };
  }
  const seconds = since === undefined ? 0 : Math.max(0, Math.floor(Date.parse(since) / 1000));
  return { ok: true, value: { cursor, since: seconds, limit } };
}

/** Whether the log no longer holds what came after a number, or never held the number. */
function isOutside(seq: number, { first, last }: LogRange): boolean {
  return seq > last || seq < first - 1;
}

function floorsOf(accounts: readonly Account[]): Record<string, string> {
  return Object.fromEntries(
    accounts
      .filter(({ floor }) => floor > 0)
      .map(({ id, floor }) => [id, new Date(floor * 1000).toISOString()]),
  );
}

function shown(change: Change): EventSummary | Gone {
  return change.kind === 'event' ? change.event : { id: change.id, seq: change.seq, gone: true };
}
