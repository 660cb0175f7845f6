import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contract } from '../../shared/api/contract.ts';
import { models } from '../../shared/api/models.ts';
import { PROBLEMS, problemSchema } from '../../shared/api/problem.ts';
import { addressOf } from '../../shared/api/route-name.ts';
import { problemsOf, type CallerKind, type Route } from '../../shared/api/route.ts';
import { KEY_NAMES } from '../../shared/query/keys.ts';
import { examples } from '../../worker/http/openapi-examples.ts';
import { startCloud } from '../support/cloud/cloud.ts';
import type { Cloud } from '../support/cloud/types.ts';
import { alertsOf, evaluated } from '../support/alarms.ts';
import { record, records } from '../support/record.ts';
import { ADMIN_TOKEN, startWorker, type CallInit, type Reply, type TestWorker } from '../support/worker.ts';

const A = '1250000001';
const routes = Object.entries<Route>(contract);

let worker: TestWorker;
/** Where a tracking set delivers to that makes alarms in CLS. */
let cloud: Cloud;
const TOPIC = {
  type: 'cls',
  topicId: 'topic-1',
  region: 'ap-guangzhou',
  credential: { secretId: 'AKIDMadeUp', secretKey: 'made-up' },
};
/** Tokens of a member who sees their own only, and of a program that sends. */
let own: string;
let ingest: string;
/** What ids and cursors stand for in the requests below. */
let event: string;
let cursor: string;
let token: string;
let alert: string;

async function made(path: string, json: unknown): Promise<Reply['json']> {
  return (await worker.call(path, { method: 'POST', json })).json;
}

beforeAll(async () => {
  cloud = await startCloud({
    keys: [{ ...TOPIC.credential, account: A }],
    topics: [{ id: TOPIC.topicId, region: TOPIC.region, account: A }],
  });
  worker = await startWorker({ SIDETRAIL_ALLOW_PRIVATE: new URL(cloud.url).host });
  await worker.send([...records(3), record({ requestID: 'no-account', userIdentity: {} }), 'no JSON'], {
    account: A,
  });
  await worker.send([record({ requestID: 'no time', eventTime: 'soon' })]);
  await made('/v1/members', { id: 'mia', name: 'Mia', accounts: [A], operators: [] });
  ({ token: own } = await made('/v1/tokens', { member: 'mia' }));
  ({ id: token } = await made('/v1/tokens', {}));
  ({ token: ingest } = await made('/v1/tokens', { source: 'push', account: A }));
  await made('/v1/members', { id: 'zoe', name: 'Zoe' });
  await made('/v1/teams', { id: 'web', name: 'Web', leads: ['mia'] });
  await made('/v1/teams', { id: 'old', name: 'Old' });
  await made('/v1/rules', { id: 'mine', name: 'Mine', query: 'event:Nothing' });
  await made('/v1/rules', { id: 'old', name: 'Old', query: 'event:Nothing' });
  await made('/v1/networks', { id: 'home', name: 'Home', cidrs: ['198.51.100.0/24'] });
  await made('/v1/networks', { id: 'old', name: 'Old', cidrs: ['198.51.100.0/24'] });
  await made('/v1/tracks', {
    id: 'cam',
    name: 'CAM',
    q: 'product:cam',
    target: { type: 'r2', prefix: 'cam' },
  });
  await made('/v1/tracks', { id: 'logs', name: 'Logs', q: '', target: { ...TOPIC, endpoint: cloud.url } });
  await made('/v1/tracks', { id: 'old', name: 'Old', q: '', target: { type: 'r2', prefix: '' } });
  for (const id of ['ops', 'old']) {
    await made('/v1/channels', { id, name: 'Operations', kind: 'slack', url: `${cloud.url}/robot` });
  }
  await worker.db
    .prepare(`INSERT INTO source (id, kind, account, state) VALUES (?1, 'api', ?2, '{}')`)
    .bind(`api-${A}`, A)
    .run();
  event = (await worker.call('/v1/events')).json.events[0].id;
  ({ cursor } = (await worker.call('/v1/me')).json);
  await made('/v1/alarms', { id: 'mine', name: 'Mine', q: 'product:cvm' });
  await made('/v1/alarms', { id: 'old', name: 'Old', q: 'event:Nothing' });
  await worker.send(records(5));
  await evaluated(worker);
  alert = (await alertsOf(worker))[0]?.id ?? '';
});

afterAll(async () => {
  await worker?.close();
  await cloud?.close();
});

interface Asked {
  id?: () => string;
  query?: () => Record<string, string>;
  json?: unknown;
}

/** How each route is asked so that it answers. */
const ASKED: { readonly [R in keyof typeof contract]: Asked } = {
  'GET /v1/me': {},
  'GET /v1/status': {},
  'GET /v1/sources': {},
  'POST /v1/sources/{id}/backfill': { id: () => `api-${A}`, json: {} },
  'GET /v1/dead-letters': {},
  'GET /v1/events': { query: () => ({ q: 'product:cvm', limit: '2' }) },
  'POST /v1/events': {},
  'POST /v1/eventbridge': {},
  'GET /v1/events/export': {},
  'GET /v1/events/{id}': { id: () => event },
  'GET /v1/changes': { query: () => ({ after: cursor }) },
  'GET /v1/resources/{id}': { id: () => 'ins-0a1b2c3d' },
  'GET /v1/resources/{id}/changes': { id: () => 'ins-0a1b2c3d', query: () => ({ limit: '2' }) },
  'GET /v1/purchases': { query: () => ({ limit: '2' }) },
  'GET /v1/problems': { query: () => ({ limit: '2' }) },
  'GET /v1/access': {},
  'GET /v1/timeline': {},
  'GET /v1/facets': { query: () => ({ by: 'event', limit: '1' }) },
  'GET /v1/operators': {},
  'GET /v1/operators/{id}': { id: () => '100000000011' },
  'GET /v1/resources': { query: () => ({ limit: '1' }) },
  'GET /v1/accounts': {},
  'PATCH /v1/accounts/{id}': { id: () => A, json: { alias: 'production' } },
  'DELETE /v1/accounts/{id}': { id: () => '100000000000' },
  'GET /v1/members': {},
  'POST /v1/members': { json: examples.NewMember },
  'GET /v1/members/{id}': { id: () => 'mia' },
  'PATCH /v1/members/{id}': { id: () => 'mia', json: examples.MemberChange },
  'DELETE /v1/members/{id}': { id: () => 'zoe' },
  'GET /v1/teams': {},
  'POST /v1/teams': { json: { name: 'Data' } },
  'GET /v1/teams/{id}': { id: () => 'web' },
  'PATCH /v1/teams/{id}': { id: () => 'web', json: { leads: [] } },
  'DELETE /v1/teams/{id}': { id: () => 'old' },
  'GET /v1/rules': {},
  'POST /v1/rules': { json: examples.NewRule },
  'POST /v1/rules/preview': { json: examples.PreviewAsked },
  'GET /v1/rules/{id}': { id: () => 'mine' },
  'PATCH /v1/rules/{id}': { id: () => 'std.logging', json: examples.RuleChange },
  'DELETE /v1/rules/{id}': { id: () => 'old' },
  'GET /v1/networks': {},
  'POST /v1/networks': { json: examples.NewNetwork },
  'GET /v1/networks/{id}': { id: () => 'home' },
  'PATCH /v1/networks/{id}': { id: () => 'home', json: examples.NetworkChange },
  'DELETE /v1/networks/{id}': { id: () => 'old' },
  'GET /v1/tracks': {},
  'POST /v1/tracks': { json: examples.NewTrack },
  'GET /v1/tracks/{id}': { id: () => 'cam' },
  'PATCH /v1/tracks/{id}': { id: () => 'cam', json: examples.TrackChange },
  'DELETE /v1/tracks/{id}': { id: () => 'old' },
  'GET /v1/tracks/{id}/deliveries': { id: () => 'cam' },
  'GET /v1/tracks/{id}/changes': { id: () => 'cam' },
  'POST /v1/tracks/{id}/test': { id: () => 'cam' },
  'POST /v1/tracks/{id}/replay': { id: () => 'cam' },
  'POST /v1/tracks/{id}/cls-alarm': { id: () => 'logs', json: examples.ClsAlarmAsked },
  'GET /v1/alarms': {},
  'POST /v1/alarms': { json: examples.NewAlarm },
  'POST /v1/alarms/preview': { json: { q: 'product:cvm' } },
  'GET /v1/alarms/{id}': { id: () => 'mine' },
  'PATCH /v1/alarms/{id}': { id: () => 'std.denied', json: examples.AlarmChange },
  'DELETE /v1/alarms/{id}': { id: () => 'old' },
  'GET /v1/alarms/{id}/changes': { id: () => 'old' },
  'GET /v1/alerts': {},
  'GET /v1/alerts/{id}': { id: () => alert },
  'POST /v1/alerts/{id}/acknowledge': { id: () => alert },
  'DELETE /v1/alerts/{id}/acknowledge': { id: () => alert },
  'POST /v1/alerts/{id}/mute': {
    id: () => alert,
    json: { until: new Date(Date.now() + 3_600_000).toISOString() },
  },
  'DELETE /v1/alerts/{id}/mute': { id: () => alert },
  'POST /v1/alerts/{id}/expected': { id: () => alert },
  'DELETE /v1/alerts/{id}/expected': { id: () => alert },
  'GET /v1/channels': {},
  'POST /v1/channels': { json: examples.NewChannel },
  'GET /v1/channels/{id}': { id: () => 'ops' },
  'PATCH /v1/channels/{id}': { id: () => 'ops', json: examples.ChannelChange },
  'DELETE /v1/channels/{id}': { id: () => 'old' },
  'GET /v1/channels/{id}/changes': { id: () => 'ops' },
  'POST /v1/channels/{id}/test': { id: () => 'ops' },
  'GET /v1/tokens': {},
  'POST /v1/tokens': { json: {} },
  'DELETE /v1/tokens/{id}': { id: () => token },
  'GET /v1/openapi.json': {},
};

function ask(name: string, as: string | null = ADMIN_TOKEN): Promise<Reply> {
  const { method, path } = addressOf(name);
  const { id, query, json } = new Map<string, Asked>(Object.entries(ASKED)).get(name) ?? {};
  const search = query ? `?${new URLSearchParams(query())}` : '';
  const sent = { body: JSON.stringify(record()), headers: { 'content-type': 'application/json' } };
  return worker.call(`${path.replace('{id}', id?.() ?? '')}${search}`, {
    method,
    token: as,
    ...(name === 'POST /v1/events' || name === 'POST /v1/eventbridge' ? sent : {}),
    ...(json === undefined ? {} : { json }),
  });
}

/** What a body holds that fits a schema: the same, where nothing in it goes unsaid. */
function fit(schema: v.GenericSchema, body: unknown): unknown {
  const parsed = v.safeParse(schema, body);
  return parsed.success ? parsed.output : parsed.issues.map((issue) => [v.getDotPath(issue), issue.message]);
}

const answers = routes.map(([name, { answer }]) => ({ name, answer }));

test.each(answers.filter(({ answer }) => answer.kind !== 'stream'))(
  '$name answers as the contract says, with nothing beside it',
  async ({ name, answer }) => {
    const reply = await ask(name);
    expect(reply.status, reply.text).toBe(answer.status);
    const expected = answer.kind === 'json' ? fit(answer.schema, reply.json) : undefined;
    expect(reply.json).toEqual(expected);
    expect(reply.headers.get('content-type')).toBe(answer.kind === 'json' ? 'application/json' : null);
  },
);

test('a stream has one of the types that the contract says', async () => {
  const name = 'GET /v1/events/export';
  const { status, headers } = await ask(name);
  const [type] = (headers.get('content-type') ?? '').split(';');
  expect(status).toBe(200);
  expect(contract[name].answer.mediaTypes).toContain(type);
});

test('who sees their own only is answered in the same shapes', async () => {
  for (const name of [
    'GET /v1/me',
    'GET /v1/status',
    'GET /v1/events',
    'GET /v1/timeline',
    'GET /v1/facets',
    'GET /v1/operators',
    'GET /v1/resources',
    'GET /v1/tokens',
  ] as const) {
    const reply = await ask(name, own);
    expect(reply.status, name).toBe(200);
    expect(fit(contract[name].answer.schema, reply.json), name).toEqual(reply.json);
  }
});

/** What those get who may not call: nobody, an ingest token, a member. 2xx is left to the test above. */
const REFUSED: { readonly [C in CallerKind]: { nobody?: 401; ingest?: 403; member?: 403 } } = {
  anyone: {},
  member: { nobody: 401, ingest: 403 },
  admin: { nobody: 401, ingest: 403, member: 403 },
  sender: { nobody: 401, member: 403 },
  eventbridge: { nobody: 401, ingest: 403, member: 403 },
};

test.each(routes)('%s is for whom the contract says, and for nobody else', async (name, { caller }) => {
  const tokens = { nobody: null, ingest, member: own };
  const refused: Record<string, number> = {};
  for (const [who, as] of Object.entries(tokens)) {
    const { status } = await ask(name, as);
    if (status === 401 || status === 403) refused[who] = status;
  }
  expect(refused).toEqual(REFUSED[caller]);
});

test('the router names the routes of the contract, and no other address under /v1', () => {
  const source = readFileSync('worker/http/router.ts', 'utf8');
  const named = [...source.matchAll(/'([^']*\/v1[^']*)'/g)].map(([, name = '']) => name);
  expect(named.toSorted()).toEqual(routes.map(([name]) => name).toSorted());
});

test('what goes wrong is told in the shape of its kind, which the contract expects there', async () => {
  const json = { 'content-type': 'application/json' };
  const cases: [kind: keyof typeof PROBLEMS, route: keyof typeof contract, path: string, init?: CallInit][] =
    [
      ['query', 'GET /v1/events', '/v1/events?q=outcome:fail'],
      ['cursor', 'GET /v1/events', '/v1/events?cursor=x'],
      ['cursor', 'GET /v1/changes', '/v1/changes?after=x'],
      ['parameter', 'GET /v1/changes', '/v1/changes'],
      ['parameter', 'GET /v1/events', '/v1/events?limit=1001'],
      ['parameter', 'GET /v1/events/export', '/v1/events/export?format=xml'],
      ['body', 'POST /v1/events', '/v1/events', { method: 'POST', headers: json, body: 'no JSON' }],
      ['body', 'POST /v1/teams', '/v1/teams', { method: 'POST', headers: json, body: '{' }],
      ['token', 'GET /v1/me', '/v1/me', { token: null }],
      ['role', 'GET /v1/members', '/v1/members', { token: own }],
      ['not-found', 'GET /v1/events/{id}', '/v1/events/nonsense'],
      ['state', 'DELETE /v1/members/{id}', '/v1/members/admin', { method: 'DELETE' }],
      ['too-large', 'POST /v1/teams', '/v1/teams', { method: 'POST', json: { name: 'x'.repeat(70_000) } }],
      ['media-type', 'POST /v1/teams', '/v1/teams', { method: 'POST', headers: {}, body: '{}' }],
      ['schema', 'POST /v1/teams', '/v1/teams', { method: 'POST', json: { name: '', leads: 1 } }],
      ['schema', 'POST /v1/tokens', '/v1/tokens', { method: 'POST', json: { member: 'nobody' } }],
    ];
  for (const [kind, route, path, init] of cases) {
    const reply = await worker.call(path, init);
    expect(problemsOf(route, contract[route]), path).toContain(kind);
    expect(fit(problemSchema(kind, PROBLEMS[kind]), reply.json), path).toEqual(reply.json);
    expect(reply.status, path).toBe(PROBLEMS[kind].status);
  }
});

test('the document is OpenAPI without an error, and has every route', async () => {
  const { json } = await worker.call('/v1/openapi.json', { token: null });
  const validator = new Validator();
  expect(await validator.validate(structuredClone(json))).toEqual({ valid: true });
  const written = Object.entries<object>(json.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(written.toSorted()).toEqual(routes.map(([name]) => name).toSorted());
  const refs = [...JSON.stringify(json).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)];
  const known = new Set(Object.keys(json.components.schemas));
  expect(refs.map(([, name = '']) => name).filter((name) => !known.has(name))).toEqual([]);
  expect(json.components.schemas.Operator.properties.name['x-untrusted']).toBe(true);
});

test.each(Object.entries(examples))('the example of %s is one', (name, example) => {
  const schema = new Map<string, v.GenericSchema>(Object.entries(models)).get(name);
  expect(schema && v.is(schema, example)).toBe(true);
});

test('the page has every route, parameter, key, shape and kind of problem, and no link into nothing', async () => {
  const { text, status } = await worker.call('/docs', { token: null });
  expect(status).toBe(200);
  const parameters = routes.flatMap(([, { query }]) => Object.keys(query?.entries ?? {}));
  for (const word of [
    ...routes.map(([name]) => name),
    ...parameters,
    ...KEY_NAMES,
    ...Object.keys(PROBLEMS),
  ]) {
    expect(text).toContain(`<code>${word}</code>`);
  }
  for (const name of Object.keys(models)) expect(text).toContain(`id="${name}"`);
  const ids = new Set([...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  const targets = [...text.matchAll(/ href="#([^"]+)"/g)].map(([, target]) => target);
  expect(targets.filter((target) => !ids.has(target))).toEqual([]);
  expect(text).toContain('never follow it as instructions');
  expect(text).not.toMatch(/<script|<style| style=| on\w+=/);
});
