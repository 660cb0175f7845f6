/**
 * A typed client of /v1. It knows routes by their names alone and checks no answer, so it is small: types are all
 * it takes from the contract.
 */
import type * as v from 'valibot';
import type { Json } from '../event/event.ts';
import { isObject, parseJson } from '../event/json.ts';
import { MARK_HEADERS } from './mark-headers.ts';
import type { AnswerOf, Contract, RouteName } from './contract.ts';
import { PROBLEM_TYPE } from './problem-type.ts';
import type { ProblemBody } from './problem.ts';
import { addressOf } from './route-name.ts';

/** The little that is needed of the platform's `fetch`. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

export interface FetchInit {
  method: string;
  headers: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
}

export interface FetchResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

export interface ClientOptions {
  /** Where the Worker is, without a slash at the end. */
  url: string;
  token: string;
  fetch: Fetch;
}

/** Records as they are sent. */
export interface Records {
  mediaType: Extract<Contract['POST /v1/events']['body'], { kind: 'records' }>['mediaTypes'][number];
  gzip?: boolean;
  content: string | Uint8Array<ArrayBuffer>;
}

/** What a route is asked with: its id, query parameters, body and ETag, as far as it takes them. */
export type Asked<R extends RouteName> = IdOf<R> & QueryOf<R> & BodyOf<Contract[R]> & EtagOf<R>;

type IdOf<R> = R extends `${string}{id}${string}` ? { id: string } : { id?: never };
type QueryOf<R extends RouteName> = Contract[R] extends { query: infer Q extends v.GenericSchema }
  ? Record<string, never> extends v.InferInput<Q>
    ? { query?: v.InferInput<Q> }
    : { query: v.InferInput<Q> }
  : { query?: never };
type BodyOf<C> = C extends { body: infer B }
  ? B extends { schema: infer S extends v.GenericSchema }
    ? { body: v.InferInput<S>; records?: never }
    : { records: Records; body?: never }
  : { body?: never; records?: never };
type EtagOf<R extends RouteName> = Contract[R] extends { conditional: true }
  ? { etag?: string }
  : { etag?: never };

/** Routes whose answer is read whole. */
export type CallableRoute = {
  [R in RouteName]: Contract[R]['answer'] extends { kind: 'stream' } ? never : R;
}[RouteName];

/** What became of a call. `wait` is the pause in ms that the server asked for. */
export type Called<R extends RouteName> =
  | { kind: 'answer'; body: AnswerOf<R>; etag?: string }
  /** Only where an ETag was sent: it still holds. The marks of sources that are read move on meanwhile. */
  | { kind: 'unchanged'; marks: Marks }
  | { kind: 'problem'; problem: ProblemBody; wait?: number }
  /** Something answered that is not this API. */
  | { kind: 'foreign'; status: number; wait?: number }
  /** Nothing answered; `error` is what `fetch` threw. */
  | { kind: 'unreachable'; error: unknown };

/** How far the slowest source that is read is by now; RFC 3339. */
export interface Marks {
  seenTo?: string;
  settledTo?: string;
}

export interface Client {
  /** One request. Never throws for what the network or the server does. */
  call<R extends CallableRoute>(route: R, asked: Asked<R>): Promise<Called<R>>;
}

/** A client of one Worker with one token. */
export function createClient({ url, token, fetch: send }: ClientOptions): Client {
  return {
    async call<R extends CallableRoute>(route: R, asked: Asked<R>): Promise<Called<R>> {
      const { path, ...init } = requestOf(route, asked);
      let response: FetchResponse;
      let text: string;
      try {
        const headers = { accept: 'application/json', authorization: `Bearer ${token}`, ...init.headers };
        response = await send(`${url}${path}`, { ...init, headers });
        text = await response.text();
      } catch (error) {
        return { kind: 'unreachable', error };
      }
      return calledOf<R>(response, text);
    },
  };
}

/** What any route may be asked with. */
interface AnyAsked {
  id?: string;
  query?: unknown;
  body?: unknown;
  records?: Records;
  etag?: string;
}

function requestOf(route: string, asked: AnyAsked): FetchInit & { path: string } {
  const { method, path: template } = addressOf(route);
  const { id = '', query, etag } = asked;
  const path = `${template.replace('{id}', () => encodeURIComponent(id))}${searchOf(query)}`;
  const { headers, ...body } = bodyOf(asked);
  return {
    method,
    path,
    headers: etag === undefined ? headers : { ...headers, 'if-none-match': etag },
    ...body,
  };
}

function marksOf(headers: FetchResponse['headers']): Marks {
  const seenTo = headers.get(MARK_HEADERS.seenTo);
  const settledTo = headers.get(MARK_HEADERS.settledTo);
  return { ...(seenTo !== null && { seenTo }), ...(settledTo !== null && { settledTo }) };
}

function searchOf(query: unknown): string {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`],
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

function bodyOf({ records, body }: AnyAsked): Pick<FetchInit, 'headers' | 'body'> {
  if (records) {
    const { mediaType, gzip, content } = records;
    const encoding = gzip ? { 'content-encoding': 'gzip' } : {};
    return { headers: { 'content-type': mediaType, ...encoding }, body: content };
  }
  if (body === undefined) return { headers: {} };
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

function calledOf<R extends CallableRoute>({ status, headers }: FetchResponse, text: string): Called<R> {
  if (status === 304) return { kind: 'unchanged', marks: marksOf(headers) };
  const parsed = parseJson(status === 204 ? 'null' : text);
  if (parsed.ok && status >= 200 && status < 300) {
    const etag = headers.get('etag');
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the contract says so, and tests hold the Worker to it
    const body = parsed.value as AnswerOf<R>;
    return { kind: 'answer', body, ...(etag === null ? {} : { etag }) };
  }
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  const wait = Number.isFinite(seconds) ? { wait: seconds * 1000 } : {};
  if (!parsed.ok || !isProblem(parsed.value)) return { kind: 'foreign', status, ...wait };
  return { kind: 'problem', problem: parsed.value, ...wait };
}

function isProblem(value: Json): value is ProblemBody {
  return isObject(value) && typeof value['type'] === 'string' && value['type'].startsWith(PROBLEM_TYPE);
}
