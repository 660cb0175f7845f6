import * as v from 'valibot';
import { Fault } from './fault.ts';
import type { StateFiles } from './state.ts';
import { inert } from './terminal.ts';

/** A Worker to talk to. `url` has no slash at its end. */
export interface Server {
  url: string;
  token: string;
}

export type Answer =
  | { ok: true; body: unknown }
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
export async function request(server: Server, path: string, init: RequestInit = {}): Promise<Answer> {
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${server.token}`);
  headers.set('accept', 'application/json');
  try {
    const response = await fetch(`${server.url}${path}`, { ...init, headers });
    const text = await response.text();
    const body = parse(text);
    if (response.ok && body !== undefined) return { ok: true, body };
    const wait = Number(response.headers.get('retry-after') ?? Number.NaN) * 1000;
    return {
      ok: false,
      status: response.status,
      detail: describe(response, body),
      ...(Number.isFinite(wait) ? { wait } : {}),
    };
  } catch (error) {
    return { ok: false, status: 0, detail: reasonOf(error) };
  }
}

/** One request whose answer must fit `schema`; a `Fault` that names the request otherwise. */
export async function ask<S extends v.GenericSchema>(
  server: Server,
  schema: S,
  path: string,
  init: RequestInit = {},
): Promise<v.InferOutput<S>> {
  const answer = await request(server, path, init);
  if (!answer.ok) throw new Fault(explain(server, answer));
  const parsed = v.safeParse(schema, answer.body);
  if (!parsed.success) throw new Fault(`${server.url}${path} answered in a form this command does not know.`);
  return parsed.output;
}

/** Sends JSON; see `ask`. */
export function sendJson<S extends v.GenericSchema>(
  server: Server,
  schema: S,
  method: 'POST' | 'PATCH' | 'PUT',
  path: string,
  body: unknown,
): Promise<v.InferOutput<S>> {
  return ask(server, schema, path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
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

const Problem = v.object({ title: v.optional(v.string()), detail: v.optional(v.string()) });

function describe(response: Response, body: unknown): string {
  const problem = v.safeParse(Problem, body);
  const told = problem.success ? (problem.output.detail ?? problem.output.title) : undefined;
  return inert(told ?? response.statusText ?? '') || 'no reason given';
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
