import { expect, test } from 'vitest';
import { freshnessOf } from '../../../extension/panel/model/freshness.ts';
import type { SourceCoverage } from '../../../extension/protocol/panel.ts';

const NOW = Date.UTC(2026, 10, 20, 6, 3);
const MINUTE = 60_000;

function source(change: Partial<SourceCoverage>): SourceCoverage {
  const time = new Date(NOW).toISOString();
  return {
    source: 'api',
    account: '1',
    lastReceived: time,
    newest: time,
    gaps: [],
    late: 0,
    refused: 0,
    ...change,
  };
}

const ago = (minutes: number): string => new Date(NOW - minutes * MINUTE).toISOString();

test.for([
  [1, 63, false],
  [16, 63, true],
  [1, 121, true],
] as const)('seen %i and settled %i minutes ago: late is %s', ([seen, settled, isLate]) => {
  const fresh = freshnessOf([source({ seenTo: ago(seen), settledTo: ago(settled) })], NOW);
  expect(fresh).toEqual({
    kind: 'marks',
    seenTo: NOW - seen * MINUTE,
    settledTo: NOW - settled * MINUTE,
    isLate,
  });
});

test('of several sources that are read the slowest counts', () => {
  const fresh = freshnessOf([source({ seenTo: ago(1) }), source({ account: '2', seenTo: ago(9) })], NOW);
  expect(fresh).toMatchObject({ seenTo: NOW - 9 * MINUTE, settledTo: null });
});

test('where nothing is read the newest event is told, and how it came', () => {
  const fresh = freshnessOf(
    [source({ source: 'push', newest: ago(90) }), source({ source: 'files', newest: ago(5) })],
    NOW,
  );
  expect(fresh).toEqual({ kind: 'newest', newest: NOW - 5 * MINUTE, source: 'files' });
  expect(freshnessOf([source({ newest: null })], NOW)).toEqual({ kind: 'nothing' });
});
