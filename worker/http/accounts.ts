/** /v1/accounts: what is kept of each account, and for how long. */
import type { IRequest } from 'itty-router';
import { accountChange } from '../../shared/api/schemas.ts';
import { DEMO_ACCOUNT } from '../../shared/event/demo.ts';
import { changeAccount } from '../store/accounts.ts';
import { removeAll } from '../store/retention.ts';
import type { ByMember } from './context.ts';
import { body, pathId } from './params.ts';
import { notFound, problem } from './problem.ts';

export function getAccounts(_request: IRequest, { caller }: ByMember): Response {
  return Response.json({
    accounts: caller.accounts.map(({ id, alias, retention, floor }) => ({
      id,
      alias: alias ?? null,
      retention,
      floor: floor === 0 ? null : new Date(floor * 1000).toISOString(),
    })),
  });
}

export async function changeAccountById(request: IRequest, { store, caller }: ByMember): Promise<Response> {
  const read = await body(request, accountChange);
  if (!read.ok) return read.response;
  const account = caller.accounts.find(({ id }) => id === pathId(request));
  if (account === undefined) return notFound('such account');
  await changeAccount(store, account.id, read.value);
  const { alias = account.alias ?? null, retention = account.retention } = read.value;
  return Response.json({ id: account.id, alias, retention });
}

/** Steps of removal that one request does; the caller asks again until `done`. */
const STEPS = 10;

/** Deletes the demo company's events. No other account's can be: they go by age alone. */
export async function removeDemoAccount(request: IRequest, { store }: ByMember): Promise<Response> {
  const id = pathId(request);
  if (id !== DEMO_ACCOUNT) {
    return problem({
      kind: 'state',
      detail: `Only the demo account ${DEMO_ACCOUNT} can be deleted; events of others go by age (PATCH retention).`,
    });
  }
  let removed = 0;
  for (let step = 0; step < STEPS; step += 1) {
    const done = await removeAll(store, id);
    removed += done.removed;
    if (done.done) return Response.json({ removed, done: true });
  }
  return Response.json({ removed, done: false });
}
