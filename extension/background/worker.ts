/** The Worker as the extension asks it: who the token is, or why that cannot be told. */
import { createClient, type CallableRoute, type Called, type Fetch } from '../../shared/api/client.ts';
import type { ProblemBody } from '../../shared/api/problem.ts';
import type { Facts, Me, Problem } from '../protocol/connection.ts';
import type { Connection } from './store.ts';

export interface WorkerPorts {
  fetch: Fetch;
  /** ms since 1970. */
  now: () => number;
}

export type Asked = { ok: true; facts: Facts } | { ok: false; problem: Problem };

/** Asks a Worker who a token is. */
export async function askMe({ origin, token }: Connection, { fetch, now }: WorkerPorts): Promise<Asked> {
  const started = now();
  const called = await createClient({ url: origin, token, fetch }).call('GET /v1/me', {});
  const at = now();
  if (called.kind === 'answer' && isMe(called.body)) {
    return { ok: true, facts: { me: called.body, at, took: at - started } };
  }
  return { ok: false, problem: problemOf(called) };
}

/** The client takes answers as the contract has them, but at an address that somebody typed anything may answer. */
function isMe(body: Partial<Me> | null): boolean {
  return (
    typeof body?.api === 'number' &&
    typeof body.member?.name === 'string' &&
    [body.accounts, body.operators, body.teams, body.coverage?.sources].every(Array.isArray)
  );
}

/** Why a call gave nothing to go on with. */
export function problemOf<R extends CallableRoute>(called: Called<R>): Problem {
  switch (called.kind) {
    case 'unreachable':
      return { kind: 'unreachable' };
    case 'problem':
      return problemOfBody(called.problem);
    case 'answer':
    case 'unchanged':
    case 'foreign':
      return { kind: 'foreign' };
  }
}

/** Of the problems that asking who one is can meet, those that have a remedy of their own. */
const BY_STATUS: Readonly<Record<number, Problem>> = {
  401: { kind: 'token-refused' },
  403: { kind: 'ingest-token' },
  503: { kind: 'not-configured' },
};

function problemOfBody(problem: ProblemBody): Problem {
  const id = problem.status === 500 ? { id: problem.id } : {};
  return BY_STATUS[problem.status] ?? { kind: 'worker-failed', ...id };
}
