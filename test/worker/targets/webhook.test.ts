import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { parseJson } from '../../../shared/event/json.ts';
import { unwrap } from '../../../shared/event/forms/unwrap.ts';
import { sendToWebhook } from '../../../worker/tracks/targets/webhook.ts';
import { itemOf, parcelOf, someParcel, toolsFor } from '../../support/parcel.ts';
import { record, records } from '../../support/record.ts';
import { startTarget, type Behaviour, type HttpTarget, type Received } from '../../support/target.ts';

const KEY = Buffer.alloc(32, 5);
const SECRET = `whsec_${KEY.toString('base64')}`;
const NOW = Date.UTC(2026, 10, 22, 8);

let receiver: HttpTarget;

beforeAll(async () => {
  receiver = await startTarget();
});

afterEach(() => {
  receiver.received.length = 0;
  receiver.next.length = 0;
  vi.restoreAllMocks();
});

afterAll(async () => {
  await receiver?.close();
});

const target = (path = '/audit') =>
  ({ type: 'webhook', url: `${receiver.url}${path}`, secret: SECRET }) as const;
const tools = () => toolsFor([receiver.host], { now: NOW });
const send = (parcel = someParcel()) => sendToWebhook(target(), parcel, tools());

/** The signature, checked as a receiver does that follows Standard Webhooks. */
function isSigned({ headers, body }: Received): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signature } = headers;
  const mac = createHmac('sha256', KEY).update(`${id}.${time}.${body}`).digest('base64');
  return signature === `v1,${mac}`;
}

test('a parcel is one signed batch of CloudEvents, which every attempt sends the same', async () => {
  const parcel = someParcel();
  expect(await send(parcel)).toEqual({ ok: true });
  expect(await sendToWebhook(target(), parcel, toolsFor([receiver.host], { now: NOW + 60_000 }))).toEqual({
    ok: true,
  });
  const [first, again] = receiver.received;
  expect(first).toMatchObject({
    method: 'POST',
    url: '/audit',
    headers: {
      'content-type': 'application/cloudevents-batch+json; charset=utf-8',
      'idempotency-key': parcel.id,
      'webhook-id': parcel.id,
      'webhook-timestamp': String(NOW / 1000),
    },
  });
  expect(receiver.received.every(isSigned)).toBe(true);
  expect(again?.body).toBe(first?.body);
  expect(again?.headers['idempotency-key']).toBe(parcel.id);
  expect(again?.headers['webhook-signature']).not.toBe(first?.headers['webhook-signature']);
});

test('its events are what our own door reads as the same events', async () => {
  const parcel = parcelOf([
    itemOf(record({ userIdentity: { accountId: '1250000001', principalId: '4611686018427999999' } })),
    itemOf(record({ resourceName: '' })),
  ]);
  await send(parcel);
  const read = parseJson(receiver.received[0]?.body ?? '');
  const events = read.ok ? unwrap(read.value) : [];
  expect(events).toMatchObject(
    parcel.events.map(({ id, summary }) => ({
      specversion: '1.0',
      id,
      source: '/accounts/1250000001/cloudaudit',
      type: 'cvm:CloudEvent:RunInstances',
      time: summary.time,
      track: 'payments',
    })),
  );
  expect(events.map((event) => itemOf(event).id)).toEqual(parcel.events.map(({ id }) => id));
  expect(events[1]).not.toHaveProperty('subject');
});

test('long numbers of a record keep their digits', async () => {
  const text = '{"appId":18446744073709551615}';
  const [item] = someParcel(1).events;
  if (!item) throw new Error('an event');
  await send(parcelOf([{ ...item, record: text }]));
  expect(receiver.received[0]?.body).toContain(`"data":${text}}]`);
});

test('many events go in several requests, each with an id of its own, the same at each attempt', async () => {
  const parcel = parcelOf(records(1000, () => ({ userAgent: '主'.repeat(600) })).map((one) => itemOf(one)));
  await send(parcel);
  const { length } = receiver.received;
  await send(parcel);
  const keys = receiver.received.map(({ headers }) => headers['idempotency-key']);
  expect(keys.slice(0, 3)).toEqual(['d41', 'd41.2', 'd41.3']);
  expect(keys.slice(length)).toEqual(keys.slice(0, length));
  expect(
    receiver.received.every((request) => isSigned(request) && Buffer.byteLength(request.body) < 1_000_000),
  ).toBe(true);
  const ids = receiver.received
    .slice(0, length)
    .flatMap(({ body }) => JSON.parse(body))
    .map(({ id }) => id);
  expect(ids).toEqual(parcel.events.map(({ id }) => id));
});

const answers: [Behaviour, object][] = [
  [
    { does: 'answer', status: 400, body: 'no such field' },
    { kind: 'refused', status: 400, text: 'no such field' },
  ],
  [
    { does: 'answer', status: 401 },
    { kind: 'forbidden', status: 401 },
  ],
  [
    { does: 'answer', status: 403 },
    { kind: 'forbidden', status: 403 },
  ],
  [
    { does: 'answer', status: 404 },
    { kind: 'gone', status: 404 },
  ],
  [
    { does: 'answer', status: 410 },
    { kind: 'gone', status: 410 },
  ],
  [
    { does: 'answer', status: 413 },
    { kind: 'refused', status: 413 },
  ],
  [
    { does: 'answer', status: 429 },
    { kind: 'busy', status: 429 },
  ],
  [
    { does: 'answer', status: 500 },
    { kind: 'server', status: 500 },
  ],
  [
    { does: 'answer', status: 503 },
    { kind: 'server', status: 503 },
  ],
  [
    { does: 'redirect', to: 'http://127.0.0.1:1/' },
    { kind: 'refused', status: 302 },
  ],
  [
    { does: 'redirect', to: 'http://169.254.169.254/', status: 307 },
    { kind: 'refused', status: 307 },
  ],
  [{ does: 'drop' }, { kind: 'unreachable' }],
];

test.each(answers)('%j is a failure of kind %j, and no second request', async (behaviour, failure) => {
  receiver.next.push(behaviour);
  expect(await send()).toMatchObject({ ok: false, failure });
  expect(receiver.received).toHaveLength(1);
});

test('a redirect to the receiver itself is not followed either', async () => {
  receiver.next.push({ does: 'redirect', to: `${receiver.url}/elsewhere` });
  expect(await send()).toMatchObject({
    failure: { kind: 'refused', text: expect.stringContaining('redirect') },
  });
  expect(receiver.received.map(({ url }) => url)).toEqual(['/audit']);
});

test('who does not answer within 30 s is given up', async () => {
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  const spy = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => timeout(100));
  receiver.next.push({ does: 'hang' });
  expect(await send()).toEqual({
    ok: false,
    failure: { kind: 'unreachable', text: 'no answer within 30 s' },
  });
  expect(spy).toHaveBeenCalledWith(30_000);
});

test('of an answer at most 200 printable characters are kept, without what it repeats of our secrets', async () => {
  const body = `\u0007<b>\u202e${SECRET}\u0000 and key=sesame-opens ${'x'.repeat(5_000_000)}`;
  receiver.next.push({ does: 'answer', status: 400, body });
  const sent = await sendToWebhook(target('/audit?key=sesame-opens'), someParcel(), tools());
  if (sent.ok) throw new Error('it was refused');
  expect(sent.failure.text.length).toBeLessThanOrEqual(200);
  expect(sent.failure.text).not.toMatch(/[\p{C}]/u);
  expect(JSON.stringify(sent)).not.toContain(SECRET.slice(6));
  expect(JSON.stringify(sent)).not.toContain('sesame');
});

test('a success is one whatever comes after it', async () => {
  receiver.next.push({ does: 'answer', status: 202, body: 'y'.repeat(1_000_000) });
  expect(await send()).toEqual({ ok: true });
});

test('an address that points inward, or nowhere, is not called', async () => {
  const inward = await sendToWebhook(target(), someParcel(), toolsFor([]));
  expect(inward).toMatchObject({ ok: false, failure: { kind: 'inward' } });
  const unresolved = await sendToWebhook(
    { ...target(), url: 'https://hooks.acme.io/' },
    someParcel(),
    toolsFor([], { reach: async () => ({ ok: false, kind: 'unresolved', reason: 'no resolver' }) }),
  );
  expect(unresolved).toEqual({ ok: false, failure: { kind: 'unreachable', text: 'no resolver' } });
  const nowhere = await sendToWebhook(
    target(),
    someParcel(),
    toolsFor([], { reach: async () => ({ ok: false, kind: 'nowhere', reason: 'no address' }) }),
  );
  expect(nowhere).toEqual({ ok: false, failure: { kind: 'gone', text: 'no address' } });
  expect(receiver.received).toHaveLength(0);
});
