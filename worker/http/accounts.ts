/** /v1/accounts: what is kept of each account, and for how long. */
import type { IRequest } from 'itty-router';
import * as v from 'valibot';
import { accountChange, type Account } from '../../shared/api/accounts.ts';
import { accountId } from '../../shared/api/parts.ts';
import { DEMO_ACCOUNT } from '../../shared/event/demo.ts';
import { changeAccount, type Account as StoredAccount } from '../store/accounts.ts';
import { removeRecords } from '../store/records.ts';
import { removeAll } from '../store/retention.ts';
import { mayRead } from '../store/scope.ts';
import { answer } from './answer.ts';
import type { ByMember } from './context.ts';
import { body, pathId } from './params.ts';
import { notFound, problem } from './problem.ts';

export function getAccounts(_request: IRequest, { caller }: ByMember): Response {
  return answer('GET /v1/accounts', { accounts: caller.accounts.map(shownAccount) });
}

/** An account as answers give it. */
export function shownAccount({ id, alias, retention, floor }: StoredAccount): Account {
  return {
    id,
    alias: alias ?? null,
    retention,
    floor: floor === 0 ? null : new Date(floor * 1000).toISOString(),
  };
}

export async function changeAccountById(request: IRequest, { store, caller }: ByMember): Promise<Response> {
  const read = await body(request, accountChange);
  if (!read.ok) return read.response;
  const id = pathId(request);
  if (!v.is(accountId, id) || !mayRead(caller.scope.accounts, id)) return notFound('such account');
  return answer('PATCH /v1/accounts/{id}', shownAccount(await changeAccount(store, id, read.value)));
}

/** A day after every record's. */
const AFTER_ALL = '9999-12-31';

/** Steps of removal that one request does; the caller asks again until `done`. */
const STEPS = 10;

/** Deletes the demo company's events. No other account's can be: they go by age alone. */
export async function removeDemoAccount(request: IRequest, { store, env }: ByMember): Promise<Response> {
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
    if (done.done && !(await removeRecords(env.RECORDS, id, AFTER_ALL)))
      return answer('DELETE /v1/accounts/{id}', { removed, done: true });
  }
  return answer('DELETE /v1/accounts/{id}', { removed, done: false });
}
