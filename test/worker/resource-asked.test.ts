/** What a query narrows in the answers about one resource, and what it does not. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ResourceChanges } from '../../shared/api/resources.ts';
import type { EventSummary } from '../../shared/event/event.ts';
import type { JsonObject } from '../../shared/event/json.ts';
import { matches } from '../../shared/query/matches.ts';
import { parseQuery } from '../../shared/query/parse.ts';
import { resolveQuery } from '../../shared/query/resolve.ts';
import { by, record, secondsAgo } from '../support/record.ts';
import { startWorker, type Reply, type TestWorker } from '../support/worker.ts';

const A = '100000000011';
const B = '100000000012';
const INS = 'ins-0a1b2c3d';
const BUSY = 'ins-1b1b1b1b';
const TIED = 'ins-2c2c2c2c';

/** More than one answer looks at. */
const MANY = 1_300;

let worker: TestWorker;
let sent = 0;

/** A call of its own that names an instance; `ago` in seconds. */
function call(event: string, ins: string, ago: number, more: JsonObject = {}): JsonObject {
  sent += 1;
  return record({
    requestID: `6b0f1f0e-0000-4000-b000-${String(sent).padStart(12, '0')}`,
    eventName: event,
    resourceName: `instance/${ins}`,
    requestParameters: JSON.stringify({ InstanceIds: [ins] }),
    eventTime: secondsAgo(ago),
    ...more,
  });
}

function renamed(ins: string, ago: number, name: string, more: JsonObject = {}): JsonObject {
  const request = { InstanceIds: [ins], InstanceName: name };
  return call('ModifyInstancesAttribute', ins, ago, { requestParameters: JSON.stringify(request), ...more });
}

beforeAll(async () => {
  worker = await startWorker();
  await worker.send(
    [
      call('RunInstances', INS, 9_000, {
        requestParameters: '{"InstanceCount":1,"InstanceChargeType":"PREPAID"}',
        responseElements: JSON.stringify({ InstanceIdSet: [INS] }),
      }),
      renamed(INS, 8_000, 'a'),
      call('DescribeInstances', INS, 7_000, { actionType: 'Read', ...by(B) }),
      renamed(INS, 6_000, 'b', by(B)),
      renamed(INS, 5_000, 'c', { apiErrorCode: 'FailedOperation', ...by(B) }),
      call('StopInstances', INS, 4_000, { errorCode: '4102', sensitiveAction: '1' }),
      renamed(INS, 3_000, 'd', by(B)),
      renamed(INS, 3_000, 'e'),
      renamed(INS, 2_000, 'f'),
      renamed(TIED, 3_000, 'a'),
      renamed(TIED, 2_000, 'b', by(B)),
      renamed(TIED, 2_000, 'c'),
      renamed(BUSY, 9_000, 'first'),
      renamed(BUSY, 8_000, 'by-b', by(B)),
      call('StopInstances', BUSY, 7_500, { errorCode: '4102' }),
      ...Array.from({ length: MANY }, (_, i) => renamed(BUSY, 5_000 - i, `name-${i}`)),
    ],
    { source: 'files' },
  );
});

afterAll(async () => {
  await worker?.close();
});

function ask(path: string, query: Record<string, string> = {}): Promise<Reply> {
  return worker.call(`/v1/resources/${path}?${new URLSearchParams(query)}`);
}

/** As a query writes a moment. */
function moment(ago: number): string {
  return new Date(secondsAgo(ago) * 1000).toISOString();
}

/** What a query means, apart from any store. */
function asks(q: string): (event: EventSummary) => boolean {
  const parsed = parseQuery(q);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const resolved = resolveQuery(parsed.query, { now: Date.now(), tz: 'UTC', names: new Map() });
  if (!resolved.ok) throw new Error(resolved.error.message);
  return (event) => matches(resolved.query, event);
}

type Shown = ResourceChanges['changes'][number];

async function pages(path: string, query: Record<string, string>) {
  const replies: Reply[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const reply = await ask(path, { ...query, ...(cursor && { cursor }) });
    expect(reply.status, reply.text).toBe(200);
    replies.push(reply);
    cursor = reply.json.next;
  }
  const all: Shown[] = replies.flatMap(({ json }) => json.changes);
  return { all, replies };
}

function namesIn(changes: readonly Shown[]): unknown[] {
  return changes.flatMap(({ settings }) =>
    settings.filter(({ setting }) => setting === 'InstanceName').map(({ before, after }) => [before, after]),
  );
}

function tripsOf({ headers }: Reply): number {
  return Number(/trips=(\d+)/.exec(headers.get('server-timing') ?? '')?.[1]);
}

const QUERIES = [
  '',
  `operator:${B}`,
  `-operator:${B}`,
  'event:*attribute -outcome:failed',
  'is:purchase,sensitive',
  'stop',
  'action:read',
  `from:${moment(2_500)}`,
  `operator:${A} from:${moment(8_500)} to:${moment(2_500)}`,
];

test.each(QUERIES)('of the changes %j shows some, each as it is among all', async (q) => {
  const { json } = await ask(`${INS}/changes`);
  const expected = json.changes.filter(({ event }: Shown) => asks(q)(event));
  const reply = await ask(`${INS}/changes`, { q });
  expect(reply.status, reply.text).toBe(200);
  expect(reply.json.changes).toEqual(expected);
  expect(tripsOf(reply)).toBeLessThanOrEqual(3);
  expect((await pages(`${INS}/changes`, { q, limit: '1' })).all).toEqual(expected);
});

test('what was before is told from writes that the query leaves out, by their age too', async () => {
  const q = `operator:${B} from:${moment(6_500)} to:${moment(5_500)}`;
  const { json } = await ask(`${INS}/changes`, { q });
  expect(namesIn(json.changes)).toEqual([['a', 'b']]);
});

test('another write of the same second counts, though the query leaves it out', async () => {
  for (const operator of [A, B]) {
    const { json } = await ask(`${TIED}/changes`, { q: `operator:${operator} from:${moment(2_500)}` });
    expect(json.changes).toMatchObject([{ settings: [{ reason: 'same-second' }] }]);
  }
});

test.each(QUERIES)('of the events the card counts those that %j finds', async (q) => {
  const whole = (await ask(INS)).json;
  const list = await worker.call(
    `/v1/events?${new URLSearchParams({ q: `resource:${INS} ${q}`, limit: '100' })}`,
  );
  const found: EventSummary[] = list.json.events;
  const reply = await ask(INS, { q });
  const { json } = reply;
  expect(reply.status, reply.text).toBe(200);
  expect(json).toMatchObject({
    kind: 'resource',
    resource: whole.resource,
    purchaser: whole.purchaser,
    events: found.length,
    first: found.at(-1)?.time ?? null,
    last: found[0]?.time ?? null,
    sensitive: found.filter(({ is }) => is.includes('sensitive')).length,
    lastProblem: found.find(({ outcome }) => outcome !== 'ok') ?? null,
    lastChange: found.find(({ event, outcome }) => event.startsWith('Modify') && outcome === 'ok') ?? null,
    next: null,
  });
  const counts = json.operators.map((each: { count: number }) => each.count);
  expect(counts.reduce((sum: number, count: number) => sum + count, 0)).toBe(found.length);
  expect(tripsOf(reply)).toBeLessThanOrEqual(3);
});

test('where the query finds nothing of a resource, the answer says what was searched and what to ask instead', async () => {
  const asked = { q: 'outcome:denied from:10m', tz: 'America/New_York' };
  const card = await ask(INS, asked);
  expect(card.status, card.text).toBe(200);
  expect(card.json).toMatchObject({
    resource: { id: INS, name: 'f' },
    purchaser: { status: 'exact', operator: { id: A } },
    lastChange: null,
    lastProblem: null,
    sensitive: 0,
    events: 0,
    first: null,
    last: null,
    operators: [],
  });
  const changes = await ask(`${INS}/changes`, asked);
  expect(changes.json).toMatchObject({ resource: { id: INS }, changes: [], next: null });
  for (const { json } of [card, changes]) {
    expect(json.searched).toMatchObject({ q: asked.q, to: null, tz: asked.tz });
    expect(json.widen[0]).toEqual({ term: 'from:10m', instead: 'from:1d', q: 'outcome:denied from:1d' });
    expect(json.coverage.sources).not.toEqual([]);
  }
  // It is at home in another account than the query asks about.
  expect((await ask(INS, { q: 'account:1250000009' })).json).toMatchObject({ events: 0 });
});

test.each(['', '/changes'])('%j: what nothing names is not found, whatever is asked of it', async (rest) => {
  expect((await ask(`ins-00000000${rest}`, { q: 'outcome:ok' })).status).toBe(404);
  const wrong = await ask(`${INS}${rest}`, { q: 'outcome:ok outcom:ok' });
  expect([wrong.status, wrong.json.at, wrong.json.suggestion]).toEqual([400, 11, 'outcome']);
  expect((await ask(`${INS}${rest}`, { tz: 'Nowhere/Land' })).status).toBe(400);
});

test('a date in the query is one of the zone that is asked for', async () => {
  const q = `from:${moment(0).slice(0, 10)}`;
  const from = async (path: string, tz: string) => (await ask(path, { q, tz })).json.searched.from;
  for (const path of [INS, `${INS}/changes`]) {
    const [utc, china] = [await from(path, 'UTC'), await from(path, 'Asia/Shanghai')];
    expect(Date.parse(utc) - Date.parse(china)).toBe(8 * 3_600_000);
  }
});

test('a cursor goes on with its own query and zone only', async () => {
  const asked = { q: 'outcome:ok', tz: 'UTC', limit: '1' };
  const { json } = await ask(`${INS}/changes`, asked);
  const on = (changed: Record<string, string>): Promise<Reply> =>
    ask(`${INS}/changes`, { ...asked, cursor: json.next, ...changed });
  expect((await on({})).status).toBe(200);
  for (const changed of [{ q: '' }, { tz: 'Asia/Shanghai' }, { region: 'ap-guangzhou' }]) {
    const { status, json: problem } = await on(changed);
    expect([status, problem.at]).toEqual([400, 'cursor']);
  }
});

test('changes that are far older than the newest writes are found at once, with what was before', async () => {
  for (const q of [`operator:${B}`, `to:${moment(7_800)} from:${moment(8_200)}`]) {
    const reply = await ask(`${BUSY}/changes`, { q });
    expect(reply.json).not.toHaveProperty('partial');
    expect(reply.json).toMatchObject({ resource: { name: `name-${MANY - 1}` }, next: null });
    expect(namesIn(reply.json.changes)).toEqual([['first', 'by-b']]);
    expect(tripsOf(reply)).toBeLessThanOrEqual(3);
  }
});

test('that there is nothing to find among very many writes is said at once', async () => {
  const { json } = await ask(`${BUSY}/changes`, { q: 'operator:100000000099' });
  expect(json).toMatchObject({ changes: [], next: null, widen: [{ q: '' }] });
});

test('pages of very many writes hold each once, none without what was before, and say where they stopped early', async () => {
  const q = `operator:${A}`;
  const { all, replies } = await pages(`${BUSY}/changes`, { q, limit: '1000' });
  expect(all).toHaveLength(MANY + 2);
  expect(new Set(all.map(({ event }) => event.id)).size).toBe(MANY + 2);
  const names = ['first', 'by-b', ...Array.from({ length: MANY }, (_, i) => `name-${i}`)];
  const expected = names.map((after, i) => [names[i - 1], after]).filter(([, after]) => after !== 'by-b');
  expect(namesIn(all)).toEqual(expected.toReversed());
  const [last, ...early] = replies.toReversed();
  expect(last?.json).not.toHaveProperty('partial');
  for (const { json } of early) {
    const oldest: string = json.changes.at(-1).event.time;
    expect(Date.parse(json.partial.through)).toBe(Date.parse(oldest));
  }
  const full = await ask(`${BUSY}/changes`, { q, limit: '500' });
  expect(full.json).toMatchObject({ changes: { length: 500 }, next: expect.any(String) });
  expect(full.json).not.toHaveProperty('partial');
});

test('pages end where the range does', async () => {
  const { all, replies } = await pages(`${BUSY}/changes`, { q: `from:${moment(4_199)}`, limit: '1000' });
  expect([all.length, replies.length]).toEqual([499, 1]);
});

test('a card that counts very many events goes on with the older ones', async () => {
  const { json } = await ask(BUSY, { q: 'outcome:ok' });
  expect(json).toMatchObject({ events: 1_000, partial: { through: moment(4_700) } });
  // The first is known, though it is not among those that were counted.
  expect(Date.parse(json.first)).toBe(Date.parse(moment(9_000)));
  const older = await ask(BUSY, { q: 'outcome:ok', cursor: json.next });
  expect(older.json).toMatchObject({ resource: json.resource, events: MANY + 2 - 1_000, next: null });
  expect((await ask(BUSY, { q: 'outcome:failed', cursor: json.next })).status).toBe(400);
  const denied = await ask(BUSY, { q: 'outcome:denied' });
  expect(denied.json).toMatchObject({ events: 1, lastProblem: { event: 'StopInstances' }, next: null });
  const early = await ask(BUSY, { q: `to:${moment(7_000)}` });
  expect(early.json).toMatchObject({ events: 3, resource: json.resource, next: null });
  expect(early.json).not.toHaveProperty('partial');
});

test('whoever sees their own only is asked to widen no further than that, and told who sees more', async () => {
  const member = {
    id: 'bo',
    name: 'Bo',
    accounts: ['1250000001'],
    operators: [{ account: '1250000001', id: B }],
  };
  await worker.call('/v1/members', { method: 'POST', json: member });
  const { json: token } = await worker.call('/v1/tokens', { method: 'POST', json: { member: 'bo' } });
  for (const rest of ['', '/changes']) {
    const { json } = await worker.call(`/v1/resources/${INS}${rest}?q=operator:${A}`, { token: token.token });
    expect(json).toMatchObject({ resource: { id: INS }, scope: { hidden: true, role: 'lead' } });
    expect(json.changes ?? json.operators).toEqual([]);
    expect(json.widen).toHaveLength(1);
  }
});
