import { expect, test } from 'vitest';
import { remedyOf, troubleOf } from '../../../extension/panel/model/trouble.ts';
import { problemText } from '../../../extension/panel/options/problem-text.ts';
import { failedText, troubleText } from '../../../extension/panel/text/failed.ts';
import type { Problem } from '../../../extension/protocol/connection.ts';
import { en } from '../../../shared/i18n/en.ts';
import { zhCN } from '../../../shared/i18n/zh-CN.ts';

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
  const said = (['news', 'older', 'details'] as const).map((missed) =>
    failedText(en, { kind: 'unreachable' }, missed),
  );
  expect(said.every((text) => text.startsWith('The Worker is out of reach'))).toBe(true);
  expect(new Set(said).size).toBe(3);
  expect(failedText(en, { kind: 'worker-failed', id: '8f21' }, 'news')).toContain('8f21');
});

test('in the panel nobody is asked to allow anything: that is on the options page', () => {
  const said = failedText(en, { kind: 'permission' }, 'news');
  expect(said).toContain('Open the options');
  expect(troubleText(en, { kind: 'permission' })).toBe(said);
  expect(problemText(en, { kind: 'permission' })).toContain('choose Allow');
});

test('a failure of the Worker is for its admin, by its id where it has one, and Chinese has no space after a stop', () => {
  expect(problemText(en, { kind: 'worker-failed', id: '8f21' })).toBe(
    'The Worker failed to answer. If it keeps failing, give your admin the id 8f21.',
  );
  expect(problemText(en, { kind: 'worker-failed' })).toMatch(/tell your admin\.$/);
  expect(problemText(zhCN, { kind: 'worker-failed', id: '8f21' })).toMatch(/。如果.* 8f21 /);
});

test('one event is one event', () => {
  const { eventsSoFar, eventsKept, cached } = en.panel;
  expect([eventsSoFar(1, '1'), eventsSoFar(2, '2')]).toEqual(['1 event so far', '2 events so far']);
  expect(cached(1, '1', '3 Nov')).toBe('1 event is kept in this browser, from 3 Nov on.');
  expect([eventsKept(1, '1'), eventsKept(2, '2')]).toEqual(['1 kept event matches', '2 kept events match']);
});
