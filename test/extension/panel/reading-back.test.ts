import { expect, test } from 'vitest';
import { clockOf } from '../../../extension/panel/clock.ts';
import { localeOf } from '../../../extension/panel/locale.ts';
import { readingBackText, unreadBefore } from '../../../extension/panel/model/reading-back.ts';
import type { ReadingBack, SourceCoverage } from '../../../extension/protocol/panel.ts';

const NOW = Date.UTC(2026, 10, 20, 6, 3);
const BEFORE = Date.UTC(2026, 10, 12, 1, 30);

function said(browser: string, readingBack: ReadingBack): string | undefined {
  const { texts, number, span, tag } = localeOf('auto', browser);
  const clock = clockOf(tag, 'Asia/Shanghai');
  const near = (time: number): string => clock.near(time, NOW);
  return readingBackText({ readingBack, problem: null }, { texts: texts.panel, number, span, near });
}

const running = { kind: 'progress', percent: 42, rate: 410, left: 105 } as const;

test.for<[string, ReadingBack, string]>([
  ['en-GB', running, 'Reading the past: 42%, 410 events a second, about 2 minutes left.'],
  ['zh-CN', running, '正在读取以往的记录：42%，每秒 410 条事件，大约还需 2 分钟。'],
  [
    'en-GB',
    { ...running, rate: 1234.4, left: 9000 },
    'Reading the past: 42%, 1,234 events a second, about 3 hours left.',
  ],
  [
    'en-GB',
    { ...running, rate: 1.2, left: 3 },
    'Reading the past: 42%, 1 event a second, about 1 minute left.',
  ],
  ['en-GB', { ...running, rate: 0.3 }, 'Reading the past: 42%, about 2 minutes left.'],
  ['en-GB', { ...running, percent: 0, rate: 0, left: null }, 'Reading the past: 0%.'],
  ['zh-CN', { ...running, percent: 0, rate: 0, left: null }, '正在读取以往的记录：0%。'],
  ['en-GB', { kind: 'untold', before: BEFORE }, 'Records from before 12 Nov, 09:30 are still being read.'],
  ['en-GB', { kind: 'untold', before: NOW - 60_000 }, 'Records from before 14:02 are still being read.'],
  ['zh-CN', { kind: 'untold', before: BEFORE }, '11月12日 09:30 之前的记录仍在读取中。'],
])('in %s, %o reads "%s"', ([browser, readingBack, text]) => {
  expect(said(browser, readingBack)).toBe(text);
});

test('nothing is said where nothing is read back, or where nobody knows how far it is by now', () => {
  const { texts, number, span } = localeOf('auto', 'en-GB');
  const say = { texts: texts.panel, number, span, near: String };
  expect(readingBackText({ problem: null }, say)).toBeUndefined();
  expect(readingBackText({ readingBack: running, problem: { kind: 'unreachable' } }, say)).toBeUndefined();
});

const iso = (time: number): string => new Date(time).toISOString();

/** A source of which a day before `BEFORE` is missing. */
function missing(reason: SourceCoverage['gaps'][number]['reason']): SourceCoverage {
  const gaps = [{ from: iso(BEFORE - 86_400_000), to: iso(BEFORE), reason }];
  return { source: 'api', account: '1', lastReceived: null, newest: null, gaps, late: 0, refused: 0 };
}

const UNTOLD = { kind: 'untold', before: BEFORE } as const;
const SECOND = BEFORE / 1000;

test.for<[string, ReadingBack | undefined, SourceCoverage[], number | undefined, number | undefined]>([
  ['from a time before the mark', UNTOLD, [], SECOND - 1, BEFORE],
  ['of all that is stored', UNTOLD, [], undefined, BEFORE],
  ['from the mark on', UNTOLD, [], SECOND, undefined],
  ['for an admin, by the coverage', running, [missing('backfill')], SECOND - 1, BEFORE],
  ['of what is missing for good', running, [missing('lost')], SECOND - 1, undefined],
  ['while nothing is read back', undefined, [missing('backfill')], SECOND - 1, undefined],
])('what may not be read yet %s', ([, readingBack, coverage, from, expected]) => {
  expect(unreadBefore({ ...(readingBack && { readingBack }), coverage }, from)).toBe(expected);
});
