import { expect, test } from 'vitest';
import { clockOf } from '../../../extension/panel/clock.ts';

test.for([
  ['en-GB', 'Fri 20 Nov', 'Fri 20 Nov 2026, 14:02:11 UTC+8'],
  ['en-US', 'Fri Nov 20', 'Fri Nov 20, 2026, 14:02:11 UTC+8'],
  ['zh-CN', '11月20日 周五', '2026年11月20日 周五 14:02:11 UTC+8'],
] as const)('in %s a day is written %s', ([tag, day, full]) => {
  const clock = clockOf(tag, 'Asia/Shanghai');
  expect(clock.day('2026-11-20')).toBe(day);
  expect(clock.full(Date.UTC(2026, 10, 20, 6, 2, 11))).toBe(full);
});
