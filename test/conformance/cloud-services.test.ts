/** The other services of the fake cloud: the vendor's own clients work against them. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startCloud } from '../support/cloud/cloud.ts';
import { isLogSigned, readLogAuthorization } from '../support/cloud/log-signature.ts';
import type { Cloud } from '../support/cloud/types.ts';
import { uploadLogs, type ClsClient } from '../../worker/tencent/cls.ts';
import { openSdk } from './sdk.ts';

const KEY = { secretId: 'AKIDtest0000000000000000000000000001', secretKey: 'key-of-the-fake-cloud' };
const ACCOUNT = '1250000001';
const TOPIC = 'topic-1';
const SDK_TIME = 30_000;

let fake: Cloud;
beforeEach(async () => {
  const topics = [{ id: TOPIC, region: 'ap-guangzhou', account: ACCOUNT }];
  fake = await startCloud({ keys: [{ ...KEY, account: ACCOUNT }], topics });
});
afterEach(() => fake.close());

/** A time as billing writes it. */
function beijing(ms: number): string {
  return new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

test('the vendor’s clients read who calls, users, roles and orders', { timeout: SDK_TIME }, async () => {
  const { users, roles, deals } = fake.account(ACCOUNT);
  users.push({ uin: 100_000_000_011, name: 'web-deploy' });
  roles.push(...Array.from({ length: 3 }, (_, i) => ({ id: `46116860184270000${i}`, name: `role-${i}` })));
  deals.push({
    orderId: '20261122000001',
    bigDealId: '20261122000000',
    createdAt: Date.now() - 60_000,
    payer: ACCOUNT,
    creator: '100000000011',
    amount: 12_300,
    currency: 'CNY',
    productCode: 'p_cvm',
    resourceIds: ['ins-0a1b2c3d'],
  });
  const sdk = openSdk(fake.url, KEY);
  expect(await sdk.sts.GetCallerIdentity()).toMatchObject({ AccountId: ACCOUNT });
  expect((await sdk.cam.ListUsers()).Data).toMatchObject([{ Uin: 100_000_000_011, Name: 'web-deploy' }]);
  const second = await sdk.cam.DescribeRoleList({ Page: 2, Rp: 2 });
  expect(second).toMatchObject({ TotalNum: 3, List: [{ RoleName: 'role-2' }] });
  const asked = { StartTime: beijing(Date.now() - 3_600_000), EndTime: beijing(Date.now()), Limit: 20 };
  expect(await sdk.billing.DescribeDealsByCond({ ...asked, ResourceId: 'ins-0a1b2c3d' })).toMatchObject({
    TotalCount: 1,
    Deals: [{ OrderId: '20261122000001', RealTotalCost: 12_300, Currency: 'CNY' }],
  });
  expect((await sdk.billing.DescribeDealsByCond({ ...asked, ResourceId: 'ins-other' })).TotalCount).toBe(0);
  expect((await sdk.billing.DescribeDealsByCond({ ...asked, Limit: 500 })).Deals?.[0]?.ResourceId).toBeNull();
});

test(
  'the vendor’s client makes a notice group and an alarm policy on a topic',
  { timeout: SDK_TIME },
  async () => {
    const { cls } = openSdk(fake.url, KEY);
    const { AlarmNoticeId = '' } = await cls.CreateAlarmNotice({
      Name: 'operators',
      Type: 'All',
      WebCallbacks: [{ CallbackType: 'WeCom', Url: 'https://robot.example.com/hook' }],
    });
    const alarm = {
      Name: 'sensitive',
      AlarmTargets: [
        {
          TopicId: TOPIC,
          LogsetId: 'logset-1',
          Query: '*',
          Number: 1,
          StartTimeOffset: -15,
          EndTimeOffset: 0,
        },
      ],
      MonitorTime: { Type: 'Period', Time: 5 },
      TriggerCount: 1,
      AlarmPeriod: 15,
      Condition: '$1.n > 0',
      AlarmNoticeIds: [AlarmNoticeId],
    };
    const { AlarmId = '' } = await cls.CreateAlarm(alarm);
    expect(fake.alarms.get(AlarmId)?.parameters).toMatchObject({ Name: 'sensitive' });
    await expect(cls.CreateAlarm(alarm)).rejects.toMatchObject({ code: 'InvalidParameter.AlarmConflict' });
    fake.topics.delete(TOPIC);
    await expect(cls.CreateAlarm({ ...alarm, Name: 'other' })).rejects.toMatchObject({
      code: 'ResourceNotFound.TopicNotExist',
    });
  },
);

test('a signature of an upload is that of the official example', () => {
  const times = 'q-sign-time=1510109254;1510109314&q-key-time=1510109254;1510109314';
  const given = readLogAuthorization(
    `q-sign-algorithm=sha1&q-ak=AKIDexample&${times}&q-header-list=host&q-url-param-list=logset_name&q-signature=42a7a1d1b44f14ae39a5e7fc3172feec6a08b197`,
  );
  const request = {
    method: 'GET',
    url: '/logset?logset_name=testset',
    host: 'ap-shanghai.cls.myqcloud.com',
    headers: { host: 'ap-shanghai.cls.myqcloud.com' },
    body: Buffer.alloc(0),
    timestamp: 0,
  };
  const isSigned = (secret: string): boolean | undefined => given && isLogSigned(secret, request, given);
  expect(isSigned('LUSE4nPK1d4tX5SHyXv6tZXXXXXXXXXX')).toBe(true);
  expect(isSigned('another')).toBe(false);
});

function client(changes: Partial<ClsClient> = {}): ClsClient {
  return { credential: KEY, region: 'ap-guangzhou', endpoint: fake.url, fetch, timeoutMs: 5_000, ...changes };
}

const LOG = { time: 1_795_000_000_123, contents: [['eventName', 'RunInstances']] } as const;

test('logs come to their topic as they were sent', async () => {
  const sent = await uploadLogs(client(), { topicId: TOPIC, logs: [LOG, LOG], source: 'here' }, Date.now());
  expect(sent.ok).toBe(true);
  const one = { time: LOG.time, contents: { eventName: 'RunInstances' }, source: 'here' };
  expect(fake.logs(TOPIC)).toMatchObject([one, one]);
});

test.each([
  ['another secret', { secretKey: 'another' }, {}, 0, 'Unauthorized'],
  ['an unknown key', { secretId: 'AKIDunknown' }, {}, 0, 'Unauthorized'],
  ['a token that nobody gave', { token: 'made-up' }, {}, 0, 'Unauthorized'],
  ['a signature that has ended', {}, {}, -3_600_000, 'Unauthorized'],
  ['an unknown topic', {}, { topicId: 'topic-2' }, 0, 'TopicNotExist'],
  ['no log', {}, { logs: [] }, 0, 'InvalidContent'],
  [
    'a key of the service’s own',
    {},
    { logs: [{ time: 1, contents: [['__SOURCE__', '']] as const }] },
    0,
    'InvalidContent',
  ],
  [
    'a value over 1 MB',
    {},
    { logs: [{ time: 1, contents: [['key', 'x'.repeat((1 << 20) + 1)]] as const }] },
    0,
    'LogSizeExceed',
  ],
])('an upload with %s is refused', async (_, credential, changes, later, code) => {
  const upload = { topicId: TOPIC, logs: [LOG], ...changes };
  const sent = await uploadLogs(
    client({ credential: { ...KEY, ...credential } }),
    upload,
    Date.now() + later,
  );
  expect(sent).toMatchObject({ ok: false, failure: { code } });
  expect(fake.logs(TOPIC)).toEqual([]);
});

test('an upload without the permission is refused', async () => {
  fake.keys.set(KEY.secretId, { ...KEY, account: ACCOUNT, permissions: ['cloudaudit:*'] });
  const sent = await uploadLogs(client(), { topicId: TOPIC, logs: [LOG] }, Date.now());
  expect(sent).toMatchObject({ ok: false, failure: { code: 'Unauthorized' } });
});
