import { afterAll, beforeAll, expect, test } from 'vitest';
import { readDirectories } from '../../worker/ingest/directory/directory.ts';
import { fold } from '../../worker/ingest/fold.ts';
import { featuresOf, readFeature, type Feature } from '../../worker/store/features.ts';
import { openStore, rows, run, type Store } from '../../worker/store/meter.ts';
import { startCloud } from '../support/cloud/cloud.ts';
import type { Cloud } from '../support/cloud/types.ts';
import { knowKey } from '../support/api-key.ts';
import { startFollowing } from '../support/followed.ts';
import { record } from '../support/record.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const ACCOUNT = '1250000001';
const KEY = { secretId: 'AKIDdirectory', secretKey: 'made-up-secret', account: ACCOUNT };
const HOUR = 3_600_000;

let worker: TestWorker;
let cloud: Cloud;
let store: Store;
/** Moved on by the tests, up to today. */
let now = Date.now() - 10 * 24 * HOUR;

beforeAll(async () => {
  cloud = await startCloud({ keys: [KEY], clock: () => now });
  worker = await startWorker();
  store = openStore(worker.db);
  await knowKey(store, KEY);
});
afterAll(async () => {
  await worker.close();
  await cloud.close();
});

async function readNames(): Promise<void> {
  await readDirectories(
    { store, fetch, clock: () => now },
    {
      SIDETRAIL_LOCAL: '1',
      TENCENT_SECRET_ID: KEY.secretId,
      TENCENT_SECRET_KEY: KEY.secretKey,
      TENCENT_ENDPOINT: cloud.url,
    },
  );
}

function calls(action: string): number {
  return cloud.calls.filter((call) => call.action === action).length;
}

async function feature(): Promise<Feature | undefined> {
  const [read] = await run(store, [featuresOf(store)]);
  return rows(read, readFeature).find(({ name }) => name === 'directory');
}

/** Stores an event of the operator under a name, at the time that it is now. */
async function act(id: string, userName: string): Promise<void> {
  await worker.send([
    record({
      requestID: crypto.randomUUID(),
      eventTime: Math.floor(now / 1000),
      userIdentity: { type: 'CAMUser', principalId: id, accountId: ACCOUNT, userName },
    }),
  ]);
  await fold(store);
}

async function found(q: string): Promise<{ id: string; name: string }[]> {
  const { json } = await worker.call(`/v1/events?q=${encodeURIComponent(q)}`);
  return json.events.map(({ operator }: { operator: { id: string; name: string } }) => operator);
}

async function nameOf(id: string): Promise<string> {
  return (await worker.call(`/v1/operators/${id}`)).json.operator.name;
}

test('an operator is called and found as the directory says, and the record keeps its own name', async () => {
  cloud.account(ACCOUNT).users.push({ uin: 100000000011, name: 'Li.Wei' });
  await act('100000000011', 'liwei-old');
  await readNames();
  expect(await nameOf('100000000011')).toBe('Li.Wei');
  expect(await found('operator:li.wei')).toEqual([{ type: 'user', id: '100000000011', name: 'liwei-old' }]);
  // A name of today in a record is older news than the directory of tomorrow.
  now += 25 * HOUR;
  await act('100000000011', 'liwei-old');
  expect(await nameOf('100000000011')).toBe('Li.Wei');
});

test('roles have names too, and who never acted is known, without a time', async () => {
  const { users, roles } = cloud.account(ACCOUNT);
  users.push({ uin: 100000000012, name: 'quiet' });
  roles.push({ id: '4611686018427900012', name: 'deploy-role' });
  await readNames();
  const { json } = await worker.call('/v1/operators/4611686018427900012');
  expect(json.operator).toMatchObject({ type: 'role', name: 'deploy-role', count: 0, first: null });
  expect(json.operator.ever).toBeUndefined();
  expect(await nameOf('100000000012')).toBe('quiet');
  expect((await worker.call('/v1/events?q=operator:quiet')).json.events).toEqual([]);
  expect((await worker.call('/v1/operators')).json.operators).toHaveLength(1);
  await act('100000000012', 'quiet');
  const { operator } = (await worker.call('/v1/operators/100000000012')).json;
  expect(operator.ever.first).toBe(operator.ever.last);
});

test('it is read once a day', async () => {
  const before = calls('cam:ListUsers');
  now += 12 * HOUR;
  await readNames();
  expect(calls('cam:ListUsers')).toBe(before);
  now += 13 * HOUR;
  await readNames();
  expect(calls('cam:ListUsers')).toBe(before + 1);
});

test('who is renamed is found by the new name only, who is deleted keeps the last', async () => {
  const account = cloud.account(ACCOUNT);
  account.users.splice(0, account.users.length, { uin: 100000000011, name: 'li.wei-2' });
  now += 25 * HOUR;
  await readNames();
  expect(await found('operator:li.wei-2')).not.toEqual([]);
  expect(await found('operator:Li.Wei')).toEqual([]);
  expect(await nameOf('100000000012')).toBe('quiet');
});

test('once the directory is no longer read, names in events count again', async () => {
  now += 72 * HOUR;
  await act('100000000011', 'li.wei-3');
  expect(await nameOf('100000000011')).toBe('li.wei-3');
});

test('a missing permission is said, what may be read is read, and it is tried again the same day', async () => {
  cloud.keys.set(KEY.secretId, { ...KEY, permissions: ['cam:ListUsers'] });
  cloud.account(ACCOUNT).users.push({ uin: 100000000013, name: 'new-one' });
  await readNames();
  expect(await nameOf('100000000013')).toBe('new-one');
  expect((await feature())?.problem).toMatchObject({
    kind: 'permission',
    advice: expect.stringContaining('cam:DescribeRoleList'),
  });
  cloud.keys.set(KEY.secretId, KEY);
  now += 5 * HOUR;
  await readNames();
  expect((await feature())?.problem).toBeUndefined();
});

test('with its key what it could not read is gone, so that it troubles nobody any more', async () => {
  expect(await feature()).toBeDefined();
  await readDirectories({ store, fetch, clock: () => now }, { SIDETRAIL_LOCAL: '1' });
  expect(await feature()).toBeUndefined();
});

test('the tick reads names and prices with the key that polls', async () => {
  const following = await startFollowing();
  following.cloud.account('1250000001').users.push({ uin: 100000000021, name: 'by-the-tick' });
  await following.minutes(2);
  const { json } = await following.worker.call('/v1/operators/100000000021');
  expect(json.operator.name).toBe('by-the-tick');
  const { sources } = (await following.worker.call('/v1/sources')).json;
  expect(sources[0].features).toEqual([
    { name: 'directory', state: 'ok' },
    { name: 'prices', state: 'ok' },
  ]);
  await following.close();
});
