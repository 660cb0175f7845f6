/** GET /v1/changes: what a follower of the store needs to know since it last asked. */
import type { IRequest } from 'itty-router';
import { readCursor, signCursor, type ChangesCursor } from '../access/cursor.ts';
import { readChanges, type Change, type LogRange } from '../store/changes.ts';
import type { Account } from '../store/accounts.ts';
import { about } from './answer.ts';
import type { ByMember } from './context.ts';
import { scopeHash, shortHash } from './list-hash.ts';
import { badParameter, numberParameter, parameter, type Read } from './params.ts';
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
  const etag = `"${found.log.last}-${scope}-${shortHash(JSON.stringify(floor))}"`;
  const headers = { etag, 'cache-control': 'private, no-cache' };
  if (
    request.headers.get('if-none-match') === etag &&
    !reset &&
    found.through === found.log.last &&
    found.changes.length === 0
  ) {
    return new Response(null, { status: 304, headers });
  }
  const next = await signCursor(secrets, {
    kind: 'changes',
    seq: reset ? found.log.last : found.through,
    scope,
  });
  return Response.json(
    {
      changes: reset ? [] : found.changes.map(shown),
      ...(reset ? { reset } : {}),
      next,
      more: !reset && found.through < found.log.last,
      floor,
      ...about(found.arrivals),
    },
    { headers },
  );
}

async function readRequest(
  request: IRequest,
  { secrets }: ByMember,
): Promise<Read<{ cursor: ChangesCursor; since: number; limit: number }>> {
  const limit = numberParameter(request, 'limit', { min: 1, max: 1000, otherwise: 500 });
  if (!limit.ok) return limit;
  const since = parameter(request, 'since');
  if (!since.ok) return since;
  const ms = since.value === undefined ? 0 : Date.parse(since.value);
  if (!(ms >= 0)) return badParameter('since', 'is an RFC 3339 time, such as 2026-11-22T00:00:00Z');
  const after = parameter(request, 'after');
  if (!after.ok) return after;
  const cursor = await readCursor(secrets, after.value ?? '', 'changes');
  if (cursor === undefined) {
    const detail = 'after is the cursor of GET /v1/me, or next of the previous answer.';
    return { ok: false, response: problem({ kind: 'cursor', detail, more: { at: 'after' } }) };
  }
  return { ok: true, value: { cursor, since: Math.floor(ms / 1000), limit: limit.value } };
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

function shown(change: Change): object {
  return change.kind === 'event' ? change.event : { id: change.id, seq: change.seq, gone: true };
}
