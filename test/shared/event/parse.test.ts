import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EventSummary, Json, ParsedEvent, Source } from '../../../shared/event/event.ts';
import { details } from '../../../shared/event/details.ts';
import { unwrap } from '../../../shared/event/forms/unwrap.ts';
import { parseJson, type JsonObject } from '../../../shared/event/json.ts';
import { parseRecord } from '../../../shared/event/parse.ts';
import { FORMS, forms } from '../../support/samples/forms.ts';
import { ACCOUNT, record, user } from '../../support/samples/sample.ts';
import { SAMPLES } from '../../support/samples/samples.ts';

const RECEIVED = '2025-02-19T16:10:00Z';

function parse(value: Json, source: Source = 'api', account?: string): ParsedEvent {
  const parsed = parseRecord(value, {
    source,
    received: RECEIVED,
    ...(account !== undefined && { account }),
  });
  if (!parsed.ok) throw new Error(parsed.refusal.reason);
  return parsed.event;
}

function refusal(value: Json, account?: string): { reason: string; record: string } {
  const parsed = parseRecord(value, { source: 'push', received: RECEIVED, ...(account && { account }) });
  if (parsed.ok) throw new Error('it was taken');
  return parsed.refusal;
}

function summary(changes: JsonObject): EventSummary {
  return parse(record(changes)).summary;
}

/** What an event says in every form. */
function common({ summary: event }: ParsedEvent): object {
  return {
    account: event.account,
    second: event.time.slice(0, 19),
    requestId: event.requestId,
    operator: event.operator,
    person: event.person,
    event: event.event,
    product: event.product,
    action: event.action,
    region: event.region,
    ip: event.ip,
    outcome: event.outcome,
    error: event.error,
    is: event.is,
    tags: event.tags,
  };
}

test.each(SAMPLES)('$name', (sample) => {
  const event = parse(forms(sample)['api item']);
  expect(event.summary).toMatchObject(sample.expected);
  expect(event.summary.person).toEqual(sample.expected.person);
});

describe.each(FORMS)('as %s', (form) => {
  test.each(SAMPLES)('$name: who, what, when, where and how are the same', (sample) => {
    const rendered = forms(sample);
    expect(common(parse(rendered[form]))).toEqual(common(parse(rendered['api item'])));
  });
});

test.each(FORMS)('as %s no sample leaks a secret', (form) => {
  const events = SAMPLES.map((sample) => JSON.stringify(parse(forms(sample)[form])));
  expect(events.filter((event) => event.includes('hunter2'))).toEqual([]);
});

test('an event says where and when it came in, and has no number yet', () => {
  const event = parse(record({}), 'files').summary;
  expect(event.sources).toEqual([{ source: 'files', received: RECEIVED }]);
  expect(event.seq).toBe(0);
});

test('an envelope of EventBridge gives the milliseconds, and its kind of call where the record has none', () => {
  const data = record({ eventType: '' });
  const type = 'cvm:CloudEvent:MiniProgramCall';
  const event = parse({ specversion: '1.0', type, time: 1739981156417, data: JSON.stringify(data) }).summary;
  expect(event.time).toBe('2025-02-19T16:05:56.417Z');
  expect(event.via).toBe('miniprogram');
});

test('an envelope whose time is of another second does not move the event', () => {
  const event = parse({ specversion: '1.0', time: 1739981199000, data: record({}) }).summary;
  expect(event.time).toBe('2025-02-19T16:05:56Z');
});

test('where the inner record does not parse, the flat fields of an item stand alone', () => {
  const event = parse({
    EventId: 'ev-1',
    Username: 'root',
    EventTime: '2019-03-20 12:36:27',
    CloudAuditEvent: '{"userIdentity":"{"token":"x"}"}',
    ErrorCode: 4104,
    EventName: 'LookupEvents',
    EventNameCn: '查询',
    RequestID: 'req-1',
    EventRegion: 'gz',
    AccountID: 100004811620,
    SourceIPAddress: '203.0.113.9',
    Resources: { ResourceType: 'cloudaudit', ResourceName: 'instance/ins-8kq2m1zd' },
    ResourceRegion: 'bj',
    Location: '未知',
  }).summary;
  expect(event).toMatchObject({
    account: ACCOUNT,
    requestId: 'req-1',
    eventId: 'ev-1',
    title: { zh: '查询' },
    time: '2019-03-20T04:36:27Z',
    operator: { type: 'root', id: ACCOUNT, name: 'root' },
    product: 'cloudaudit',
    region: 'ap-guangzhou',
    outcome: 'denied',
    ip: '203.0.113.9',
    resources: [{ type: 'instance', id: 'ins-8kq2m1zd', region: 'ap-beijing' }],
  });
  expect(event).not.toHaveProperty('place');
});

test.each<[string, Json, string]>([
  ['a text', 'no record', 'not a JSON object'],
  ['a list', [record({})], 'not a JSON object'],
  ['nothing', null, 'not a JSON object'],
  ['a record without event name', record({ eventName: ' ' }), 'eventName is missing'],
  ['a record without time', record({ eventTime: '' }), 'eventTime is missing or cannot be read'],
  ['a record before CloudAudit', record({ eventTime: 86_400 }), 'eventTime is missing or cannot be read'],
  ['a record without account', record({ userIdentity: user({ accountId: '' }) }), 'the account is missing'],
  [
    'a record with a worded account',
    record({ userIdentity: user({ accountId: 'acme' }) }),
    'the account is not a number',
  ],
])('%s is refused with its reason', (_name, value, reason) => {
  expect(refusal(value).reason).toBe(reason);
});

test('the account of the source stands in for a record that names none', () => {
  expect(parse(record({ userIdentity: '{broken' }), 'push', '100000000042').summary).toMatchObject({
    account: '100000000042',
    operator: { type: 'user', id: '', name: '' },
  });
  expect(refusal(record({ userIdentity: '' }), 'acme').reason).toBe('the account is not a number');
});

test('what is refused is kept redacted and bounded', () => {
  const kept = refusal({
    requestParameters: { Password: 'hunter2-hunter2' },
    filler: '界'.repeat(9000),
  }).record;
  expect(kept).toHaveLength(4096);
  expect(kept).not.toContain('hunter2');
  expect(kept).toContain('«redacted:');
});

test('no secret reaches the event, and ids past 2^53 keep their digits', () => {
  const sessionContext = '{"token":"s3cr3t-token-value","uin":4611686018429146108}';
  const principalId = 4611686018429146108n.toString();
  const parsed = parseJson(
    JSON.stringify(record({ userIdentity: user({ sessionContext }) })).replace('"100012345678"', principalId),
  );
  if (!parsed.ok) throw new Error(parsed.reason);
  const event = parse(parsed.value);
  expect(JSON.stringify(event)).not.toContain('s3cr3t');
  expect(event.summary.operator.id).toBe(principalId);
  expect(event.record).toContain(`"principalId":${principalId}`);
});

test('fields are bounded, normalised and free of control characters', () => {
  const event = summary({
    eventName: 'Run\u0000Instances',
    userIdentity: user({ userName: 'e\u0301'.repeat(4) }),
    userAgent: 'x'.repeat(5000),
    apiErrorCode: 'InternalError',
    apiErrorMessage: 'm'.repeat(5000),
    tags: Array.from({ length: 100 }, (_, at) => `{"key":"k${at}","value":"v"}`),
    requestParameters: { InstanceIds: Array.from({ length: 300 }, (_, at) => `ins-${at + 10_000_000}`) },
  });
  expect(event.event).toBe('Run\uFFFDInstances');
  expect(event.operator.name).toBe('é'.repeat(4));
  expect(event.agent).toHaveLength(512);
  expect(event.error?.message).toHaveLength(2048);
  expect(event.tags).toHaveLength(64);
  expect(event.resources).toHaveLength(200);
});

test.each<[Json, string]>([
  [1, 'sensitive'],
  ['1', 'sensitive'],
  [0, ''],
  ['', ''],
])('the sensitive flag %j marks %j', (sensitiveAction, mark) => {
  const { is, sensitive } = summary({ sensitiveAction });
  expect(is.join()).toBe(mark);
  expect(sensitive).toEqual(mark ? ['record'] : undefined);
});

test('details give parameters where they parse, text where they do not, null where there are none', () => {
  const given = record({ requestParameters: '{"A":"{\\"B\\":1}"}', responseElements: '{"cut":"o' });
  expect(details(given)).toEqual({ request: { A: '{"B":1}' }, response: '{"cut":"o' });
  expect(details({ CloudAuditEvent: JSON.stringify(given) }).request).toEqual({ A: '{"B":1}' });
  expect(details({ requestElements: { ok: 1 } })).toEqual({ request: null, response: { ok: 1 } });
  expect(details('cut off')).toEqual({ request: null, response: null });
});

test.each<[string, Json, Json[]]>([
  ['an API answer', { Response: { Events: [{ EventName: 'A' }], ListOver: true } }, [{ EventName: 'A' }]],
  ['an API answer that says null', { Response: { Events: null, ListOver: true } }, []],
  ['the inside of an API answer', { Events: [1, 2] }, [1, 2]],
  ['a list', [{ a: 1 }, { b: 2 }], [{ a: 1 }, { b: 2 }]],
  ['one record', { eventName: 'A' }, [{ eventName: 'A' }]],
  ['a failed API answer', { Response: { Error: {} } }, [{ Response: { Error: {} } }]],
  ['a text', 'x', ['x']],
])('%s is unwrapped', (_name, value, records) => {
  expect(unwrap(value)).toEqual(records);
});

const anyJson = fc.jsonValue().map((value): Json => parsedOrNull(JSON.stringify(value)));
const anyRecord = fc
  .dictionary(
    fc.constantFrom(...Object.keys(record({})), 'CloudAuditEvent', 'a.b.c', 'data', 'specversion'),
    anyJson,
  )
  .map((fields): Json => record(fields));

function parsedOrNull(json: string): Json {
  const parsed = parseJson(json);
  return parsed.ok ? parsed.value : null;
}

test('whatever JSON comes, it is taken or refused with a reason, never thrown', () => {
  fc.assert(
    fc.property(fc.oneof(anyJson, anyRecord), (value) => {
      const parsed = parseRecord(value, { source: 'push', received: RECEIVED, account: ACCOUNT });
      expect(parsed.ok ? parsed.event.summary.id : parsed.refusal.reason).not.toBe('');
    }),
    { numRuns: 500 },
  );
});

test('a log with thousands of dotted keys is read in one pass over them', () => {
  const log = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`userIdentity.k${i}`, `${i}`]));
  const parsed = parseRecord(
    { ...log, 'userIdentity.accountId': '1250000001', eventName: 'X', eventTime: 1_739_981_156 },
    { source: 'push', received: '' },
  );
  expect(parsed.ok).toBe(true);
});
