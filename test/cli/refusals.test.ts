import { expect, test } from 'vitest';
import { createRefusals } from '../../worker/cli/lib/refusals.ts';

test('refused lines are grouped by reason, the most frequent first', () => {
  const refusals = createRefusals();
  refusals.add('a.log', 3, 'no eventTime');
  refusals.add('a.log', 5, 'no JSON');
  refusals.add('b.log', 1, 'no JSON');
  expect(refusals.lines()).toEqual(['a.log:5: no JSON', 'b.log:1: no JSON', 'a.log:3: no eventTime']);
  expect(refusals.byReason()).toEqual([
    { reason: 'no JSON', count: 2 },
    { reason: 'no eventTime', count: 1 },
  ]);
});

test('twenty places are shown and the rest is counted', () => {
  const refusals = createRefusals();
  for (let line = 1; line <= 50; line += 1) refusals.add('a.log', line, 'no JSON');
  expect(refusals.lines()).toHaveLength(21);
  expect(refusals.lines().at(-1)).toBe('… and 30 more: no JSON');
});

test('a thousand different reasons do not pile up', () => {
  const refusals = createRefusals();
  for (let line = 1; line <= 1000; line += 1) refusals.add('a.log', line, `reason ${line}`);
  expect(refusals.byReason()).toHaveLength(101);
  expect(refusals.byReason().reduce((sum, { count }) => sum + count, 0)).toBe(1000);
});

test('escape sequences in reasons and names cannot reach the terminal', () => {
  const refusals = createRefusals();
  refusals.add('a\u001b]0;x\u0007.log', 1, 'bad \u001b[2J\u202e');
  expect(refusals.lines().join('')).toBe(String.raw`a\u{1b}]0;x\u{7}.log:1: bad \u{1b}[2J\u{202e}`);
});
