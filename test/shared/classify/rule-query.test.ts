import { expect, test } from 'vitest';
import { readRuleQuery } from '../../../shared/classify/rule-query.ts';

test.each([
  ['product:cam from:7d', 12, 7],
  ['to:2026-11-22 product:cam', 0, 13],
  ['product:cam -is:root,sensitive', 12, 18],
  ['', 0, 0],
  ['   ', 0, 3],
  ['product:cam nokey:1', 12, 5],
])('%j is no query of a rule, and it says where', (text, at, length) => {
  expect(readRuleQuery(text)).toMatchObject({ ok: false, error: { at, length } });
});

test('a rule may ask for anything else, its own marks included', () => {
  expect(readRuleQuery('is:purchase,change network:outside -operator:mei')).toMatchObject({ ok: true });
});
