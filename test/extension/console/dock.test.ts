import { assert, double, property } from 'fast-check';
import { expect, test } from 'vitest';
import { boundedTries } from '../../../extension/console/dock/presence.ts';
import { pushStyle } from '../../../extension/console/dock/push.ts';
import { widthByKey } from '../../../extension/console/dock/resize.ts';
import { readDockState, WIDTH } from '../../../extension/console/dock/state.ts';
import { textsIn } from '../../../extension/console/dock/texts.ts';

test.for<[unknown, ReturnType<typeof readDockState>]>([
  [undefined, { open: false, width: 400, mode: 'push' }],
  [null, { open: false, width: 400, mode: 'push' }],
  ['open', { open: false, width: 400, mode: 'push' }],
  [
    { open: true, width: 500, mode: 'overlay' },
    { open: true, width: 500, mode: 'overlay' },
  ],
  [
    { open: 'yes', width: '500', mode: 'beside' },
    { open: false, width: 400, mode: 'push' },
  ],
  [
    { open: true, width: 10_000 },
    { open: true, width: 720, mode: 'push' },
  ],
  [
    { open: true, width: 3.7 },
    { open: true, width: 320, mode: 'push' },
  ],
  [
    { open: true, width: Number.NaN },
    { open: true, width: 400, mode: 'push' },
  ],
])('%j is read as a state', ([kept, state]) => {
  expect(readDockState(kept)).toEqual(state);
});

test('whatever was kept, the width is a whole number within bounds', () => {
  assert(
    property(double(), (kept) => {
      const { width } = readDockState({ width: kept });
      expect(width).toBe(Math.round(width));
      expect(width).toBeGreaterThanOrEqual(WIDTH.min);
      expect(width).toBeLessThanOrEqual(WIDTH.max);
    }),
  );
});

test.for<[string, number, number | undefined]>([
  ['ArrowLeft', 400, 416],
  ['ArrowRight', 400, 384],
  ['ArrowLeft', 712, 720],
  ['ArrowRight', 326, 320],
  ['Home', 400, 320],
  ['End', 400, 720],
  ['ArrowUp', 400, undefined],
  ['a', 400, undefined],
])('%s at %i', ([key, width, result]) => {
  expect(widthByKey(key, width)).toBe(result);
});

test('a page is pushed on screens that leave it room, and its fixed parts only where it is framed', () => {
  expect(pushStyle(400, false)).toContain('@media screen and (min-width:880px)');
  expect(pushStyle(400, false)).toContain('margin-right:400px');
  expect(pushStyle(400, false)).not.toContain('transform');
  expect(pushStyle(400, true)).toContain('transform');
});

test('coming back is tried five times in ten seconds, not six', () => {
  const isTooOften = boundedTries();
  expect([0, 1, 2, 3, 4].map(isTooOften)).toEqual([false, false, false, false, false]);
  expect(isTooOften(5)).toBe(true);
  expect(isTooOften(20_000)).toBe(false);
});

test.for([
  ['zh-CN', '打开 Sidetrail'],
  ['zh', '打开 Sidetrail'],
  ['en-GB', 'Open Sidetrail'],
  ['de', 'Open Sidetrail'],
] as const)('in %s the handle says "%s"', ([language, open]) => {
  expect(textsIn(language).open).toBe(open);
});
