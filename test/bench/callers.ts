/** The members whose scopes are measured, made through the API. */
import * as v from 'valibot';
import type { OperatorRef, Scope } from '../../worker/store/scope.ts';
import { company } from '../support/company/company.ts';
import { send, type Client } from './client.ts';
import type { CallerName } from './queries.ts';

export interface BenchCaller {
  client: Client;
  /** What the Worker makes of the member. */
  scope: Scope;
}

export type Callers = Readonly<Record<CallerName, BenchCaller>>;

const { account, people, roles } = company;

/** The admin, a member with one operator, and one with fifty, of which the company knows some. */
export async function makeCallers(admin: Client): Promise<Callers> {
  const known = [...people.map(({ uin }) => uin), ...roles.map(({ id }) => id)];
  const unknown = Array.from({ length: 50 - known.length }, (_, i) => `1000314002${10 + i}`);
  const [one = ''] = known;
  return {
    all: { client: admin, scope: { accounts: '*', operators: '*' } },
    one: await makeMember(admin, 'one', [one]),
    fifty: await makeMember(admin, 'fifty', [...known, ...unknown]),
  };
}

async function makeMember(admin: Client, id: string, ids: readonly string[]): Promise<BenchCaller> {
  const operators: OperatorRef[] = ids.map((operator) => ({ account, id: operator }));
  await send(admin, 'POST', '/v1/members', { id, name: id, accounts: [account], operators });
  const { body } = await send(admin, 'POST', '/v1/tokens', { member: id });
  const { token } = v.parse(v.object({ token: v.string() }), body);
  return {
    client: { ...admin, server: { ...admin.server, token } },
    scope: { accounts: [account], operators },
  };
}
