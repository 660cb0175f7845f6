import { afterEach, expect, test } from 'vitest';
import { by } from '../support/record.ts';
import {
  KEY,
  MINUTE,
  backfilled,
  gapRows,
  problemOf,
  recordAt,
  requestOf,
  startFollowing,
  storedEvents,
  storedRequests,
  variablesOf,
  type Following,
} from '../support/followed.ts';

let following: Following;

afterEach(async () => {
  await following?.close();
});

test('a wrong key, a missing permission and a wrong clock are told apart, with what to do', async () => {
  following = await startFollowing();
  const { worker, cloud } = following;
  await following.minutes(1);
  await backfilled(following);
  cloud.add(recordAt(following.now(), 1), { indexedAt: following.now() + MINUTE });

  cloud.keys.set(KEY.secretId, { ...KEY, permissions: ['sts:*'] });
  await following.minutes(1);
  const denied = await problemOf(worker);
  expect(denied?.kind).toBe('permission');
  expect(denied?.advice).toContain('cloudaudit:DescribeEvents');
  // It does not get better by itself: not asked for every minute.
  const calls = cloud.calls.length;
  await following.minutes(3);
  expect(cloud.calls).toHaveLength(calls);

  cloud.keys.set(KEY.secretId, { ...KEY, secretKey: 'anotherSecretKey0000000000000001' });
  await following.minutes(6, 6);
  expect(await problemOf(worker)).toMatchObject({
    kind: 'key',
    advice: expect.stringContaining('TENCENT_SECRET'),
  });

  cloud.keys.set(KEY.secretId, KEY);
  cloud.faults.skewMs = 10 * MINUTE;
  await following.minutes(6, 6);
  expect(await problemOf(worker)).toMatchObject({ kind: 'clock', advice: expect.stringContaining('clock') });

  cloud.faults.skewMs = 0;
  await following.minutes(6, 6);
  expect(await problemOf(worker)).toBeNull();
  expect(await storedRequests(worker)).toEqual([requestOf(1)]);
});

test('a key that was never right is a problem of its own, without its secret', async () => {
  following = await startFollowing({
    vars: (url) => ({
      TENCENT_SECRET_ID: KEY.secretId,
      TENCENT_SECRET_KEY: 'wrongSecretKey-canary-0000000001',
      TENCENT_ENDPOINT: url,
    }),
  });
  await following.minutes(1);
  const { results } = await following.worker.db.prepare('SELECT * FROM api_key').all();
  expect(results).toMatchObject([{ account: null, hint: 'AKID…0001' }]);
  expect(JSON.parse(String(results[0]?.['problem']))).toMatchObject({ kind: 'key' });
  expect(JSON.stringify(results)).not.toContain('canary');
  expect((await following.worker.db.prepare('SELECT * FROM source').all()).results).toEqual([]);
});

test('several accounts are followed, one with a temporary key, and those of an organisation are kept apart', async () => {
  const organisation = {
    secretId: 'AKIDtestsOrganisation0000000000002',
    secretKey: 'testsOrganisationSecret000000002',
    token: 'a-session-token-of-the-organisation',
    account: '1250000002',
    members: ['1250000003', '1250000004'],
  };
  following = await startFollowing({
    keys: [KEY, organisation],
    vars: (url) => ({
      TENCENT_SECRET_ID: KEY.secretId,
      TENCENT_SECRET_KEY: KEY.secretKey,
      TENCENT_ENDPOINT: url,
      TENCENT_ACCOUNTS: JSON.stringify([
        {
          secretId: organisation.secretId,
          secretKey: organisation.secretKey,
          token: organisation.token,
          endpoint: url,
        },
      ]),
    }),
  });
  const { worker, cloud } = following;
  const accounts = ['1250000001', '1250000002', '1250000003', '1250000004'];
  for (const [i, account] of accounts.entries()) {
    // The same request id in each: accounts are part of what an event is.
    cloud.add(recordAt(following.now() - 30_000, 7, by('100000000011', account)));
    for (let n = 0; n <= i; n += 1)
      cloud.add(recordAt(following.now() - 30_000 - n * 1000, 100 + n, by('100000000011', account)));
  }
  await following.minutes(1);
  const events = await storedEvents(worker);
  expect(accounts.map((id) => events.filter(({ account }) => account === id).length)).toEqual([2, 3, 4, 5]);
  const { results } = await worker.db
    .prepare('SELECT account, source FROM source_account ORDER BY account')
    .all();
  expect(results).toEqual([
    { account: '1250000001', source: 'api-1250000001' },
    { account: '1250000002', source: 'api-1250000002' },
    { account: '1250000003', source: 'api-1250000002' },
    { account: '1250000004', source: 'api-1250000002' },
  ]);
  // One that fails stops no other.
  cloud.keys.set(organisation.secretId, { ...organisation, expires: following.now() });
  cloud.add(recordAt(following.now(), 8));
  await following.minutes(2);
  expect(await storedRequests(worker)).toContain(requestOf(8));
  expect(await problemOf(worker, 'api-1250000002')).toMatchObject({ kind: 'key' });
  expect(await problemOf(worker)).toBeNull();
});

test('two new keys of one account begin one source, whose past is one back-fill', async () => {
  const second = { ...KEY, secretId: 'AKIDtestsFollower000000000000000002' };
  const { secretId, secretKey } = second;
  following = await startFollowing({
    keys: [KEY, second],
    vars: (url) => ({
      ...variablesOf(KEY, url),
      TENCENT_ACCOUNTS: JSON.stringify([{ secretId, secretKey, endpoint: url }]),
    }),
  });
  await following.minutes(1);
  await backfilled(following);
  const { db } = following.worker;
  expect((await db.prepare('SELECT account FROM api_key').all()).results).toHaveLength(2);
  expect((await db.prepare('SELECT id FROM backfill').all()).results).toHaveLength(1);
  expect(await gapRows(following.worker)).toMatchObject([{ reason: 'backfill', filled: expect.any(Number) }]);
});

test('a record that was pushed before it is read is one event, as the cloud tells it', async () => {
  following = await startFollowing();
  const { worker, cloud } = following;
  const told = recordAt(following.now() - 40_000, 1);
  await worker.send([{ ...told, userAgent: 'made up' }]);
  cloud.add(told);
  await following.minutes(1);
  const events = await storedEvents(worker);
  expect(events.map(({ sources }) => sources.map(({ source }) => source))).toEqual([['api', 'push']]);
  expect(events[0]?.agent).toBe('SDK_GO_1.0.374');
});
