/** Every route of the contract, asked with what nobody should send. */
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contract } from '../../shared/api/contract.ts';
import { PROBLEMS, problemSchema } from '../../shared/api/problem.ts';
import { addressOf } from '../../shared/api/route-name.ts';
import { problemsOf, type Route } from '../../shared/api/route.ts';
import { KEY_NAMES } from '../../shared/query/keys.ts';
import { arbitraryQuery } from '../support/arbitrary-queries.ts';
import { by, record, records } from '../support/record.ts';
import { size } from '../support/size.ts';
import { startWorker, type Reply, type TestWorker } from '../support/worker.ts';

const SEED = 20_261_122;
const RUNS = size(25, 400);
/** What an answer may cost at most: the budget, and what looking at the last page of it adds. */
const MAX_ROWS = 250_000;

let worker: TestWorker;
/** Ids and cursors that are real somewhere: at another route, or a little altered, they are not. */
let real: string[];
let member: string;

beforeAll(async () => {
  worker = await startWorker();
  await worker.send(records(200), { source: 'api' });
  await worker.tick(new Date());
  await worker.call('/v1/members', { method: 'POST', json: { id: 'mia', name: 'Mia', operators: [] } });
  member = (await worker.call('/v1/tokens', { method: 'POST', json: { member: 'mia' } })).json.token;
  const list = (await worker.call('/v1/events?limit=1')).json;
  const me = (await worker.call('/v1/me')).json;
  real = [list.next, me.cursor, list.events[0].id, list.events[0].resources[0]?.id ?? 'ins-1', 'mia'];
});

afterAll(async () => {
  await worker?.close();
});

/** Texts as they stand in a URL, encoded: some of them are no UTF-8. */
const NASTY = [
  '',
  '%',
  '%ff%fe',
  '%c3%28',
  '%ed%a0%80',
  '%00',
  '%0d%0aset-cookie:%20a=b',
  "'%20OR%201=1--",
  '";DROP%20TABLE%20event;--',
  "x')%20UNION%20SELECT%20*%20FROM%20token--",
  '%22%20NEAR(a%20b)%20NOT%20*',
  '{0}',
  '-1',
  '0',
  '1e9',
  '9007199254740993',
  'NaN',
  'null',
  '__proto__',
  'constructor',
  '..%2f..%2fetc',
  '*',
  'a'.repeat(5_000),
  '%F0%9F%92%A9'.repeat(200),
  '('.repeat(300),
  encodeURIComponent('operator:'.repeat(60)),
  ...KEY_NAMES.map((key) => `${key}:`),
  ...KEY_NAMES.map((key) => `-${key}:%22'%22,*`),
];

const encoded = fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => encodeURIComponent(text));
// Half a surrogate pair cannot stand in a URL.
const query = arbitraryQuery().map((q) => encodeURIComponent(q.toWellFormed()));

function altered(text: string): fc.Arbitrary<string> {
  return fc
    .tuple(fc.nat({ max: Math.max(0, text.length - 1) }), fc.constantFrom('A', 'z', '0', '-', '%00', ''))
    .map(([at, other]) => text.slice(0, at) + other + text.slice(at + 1));
}

/** A value in the place of a parameter or an id. */
function value(): fc.Arbitrary<string> {
  const known = fc.constantFrom(...real.map((text) => encodeURIComponent(text)));
  return fc.oneof(fc.constantFrom(...NASTY), encoded, query, known, known.chain(altered));
}

function search(route: Route): fc.Arbitrary<string> {
  const names = [...Object.keys(route.query?.entries ?? {}), 'unknown'];
  const pair = fc.tuple(fc.constantFrom(...names), value()).map(([name, text]) => `${name}=${text}`);
  return fc.array(pair, { maxLength: 4 }).map((pairs) => pairs.join('&'));
}

interface Body {
  type: string;
  text: string;
}

/** JSON of any shape, of names that the route knows with values of any shape, and what is no JSON. */
function body(route: Route): fc.Arbitrary<Body | undefined> {
  if (route.body === undefined) return fc.constant(undefined);
  const schema = route.body.kind === 'json' ? route.body.schema : undefined;
  const names = schema !== undefined && 'entries' in schema ? Object.keys(Object(schema.entries)) : ['id'];
  const text = fc.oneof(
    fc
      .dictionary(fc.constantFrom(...names), fc.oneof(fc.jsonValue(), value()), { maxKeys: 6 })
      .map((json) => JSON.stringify(json)),
    fc.jsonValue().map((json) => JSON.stringify(json)),
    fc.constantFrom('', '{', 'null', '[]', '"', '{"a":1}\n{', `[${'['.repeat(2_000)}`, 'x'.repeat(70_000)),
  );
  const types = fc.constantFrom('application/json', 'application/json', 'text/plain', '');
  return fc.record({ type: types, text });
}

function fit(schema: v.GenericSchema, json: unknown): unknown {
  const parsed = v.safeParse(schema, json);
  return parsed.success ? parsed.output : parsed.issues.map((issue) => [v.getDotPath(issue), issue.message]);
}

/** What is wrong with an answer, which has to be what the contract says or a problem that names the place. */
function faultsOf(name: string, route: Route, reply: Reply): unknown[] {
  const rows = Number(/read=(\d+)/.exec(reply.headers.get('server-timing') ?? '')?.[1] ?? 0);
  const costly = rows > MAX_ROWS ? [`${rows} rows read`] : [];
  if (reply.status === 304) return costly;
  const wrong = reply.status < 400 ? answerFaults(route, reply) : problemFaults(name, route, reply);
  return [...costly, ...wrong];
}

function answerFaults({ answer }: Route, { status, json }: Reply): unknown[] {
  const expected = answer.kind === 'json' ? fit(answer.schema, json) : json;
  return status === answer.status && isDeepStrictEqual(expected, json) ? [] : [status, expected];
}

function problemFaults(name: string, route: Route, { status, headers, json, text }: Reply): unknown[] {
  const kind = String(json?.type).split(':').at(-1);
  const known = problemsOf(name, route).find((one) => one === kind);
  if (status >= 500 || known === undefined) return [status, text];
  const expected = fit(problemSchema(known, PROBLEMS[known]), json);
  const isNamed =
    (known !== 'parameter' || json.parameter in (route.query?.entries ?? {})) &&
    (known !== 'query' || json.at >= 0) &&
    json.detail.length > 5;
  const isProblem = headers.get('content-type') === 'application/problem+json';
  return isProblem && isNamed && isDeepStrictEqual(expected, json) ? [] : [status, expected, text];
}

const routes = Object.entries<Route>(contract).map(([name, route]) => ({ name, route }));

test.each(routes)(
  '$name answers nonsense with a problem that names the place, and stays',
  async ({ name, route }) => {
    const { method, path } = addressOf(name);
    const asked = fc.record({
      // Dots are taken out of a URL before it is sent.
      id: value().filter((id) => id !== '' && id !== '.' && id !== '..'),
      search: search(route),
      body: body(route),
      byMember: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(asked, async ({ id, search: parameters, body: sent, byMember }) => {
        const address = `${path.replace('{id}', id)}?${parameters}`;
        const reply = await worker.call(address, {
          method,
          ...(byMember ? { token: member } : {}),
          ...(sent && { body: sent.text, headers: sent.type === '' ? {} : { 'content-type': sent.type } }),
        });
        expect(faultsOf(name, route, reply), `${name} ${address}`).toEqual([]);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  },
);

test('after all that the store is whole', async () => {
  const { events } = (await worker.call(`/v1/events?limit=1000&q=source:api`)).json;
  expect(events.length).toBeGreaterThanOrEqual(200);
  await worker.send([record({ ...by('100000000099'), requestID: 'after-all' })]);
  expect((await worker.call('/v1/events?q=request:after-all')).json.events).toHaveLength(1);
});
