import { expect, test } from 'vitest';
import { localeOf } from '../../../extension/panel/locale.ts';

test.for([
  ['auto', 'zh-TW', 'zh-CN'],
  ['auto', 'zh', 'zh-CN'],
  ['auto', 'en-GB', 'en-GB'],
  ['auto', 'de-DE', 'en'],
  ['en', 'zh-CN', 'en'],
  ['en', 'en-US', 'en-US'],
  ['zh-CN', 'en-US', 'zh-CN'],
] as const)('%s in a browser that speaks %s is %s', ([chosen, browser, tag]) => {
  expect(localeOf(chosen, browser).tag).toBe(tag);
});

test.for([
  ['en-GB', '24 Oct'],
  ['en-US', 'Oct 24'],
  ['zh-CN', '10月24日'],
] as const)('a day in %s is %s', ([browser, text]) => {
  expect(localeOf('auto', browser).day(Date.UTC(2026, 9, 24, 12))).toBe(text);
});

test.for([
  [-5000, '5 seconds ago'],
  [-180_000, '3 minutes ago'],
  [-7_200_000, '2 hours ago'],
  [-86_400_000, 'yesterday'],
  [-2_592_000_000, '30 days ago'],
] as const)('%i ms reads "%s"', ([offset, text]) => {
  const now = Date.UTC(2026, 10, 22, 12);
  expect(localeOf('en', 'en').ago(new Date(now + offset).toISOString(), now)).toBe(text);
});
