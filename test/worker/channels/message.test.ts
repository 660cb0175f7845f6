import { expect, test } from 'vitest';
import type { AlertLanguage } from '../../../shared/api/channels.ts';
import { messageOf, type Notice } from '../../../worker/alarms/channels/message.ts';
import { plainBytes, plainMessage, plainText } from '../../../worker/alarms/channels/plain.ts';
import { someAlert, someEvent, someNotice } from '../../support/alert-notice.ts';

function told(
  changes: Partial<Notice> = {},
  {
    language = 'en',
    zone = 'Asia/Shanghai',
    origin,
  }: Partial<{ language: AlertLanguage; zone: string; origin: string }> = {},
): string[] {
  const message = messageOf(someNotice(changes), {
    language,
    zone,
    origin: origin ?? 'https://sidetrail.example',
  });
  return plainText(plainMessage(message, 10_000, plainBytes)).split('\n');
}

test('a message says who did what to which resource, from where, how often, and what came of it', () => {
  expect(told()).toEqual([
    'Sidetrail alert · HIGH · Many calls failed',
    'Account: 1250000001',
    'Who: web-deploy (100000000011)',
    'What: RunInstances (cvm)',
    'Resource: ins-0a1b2c3d',
    'From: 203.0.113.5 (OUTSIDE, 广州)',
    'Region: ap-guangzhou',
    'Failed with: InvalidParameter: No such image.',
    'How often: 300 times, from 2026-11-22 14:00:01 to 2026-11-22 14:04:59 (Asia/Shanghai)',
    'Alert: kq3x7',
    'https://sidetrail.example/e/k3vq7x2m5ajc4tznbw6ey2hd7u',
  ]);
});

test('the same in Chinese', () => {
  expect(told({}, { language: 'zh-CN' })).toEqual([
    'Sidetrail 告警 · 高危 · 大量请求失败',
    '账号：1250000001',
    '操作者：web-deploy（100000000011）',
    '操作：RunInstances（cvm）',
    '资源：ins-0a1b2c3d',
    '来源：203.0.113.5（外部网络、广州）',
    '地域：ap-guangzhou',
    '错误：InvalidParameter：No such image.',
    '次数：300 次、2026-11-22 14:00:01 至 2026-11-22 14:04:59（Asia/Shanghai）',
    '告警编号：kq3x7',
    'https://sidetrail.example/e/k3vq7x2m5ajc4tznbw6ey2hd7u',
  ]);
});

test('times are those of the zone', () => {
  const alert = someAlert({ count: 1, last: someAlert().first });
  expect(told({ alert }, { zone: 'America/New_York' })).toContain(
    'How often: once, at 2026-11-22 01:00:01 (America/New_York)',
  );
});

test('what goes on says how many more there are since when', () => {
  const at = Date.parse('2026-11-22T06:02:00Z') / 1000;
  const lines = told({ told: 'summary', before: { count: 20, at } });
  expect(lines[0]).toBe('Sidetrail alert goes on · HIGH · Many calls failed');
  expect(lines).toContain('Of these new: 280 since the message of 2026-11-22 14:02:00');
});

test('what is over says since when', () => {
  const alert = someAlert({ state: 'recovered', recovered: '2026-11-22T06:15:00Z' });
  const lines = told({ told: 'recovered', alert, before: { count: 300, at: 0 } });
  expect(lines[0]).toBe('Sidetrail alert is over · HIGH · Many calls failed');
  expect(lines).toContain('Over since: 2026-11-22 14:15:00');
  expect(lines.join()).not.toContain('Of these new');
});

test('what is wrong with Sidetrail says so, and counts nothing', () => {
  const { group: _group, ...rest } = someAlert();
  const alert = {
    ...rest,
    system: true,
    subject: 'api-1250000001',
    note: { en: 'It is 20 minutes behind.', zh: '已落后 20 分钟。' },
    count: 1,
    examples: [],
  };
  expect(told({ alert, events: [] })).toEqual([
    'Sidetrail alert · HIGH · Many calls failed',
    'About: api-1250000001',
    'What is wrong: It is 20 minutes behind.',
    'Since: at 2026-11-22 14:00:01 (Asia/Shanghai)',
    'Alert: kq3x7',
  ]);
});

test('a person is named where it is sure who that was, and never by a name that they chose', () => {
  const operator = { type: 'role', id: '4611686018400000021', name: 'Deploy' } as const;
  const group = { per: 'event', account: '1250000001', value: 'RunInstances' } as const;
  const who = (person: Parameters<typeof someEvent>[0]) =>
    told({ alert: someAlert({ group }), events: [someEvent({ operator, ...person })] }).find((line) =>
      line.startsWith('Who'),
    );
  expect(who({ person: { id: '100000000013', name: '王小明', status: 'exact' } })).toBe(
    'Who: 王小明 (100000000013) → Deploy (4611686018400000021)',
  );
  expect(who({ person: { name: 'root', status: 'claimed' } })).toBe('Who: Deploy (4611686018400000021)');
});

test('many are counted', () => {
  const resources = [1, 2, 3, 4, 5].map((index) => ({ id: `ins-${index}` }));
  expect(told({ events: [someEvent({ resources })] })).toContain('Resource: ins-1, ins-2, ins-3, 2 more');
});

test('without an origin there is no link, and without an example neither', () => {
  const { link } = messageOf(someNotice(), { language: 'en', zone: 'UTC', origin: undefined });
  expect(link).toBeUndefined();
  expect(told({ alert: someAlert({ examples: [] }) }).at(-1)).toBe('Alert: kq3x7');
});
