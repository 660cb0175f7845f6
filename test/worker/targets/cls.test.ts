import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { sendToCls } from '../../../worker/tracks/targets/cls.ts';
import { startCloud } from '../../support/cloud/cloud.ts';
import type { Cloud } from '../../support/cloud/types.ts';
import { itemOf, parcelOf, someParcel, toolsFor } from '../../support/parcel.ts';
import { record, records } from '../../support/record.ts';
import { startTarget } from '../../support/target.ts';

const TOPIC = '6b0f1f0e-0000-4000-8000-0000000000c1';
const credential = { secretId: 'AKIDMadeUpForTheTests0000001', secretKey: 'MadeUpSecretKeyOfTheTests00001' };

let cloud: Cloud;

beforeAll(async () => {
  cloud = await startCloud({
    keys: [
      { ...credential, account: '1250000001' },
      { secretId: 'AKIDreader', secretKey: 'MadeUp', account: '1250000001', permissions: ['cls:Search*'] },
    ],
    topics: [{ id: TOPIC, region: 'ap-guangzhou', account: '1250000001' }],
    perSecond: 1000,
  });
});

let seen = 0;
afterEach(() => {
  seen = cloud.logs(TOPIC)?.length ?? 0;
  cloud.calls.length = 0;
  vi.restoreAllMocks();
});

afterAll(async () => {
  await cloud?.close();
});

const target = (changes: object = {}) => ({
  type: 'cls' as const,
  topicId: TOPIC,
  region: 'ap-guangzhou',
  endpoint: cloud.url,
  credential,
  ...changes,
});
const tools = () => toolsFor([new URL(cloud.url).host]);
const arrived = () => cloud.logs(TOPIC)?.slice(seen) ?? [];

test('each event is a log at its own time, with the record’s fields and the ids that a repeat is recognised by', async () => {
  const parcel = someParcel();
  expect(await sendToCls(target(), parcel, tools())).toEqual({ ok: true });
  expect(arrived().map(({ time }) => time)).toEqual(parcel.events.map(({ time }) => time));
  expect(arrived()[0]?.contents).toMatchObject({
    sidetrail_id: parcel.events[0]?.id,
    sidetrail_batch: parcel.id,
    sidetrail_track: 'payments',
    sidetrail_operator: '100000000011',
    sidetrail_event: 'RunInstances',
    sidetrail_terms: expect.stringContaining('product_cvm'),
    eventName: 'RunInstances',
    userIdentity: expect.stringContaining('"principalId":"100000000011"'),
  });
});

test('a parcel that is sent again brings the same ids', async () => {
  const parcel = someParcel();
  await sendToCls(target(), parcel, tools());
  await sendToCls(target(), parcel, tools());
  const ids = arrived().map(({ contents }) => `${contents['sidetrail_batch']} ${contents['sidetrail_id']}`);
  expect(new Set(ids).size).toBe(parcel.count);
  expect(ids).toHaveLength(parcel.count * 2);
});

test('more logs than CLS takes at once go in several requests, in order', async () => {
  const one = itemOf({ eventName: 'A', eventTime: 1763798400, userIdentity: { accountId: '1250000001' } });
  const items = Array.from({ length: 10_500 }, (_, i) => ({ ...one, id: `e${i}`, record: '{}' }));
  expect(await sendToCls(target(), parcelOf(items), tools())).toEqual({ ok: true });
  expect(cloud.calls.map(({ items: count }) => count)).toEqual([10_000, 500]);
  expect(arrived().map(({ contents }) => contents['sidetrail_id'])).toEqual(items.map(({ id }) => id));
});

test('more bytes than CLS takes at once go in several requests', async () => {
  const items = records(10, () => ({ responseElements: '主'.repeat(300_000) })).map((each) => itemOf(each));
  expect(await sendToCls(target(), parcelOf(items), tools())).toEqual({ ok: true });
  expect(cloud.calls).toHaveLength(2);
  expect(arrived()).toHaveLength(10);
});

test('a value over a megabyte is in parts, and of a record over what one log takes the rest is named', async () => {
  const long = itemOf(record({ responseElements: 'x'.repeat(1_500_000) }));
  const endless = itemOf(record({ a: 'x'.repeat(3_000_000), b: 'y'.repeat(3_000_000), c: 'z' }));
  expect(await sendToCls(target(), parcelOf([long, endless]), tools())).toEqual({ ok: true });
  const [inParts, cut] = arrived();
  const { responseElements = '', responseElements_2 = '' } = inParts?.contents ?? {};
  expect(responseElements + responseElements_2).toBe('x'.repeat(1_500_000));
  expect(cut?.contents['sidetrail_left_out']).toContain('b');
  expect(cut?.contents['eventName']).toBe('RunInstances');
});

test('a record cannot take the place of our fields, nor bring one that CLS keeps for itself', async () => {
  const item = itemOf(
    record({ sidetrail_id: 'forged', sidetrail_track: 'forged', __TIMESTAMP__: '0', _x: '1' }),
  );
  expect(await sendToCls(target(), parcelOf([item]), tools())).toEqual({ ok: true });
  expect(arrived()[0]?.contents).toMatchObject({
    sidetrail_id: item.id,
    sidetrail_track: 'payments',
    recordsidetrail_id: 'forged',
    record__TIMESTAMP__: '0',
    record_x: '1',
  });
});

test.each([
  ['a wrong secret', { credential: { ...credential, secretKey: 'another' } }, 'forbidden'],
  ['a key that was revoked', { credential: { secretId: 'AKIDgone', secretKey: 'MadeUp' } }, 'forbidden'],
  ['a key that may not write', { credential: { secretId: 'AKIDreader', secretKey: 'MadeUp' } }, 'forbidden'],
  ['a topic that is not there', { topicId: 'gone' }, 'gone'],
])('%s is told by its kind', async (_, changes, kind) => {
  const sent = await sendToCls(target(changes), someParcel(), tools());
  expect(sent).toMatchObject({ ok: false, failure: { kind, code: expect.stringMatching(/^\w+$/) } });
  expect(JSON.stringify(sent)).not.toMatch(/MadeUpSecretKey|AKIDMadeUp/);
  expect(arrived()).toEqual([]);
});

test.each([
  ['limit', 'busy'],
  ['server', 'server'],
  ['dropped', 'unreachable'],
] as const)('a cloud that is struck by %s is %s', async (fault, kind) => {
  cloud.faults.next.push(fault);
  expect(await sendToCls(target(), someParcel(), tools())).toMatchObject({ ok: false, failure: { kind } });
});

test('a redirect is not followed, silence is given up, and an endpoint inside is not called', async () => {
  const liar = await startTarget();
  const to = target({ endpoint: liar.url });
  liar.next.push({ does: 'redirect', to: `${liar.url}/inside`, status: 307 });
  expect(await sendToCls(to, someParcel(), toolsFor([liar.host]))).toMatchObject({
    failure: { kind: 'refused' },
  });
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => timeout(100));
  liar.next.push({ does: 'hang' });
  expect(await sendToCls(to, someParcel(), toolsFor([liar.host]))).toMatchObject({
    failure: { kind: 'unreachable' },
  });
  expect(await sendToCls(to, someParcel(), toolsFor([]))).toMatchObject({ failure: { kind: 'inward' } });
  expect(liar.received).toHaveLength(2);
  await liar.close();
});
