/** GET /v1/purchases. */
import type { IRequest } from 'itty-router';
import { purchasesQuery } from '../../shared/api/purchases.ts';
import { sealCursor } from '../access/cursor.ts';
import { purchaseTotals } from '../query/purchase-totals.ts';
import { purchasesOf } from '../query/purchases.ts';
import { answer } from './answer.ts';
import { aboutList } from './answers.ts';
import type { ByMember } from './context.ts';
import { readListOf } from './list.ts';
import { parameters } from './params.ts';

const ROUTE = 'GET /v1/purchases';

/** Newest first, with totals on the first page. */
export async function getPurchases(request: IRequest, context: ByMember): Promise<Response> {
  const { caller, store, secrets } = context;
  const asked = parameters(request, purchasesQuery);
  if (!asked.ok) return asked.response;
  const list = await readListOf('events', asked.value, context, [ROUTE]);
  if (!list.ok) return list.response;
  const { query, cursor, now, hash, searched } = list.value;
  const { scope } = caller;
  const [page, by] = await Promise.all([
    purchasesOf(store, {
      query,
      scope,
      limit: asked.value.limit,
      ...(cursor === undefined ? {} : { before: cursor.before }),
    }),
    cursor === undefined ? purchaseTotals(store, { query, scope, tz: searched.tz }) : undefined,
  ]);
  const { purchases, prices, next, through, arrivals } = page;
  const partial =
    through === undefined
      ? undefined
      : { through, reason: 'The search reached the bound of one answer; go on with next.' };
  return answer(ROUTE, {
    purchases,
    ...(prices !== undefined && { prices }),
    ...(by === undefined ? {} : { by }),
    next:
      next === undefined
        ? null
        : await sealCursor(secrets, { kind: 'events', before: next, now, list: hash }),
    ...aboutList(list.value, caller, { arrivals, partial, empty: purchases.length === 0 }),
  });
}
