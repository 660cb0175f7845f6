import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../shared/event/json.ts';
import { record, secondsAgo } from '../support/record.ts';
import { startWorker, type Reply, type TestWorker } from '../support/worker.ts';

const A = '1250000001';
const OTHER = '1250000002';
const PATH = '/v1/eventbridge';
const STRUCTURED = 'application/cloudevents+json';
const BATCH = 'application/cloudevents-batch+json';

let worker: TestWorker;
let token: string;
let wrong: string;

beforeAll(async () => {
  worker = await startWorker({ SIDETRAIL_MAX_BODY: '100000' });
  const make = async (source: string): Promise<string> =>
    (await worker.call('/v1/tokens', { method: 'POST', json: { source, account: A } })).json.token;
  [token, wrong] = [await make('eventbridge'), await make('push')];
});

afterAll(async () => {
  await worker?.close();
});

const TIME = secondsAgo(90) * 1000 + 417;

function envelope(requestID: string, changes: JsonObject = {}): JsonObject {
  return {
    specversion: '1.0',
    id: `e-${requestID}`,
    source: 'cvm.cloud.tencent',
    type: 'cvm:CloudEvent:ApiCall',
    subject: 'ins-0a1b2c3d',
    time: TIME,
    region: 'ap-guangzhou',
    datacontenttype: 'application/json;charset=utf-8',
    data: record({ requestID, eventTime: TIME / 1000 - 0.417 }),
    ...changes,
  };
}

function deliver(body: unknown, type = STRUCTURED, headers: Record<string, string> = {}): Promise<Reply> {
  const carried = Object.keys(headers).length > 0;
  return worker.call(PATH, {
    method: 'POST',
    token: carried ? null : token,
    headers: { 'content-type': type, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

async function found(request: string): Promise<Reply['json'][]> {
  return (await worker.call(`/v1/events?q=request:${request}`)).json.events;
}

test('one envelope is an event of source eventbridge, with the milliseconds of the envelope', async () => {
  const reply = await deliver(envelope('one'));
  expect([reply.status, reply.json]).toEqual([
    200,
    { accepted: 1, duplicate: 0, refused: [], refusedTotal: 0 },
  ]);
  const [event] = await found('one');
  expect(event).toMatchObject({ account: A, time: new Date(TIME).toISOString(), action: 'write' });
  expect(event.sources.map(({ source }: { source: string }) => source)).toEqual(['eventbridge']);
});

test.each([
  ['a batch', BATCH],
  ['a batch that calls itself JSON', 'application/json; charset=utf-8'],
])('%s is as many events', async (name, type) => {
  const ids = [1, 2, 3].map((i) => `${name.length}-${i}`);
  const reply = await deliver(
    ids.map((id) => envelope(id)),
    type,
  );
  expect(reply.json.accepted).toBe(3);
  for (const id of ids) expect(await found(id)).toHaveLength(1);
});

test('data may be JSON text', async () => {
  const data = JSON.stringify(record({ requestID: 'as-text' }));
  expect((await deliver(envelope('as-text', { data }))).json.accepted).toBe(1);
  expect(await found('as-text')).toHaveLength(1);
});

test('a replay changes nothing, however late it comes', async () => {
  const old = envelope('replayed', {
    time: (secondsAgo(3 * 86_400) + 1) * 1000,
    data: record({ requestID: 'replayed', eventTime: secondsAgo(3 * 86_400) }),
  });
  expect((await deliver(old)).json.accepted).toBe(1);
  const before = await found('replayed');
  const { cursor } = (await worker.call('/v1/me')).json;
  for (let i = 0; i < 3; i += 1) {
    expect((await deliver(old)).json).toEqual({ accepted: 0, duplicate: 1, refused: [], refusedTotal: 0 });
  }
  expect(await found('replayed')).toEqual(before);
  const changes = await worker.call(`/v1/changes?after=${cursor}`);
  expect(changes.json.changes).toEqual([]);
});

test.each([
  ['a bearer token', () => ({ authorization: `Bearer ${token}` })],
  ['a header of its own', () => ({ 'x-sidetrail-token': token })],
  ['the password of a URL', () => ({ authorization: `Basic ${btoa(`eventbridge:${token}`)}` })],
])('the secret may come as %s', async (_name, headers) => {
  expect((await deliver(envelope('carried'), STRUCTURED, headers())).status).toBe(200);
});

test.each([
  ['none', () => ({ 'x-nothing': '' }), 401],
  ['one that is not known', () => ({ 'x-sidetrail-token': 'st_0123456789abcdef0123' }), 401],
  ['one too short', () => ({ 'x-sidetrail-token': 'short' }), 401],
  ['Basic that is no Base64', () => ({ authorization: 'Basic _' }), 401],
  ['Basic without a password', () => ({ authorization: `Basic ${btoa(token)}` }), 401],
  ['one of another source', () => ({ 'x-sidetrail-token': wrong }), 403],
])('of tokens, %s is refused', async (_name, headers, status) => {
  expect((await deliver(envelope('refused'), STRUCTURED, headers())).status).toBe(status);
  expect(await found('refused')).toEqual([]);
});

test('a token in the address is none: addresses stand in logs', async () => {
  const init = { method: 'POST', token: null, headers: { 'content-type': STRUCTURED }, body: '{}' };
  expect((await worker.call(`${PATH}?token=${token}`, init)).status).toBe(401);
});

test('the other ways to carry a token open no other route', async () => {
  const headers = { 'x-sidetrail-token': token, 'content-type': 'application/json' };
  const body = JSON.stringify(record());
  expect((await worker.call('/v1/events', { method: 'POST', token: null, headers, body })).status).toBe(401);
});

test('what could be read is answered with 200, so that a bus does not send it again', async () => {
  const alarm = envelope('an-alarm', { type: 'cvm:ErrorEvent:GuestReboot', data: { instance: 'ins-1' } });
  const foreign = envelope('foreign', {
    data: record({ requestID: 'foreign', userIdentity: { accountId: OTHER, principalId: OTHER } }),
  });
  const reply = await deliver([envelope('among-them'), alarm, foreign], BATCH);
  expect([reply.status, reply.json.accepted, reply.json.refusedTotal]).toEqual([200, 1, 2]);
  expect(reply.json.refused.map(({ at }: { at: number }) => at)).toEqual([2, 3]);
  expect(await found('foreign')).toEqual([]);
});

test.each([
  ['no JSON', 'soon', STRUCTURED, 400],
  ['nothing', '', STRUCTURED, 400],
  ['text', '{}', 'text/plain', 415],
  ['too much', 'x'.repeat(200_000), STRUCTURED, 413],
])('%s is answered with what says that sending it again is no use', async (_name, body, type, status) => {
  expect((await deliver(body, type)).status).toBe(status);
});
