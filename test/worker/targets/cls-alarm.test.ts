import * as v from 'valibot';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { clsAlarmAsked } from '../../../shared/api/cls-alarm.ts';
import { readStoredQuery } from '../../../shared/query/stored.ts';
import { clsPolicy, createClsAlarm } from '../../../worker/tracks/targets/cls-alarm.ts';
import { startCloud } from '../../support/cloud/cloud.ts';
import type { Cloud } from '../../support/cloud/types.ts';
import { toolsFor } from '../../support/parcel.ts';

const TOPIC = '6b0f1f0e-0000-4000-8000-0000000000c1';
const credential = { secretId: 'AKIDMadeUpForTheTests0000001', secretKey: 'MadeUpSecretKeyOfTheTests00001' };
const ROBOT = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=made-up-robot-key';

let cloud: Cloud;

beforeAll(async () => {
  cloud = await startCloud({
    keys: [{ ...credential, account: '1250000001' }],
    topics: [{ id: TOPIC, region: 'ap-guangzhou', account: '1250000001' }],
  });
});

afterEach(() => {
  cloud.alarms.clear();
  cloud.notices.clear();
});

afterAll(async () => {
  await cloud?.close();
});

function asked(changes: object = {}) {
  return v.parse(clsAlarmAsked, {
    name: 'Failed sign-ins',
    q: 'event:ConsoleLogin outcome:failed,denied',
    condition: { kind: 'count', atLeast: 5, within: 600 },
    severity: 'high',
    logsetId: 'logset-1',
    notice: { webhooks: [{ type: 'WeCom', url: ROBOT }] },
    ...changes,
  });
}

function policyOf(given: ReturnType<typeof asked>) {
  const query = readStoredQuery(given.q, 'a policy');
  if (!query.ok) throw new Error(query.error.message);
  return clsPolicy(given, query.query, 'payments');
}

async function create(changes: object = {}, topicId = TOPIC) {
  const given = asked(changes);
  const said = policyOf(given);
  if (!said.ok) throw new Error(said.reason);
  const target = { type: 'cls', topicId, region: 'ap-guangzhou', endpoint: cloud.url, credential } as const;
  return await createClsAlarm(target, given, said.policy, toolsFor([new URL(cloud.url).host]));
}

test('a notice group and a policy are made, on the topic of the set, and their ids given', async () => {
  const made = await create();
  expect(made).toEqual({
    ok: true,
    alarmId: [...cloud.alarms.keys()][0],
    noticeId: [...cloud.notices.keys()][0],
  });
  expect([...cloud.notices.values()][0]?.parameters).toMatchObject({
    Name: 'Failed sign-ins',
    WebCallbacks: [{ CallbackType: 'WeCom', Url: ROBOT }],
  });
  expect([...cloud.alarms.values()][0]?.parameters).toMatchObject({
    Name: 'Failed sign-ins',
    AlarmTargets: [
      {
        TopicId: TOPIC,
        LogsetId: 'logset-1',
        Query:
          'sidetrail_track:"payments" AND (sidetrail_terms:"event_consolelogin") AND (sidetrail_terms:"outcome_failed" OR sidetrail_terms:"outcome_denied") | select count(distinct sidetrail_id) as n',
        StartTimeOffset: -25,
        EndTimeOffset: -15,
      },
    ],
    MonitorTime: { Type: 'Period', Time: 2 },
    Condition: '$1.n >= 5',
    AlarmPeriod: 60,
    AlarmLevel: 2,
    AlarmNoticeIds: [[...cloud.notices.keys()][0]],
  });
});

test('a notice group that is there is used', async () => {
  const first = await create();
  if (!first.ok) throw new Error(first.failure.text);
  expect(await create({ name: 'Another', notice: { id: first.noticeId } })).toMatchObject({
    ok: true,
    noticeId: first.noticeId,
  });
  expect(cloud.notices.size).toBe(1);
});

test('where the policy fails after its notice group was made, the group is told, for the next attempt', async () => {
  const failed = await create({}, 'gone');
  expect(failed).toMatchObject({
    ok: false,
    failure: { code: 'ResourceNotFound.TopicNotExist' },
    noticeId: [...cloud.notices.keys()][0],
  });
  expect(JSON.stringify(failed)).not.toMatch(/MadeUpSecretKey|AKIDMadeUp|robot-key/);
});

test('counted by operator, the largest count decides', () => {
  const said = policyOf(
    asked({ q: '', condition: { kind: 'count', atLeast: 2, within: 60, per: 'operator' } }),
  );
  expect(said).toMatchObject({
    ok: true,
    policy: {
      query:
        'sidetrail_track:"payments" | select sidetrail_account, sidetrail_operator, count(distinct sidetrail_id) as n where sidetrail_operator is not null group by sidetrail_account, sidetrail_operator order by n desc limit 1',
      everyMinutes: 1,
    },
  });
});

test.each([
  [{ condition: { kind: 'first', per: 'operator' } }, 'kind "count"'],
  [{ condition: { kind: 'absence', within: 600 } }, 'kind "count"'],
  [{ condition: { kind: 'count', per: 'resource' } }, 'several resources'],
  [{ condition: { kind: 'count', within: 90 } }, 'whole minutes'],
  [{ condition: { kind: 'count', within: 86_400 } }, 'looks back a day'],
  [{ q: 'login' }, 'a word without a key'],
])('%j is refused, and it is said why', (changes, reason) => {
  expect(policyOf(asked(changes))).toEqual({ ok: false, reason: expect.stringContaining(reason) });
});
