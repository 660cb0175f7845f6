import { expect, test } from 'vitest';
import { remedyOf, troubleOf } from '../../../extension/panel/model/trouble.ts';
import { failedText } from '../../../extension/panel/text/failed.ts';
import type { Problem } from '../../../extension/protocol/connection.ts';
import { en } from '../../../shared/i18n/en.ts';

const KINDS: [Problem['kind'], string, string][] = [
  ['unreachable', 'offline', 'again'],
  ['worker-failed', 'workerFailed', 'again'],
  ['token-refused', 'notSignedIn', 'options'],
  ['permission', 'notAllowed', 'options'],
  ['foreign', 'notConnected', 'options'],
];

test.for(KINDS)('%s is called %s, and %s comes first', ([kind, trouble, remedy]) => {
  expect([troubleOf({ kind }), remedyOf({ kind })]).toEqual([trouble, remedy]);
});

test('out of reach is told by what was missed, not by what to type on the options page', () => {
  const said = (['older', 'list', 'details'] as const).map((missed) =>
    failedText(en, { kind: 'unreachable' }, missed),
  );
  expect(said.every((text) => text.startsWith('The Worker is out of reach'))).toBe(true);
  expect(new Set(said).size).toBe(3);
  expect(failedText(en, { kind: 'worker-failed', id: '8f21' }, 'list')).toContain('8f21');
});

test('one event is one event', () => {
  const { eventsSoFar, cached, offline } = en.panel;
  expect([eventsSoFar(1, '1'), eventsSoFar(2, '2')]).toEqual(['1 event so far', '2 events so far']);
  expect(cached(1, '1', '3 Nov')).toBe('1 event is kept in this browser, from 3 Nov on.');
  expect(offline(1, '1')).toBe('Out of reach. Showing the one event kept here.');
});
