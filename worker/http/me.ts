/** GET /v1/me: who calls, what they may see, and where following begins. */
import type { IRequest } from 'itty-router';
import { API } from '../../shared/api/status.ts';
import { sealCursor } from '../access/cursor.ts';
import { arrivalsOf, readArrivals } from '../store/coverage.ts';
import { logRangeOf, readLogRange } from '../store/changes.ts';
import { rows, run } from '../store/meter.ts';
import { oldestOf, readEdge } from '../store/edges.ts';
import { shownAccount } from './accounts.ts';
import { about } from './answer.ts';
import type { ByMember } from './context.ts';
import { answerIfNew } from './etag.ts';
import { scopeHash } from './list-hash.ts';

export async function getMe(request: IRequest, { caller, store, secrets }: ByMember): Promise<Response> {
  const { member, scope, accounts, led } = caller;
  const [range, oldest, arrivals] = await run(store, [
    logRangeOf(store),
    oldestOf(store, scope),
    arrivalsOf(store, scope.accounts),
  ]);
  const { last } = readLogRange(range);
  const hash = scopeHash(caller);
  return answerIfNew(request, 'GET /v1/me', {
    member: { id: member.id, name: member.name, role: member.role },
    accounts: accounts.map(shownAccount),
    operators: member.operators,
    teams: led,
    scope: { ...scope, hash },
    cursor: await sealCursor(secrets, { kind: 'changes', seq: last, scope: hash }),
    api: API,
    oldest: rows(oldest, readEdge)[0] ?? null,
    demo: false,
    ...about(readArrivals(arrivals)),
  });
}
