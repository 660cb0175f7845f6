import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { badgeOf } from '../../../extension/background/alerts/badge.ts';
import { noticeOf } from '../../../extension/background/alerts/notice.ts';
import { plain, quoted } from '../../../extension/background/alerts/plain.ts';
import { newsIn } from '../../../extension/background/alerts/seen.ts';
import { alertCallEn } from '../../../shared/i18n/alerts-en.ts';
import { alertCallZhCN } from '../../../shared/i18n/alerts-zh-CN.ts';
import { alertOf } from '../../support/alerts-page.ts';

const MUTED = { muted: { until: '2026-11-21T00:00:00.000Z', by: 'admin' } };
const EXPECTED = { expected: { by: 'admin', at: '2026-11-20T00:00:00.000Z' } };
const DONE = { state: 'acknowledged' } as const;

function many(count: number) {
  return Array.from({ length: count }, () => alertOf());
}

test.for([
  [[], undefined, undefined],
  [[alertOf(MUTED), alertOf(EXPECTED), alertOf(DONE)], undefined, undefined],
  [[alertOf({ severity: 'info' })], '1', 'Open Sidetrail. 1 open alert: for information'],
  [
    [
      alertOf({ severity: 'low' }),
      alertOf({ severity: 'critical' }),
      alertOf({ severity: 'high', ...MUTED }),
    ],
    '2',
    'Open Sidetrail. 2 open alerts, the worst: critical',
  ],
  [many(99), '99', 'Open Sidetrail. 99 open alerts, the worst: high'],
  [many(100), '99+', 'Open Sidetrail. 99+ open alerts, the worst: high'],
] as const)('of %# the badge says how many call for somebody', ([alerts, text, title]) => {
  const badge = badgeOf({ alerts, more: false }, alertCallEn);
  expect([badge?.text, badge?.title]).toEqual([text, title]);
});

test('the worst of them colours the badge, and is said in Chinese too', () => {
  const colours = (['critical', 'high', 'medium', 'low', 'info'] as const).map(
    (severity) => badgeOf({ alerts: [alertOf({ severity })], more: false }, alertCallZhCN)?.colour,
  );
  expect(colours).toEqual(['#b01e2b', '#b01e2b', '#8f4600', '#6429b3', '#6429b3']);
  expect(badgeOf({ alerts: [alertOf(), alertOf()], more: false }, alertCallZhCN)?.title).toBe(
    '打开 Sidetrail。2 条未处理告警，最高级别：高危',
  );
});

test('one alert is told with what it is about, several at once as one', () => {
  const one = alertOf();
  expect(noticeOf([], alertCallEn)).toBeUndefined();
  expect(noticeOf([one], alertCallEn)).toEqual({
    id: `alert ${one.id}`,
    title: 'High: Access key created',
    message: 'Operator “lin-wei” · 2 events',
  });
  const { group: _, ...about } = alertOf({
    system: true,
    note: { en: 'No tick for 10 minutes.', zh: '10 分钟没有运行。' },
    count: 0,
  });
  expect(noticeOf([about], alertCallZhCN)?.message).toBe('10 分钟没有运行。');
  const five = many(5);
  expect(noticeOf(five, alertCallEn)).toEqual({
    id: 'alerts',
    title: '5 new alerts',
    message: [...five.slice(0, 3).map(() => 'High: Access key created'), 'and 2 more'].join('\n'),
  });
});

const TEXT = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: fc.constantFrom('a', '‮', '\n', '​', '”', '<', ':', '/', '.', 'é', '́', '𝒳') }),
);

test('text of records in a notification is one short line in quotation marks that nothing makes a link of', () => {
  fc.assert(
    fc.property(TEXT, (text) => {
      const shown = quoted(text, 40);
      expect(shown).toMatch(/^“[^“”<>\n]*”$/);
      expect(Array.from(shown).length).toBeLessThanOrEqual(42);
      expect(shown).not.toMatch(/\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\p{Cs}|:\/\/|\.\p{L}/u);
    }),
  );
  expect(plain('https://evil.example/‮x', 60)).toBe('https //evil. example/ x');
});

test('an alert is news once, and not to who looks for the first time', () => {
  const [old, late] = [alertOf(), alertOf({ opened: '2026-11-20T07:00:00.000Z' })];
  const first = newsIn({ alerts: [old], more: false }, undefined, 'me');
  expect(first.news).toEqual([]);
  const second = newsIn({ alerts: [late, old], more: false }, first.seen, 'me');
  expect(second.news).toEqual([late]);
  const none = newsIn({ alerts: [], more: false }, second.seen, 'me');
  expect(newsIn({ alerts: [late, old], more: false }, none.seen, 'me').news).toEqual([]);
  expect(newsIn({ alerts: [late], more: false }, none.seen, 'another').news).toEqual([]);
});

test('what was muted is news when it is not any more; what comes into sight of a cut list is not', () => {
  const alert = alertOf();
  const seen = newsIn({ alerts: [alertOf(), { ...alert, ...MUTED }], more: false }, undefined, 'me').seen;
  expect(newsIn({ alerts: [alert], more: false }, seen, 'me').news).toEqual([alert]);
  const older = alertOf({ opened: '2026-11-19T00:00:00.000Z' });
  expect(newsIn({ alerts: [older], more: true }, seen, 'me').news).toEqual([]);
});
