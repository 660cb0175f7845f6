import * as v from 'valibot';
import { createClient, type Asked, type CallableRoute } from '../../../shared/api/client.ts';
import type { AnswerOf, RouteName } from '../../../shared/api/contract.ts';
import { Fault } from './fault.ts';
import type { StateFiles } from './state.ts';
import { inert } from './terminal.ts';

/** A Worker to talk to. `url` has no slash at its end. */
export interface Server {
  url: string;
  token: string;
}

export type Answer<R extends RouteName> =
  | { ok: true; body: AnswerOf<R> }
  /** `status` is 0 where nothing answered. `wait` is the pause in ms that the server asked for. */
  | { ok: false; status: number; detail: string; wait?: number };

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The Worker that a command talks to: `SIDETRAIL_URL` and `SIDETRAIL_TOKEN`, else what the state folder says.
 * The state folder's token belongs to this machine's Worker, so it is never sent to another host.
 */
export function findServer(state: StateFiles, env: Env): Server {
  const address = env['SIDETRAIL_URL'] || state.url();
  if (address === undefined) {
    throw new Fault('Sidetrail is not running: start it with "npm start", or set SIDETRAIL_URL.');
  }
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new Fault(`SIDETRAIL_URL is not an http address: ${inert(address)}`);
  }
  const local = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  const token = env['SIDETRAIL_TOKEN'] || (local ? state.adminToken() : undefined);
  if (token === undefined) throw new Fault(`Set SIDETRAIL_TOKEN to a token of ${url.origin}.`);
  return { url: `${url.origin}${url.pathname.replace(/\/+$/, '')}`, token };
}

/** One request with the token. Never throws for what the network or the server does. */
export async function request<R extends CallableRoute>(
  server: Server,
  route: R,
  asked: Asked<R>,
  signal?: AbortSignal,
): Promise<Answer<R>> {
  const client = createClient({
    ...server,
    fetch: (url, init) => fetch(url, signal ? { ...init, signal } : init),
  });
  const called = await client.call(route, asked);
  switch (called.kind) {
    case 'answer':
      return { ok: true, body: called.body };
    case 'problem': {
      const { kind: _kind, problem, ...wait } = called;
      return { ok: false, ...wait, status: problem.status, detail: inert(problem.detail) };
    }
    case 'unreachable':
      return { ok: false, status: 0, detail: reasonOf(called.error) };
    case 'unchanged':
      throw new Error('no ETag was sent');
    case 'foreign': {
      const { kind: _kind, ...answered } = called;
      return { ok: false, ...answered, detail: 'no reason given' };
    }
  }
}

/** One request that must be answered; a `Fault` that names the Worker otherwise. */
export async function ask<R extends CallableRoute>(
  server: Server,
  route: R,
  asked: Asked<R>,
  signal?: AbortSignal,
): Promise<AnswerOf<R>> {
  const answer = await request(server, route, asked, signal);
  if (!answer.ok) throw new Fault(explain(server, answer));
  return answer.body;
}

/** What a failed answer means to the person at the terminal. */
export function explain(server: Server, answer: { status: number; detail: string }): string {
  if (answer.status === 0)
    return `Nothing answers at ${server.url} (${answer.detail}). Is Sidetrail running?`;
  if (answer.status === 401) return `${server.url} does not accept the token.`;
  return `${server.url} answered ${answer.status}: ${answer.detail}`;
}

/** Who answers `/health` at an address: Sidetrail, something else, or nothing within two seconds. */
export async function probe(url: string): Promise<'sidetrail' | 'other' | 'nothing'> {
  try {
    const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(2000) });
    const health = v.safeParse(v.object({ name: v.literal('sidetrail') }), parse(await response.text()));
    return health.success ? 'sidetrail' : 'other';
  } catch {
    return 'nothing';
  }
}

function parse(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown reason';
  const cause = error.cause;
  if (cause instanceof Error) return inert('code' in cause ? String(cause.code) : cause.message);
  return inert(error.message);
}
