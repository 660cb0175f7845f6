import { expect, test } from 'vitest';
import { bar, bytes, createProgress, inert } from '../../worker/cli/lib/terminal.ts';

test.each([
  ['plain 云舟 text', 'plain 云舟 text'],
  ['line\nbreak', String.raw`line\u{a}break`],
  ['\u001b[31mred', String.raw`\u{1b}[31mred`],
  ['c1 \u009b31m', String.raw`c1 \u{9b}31m`],
  ['bidi \u202e \u2066', String.raw`bidi \u{202e} \u{2066}`],
])('%j is printed as %j', (text, printed) => {
  expect(inert(text)).toBe(printed);
});

test('long text is cut', () => {
  expect(inert('x'.repeat(500))).toHaveLength(301);
});

test.each([
  [0, '[------------------------]   0%'],
  [50, '[############------------]  50%'],
  [100, '[########################] 100%'],
  [150, '[########################] 100%'],
])('%d of 100 is %s', (done, shown) => {
  expect(bar(done, 100)).toBe(shown);
});

test.each([
  [512, '512 B'],
  [1500, '1.5 kB'],
  [2_500_000, '2.5 MB'],
  [3_000_000_000, '3.0 GB'],
])('%d bytes are %s', (value, shown) => {
  expect(bytes(value)).toBe(shown);
});

function record(isTTY: boolean, times: readonly number[]): string[] {
  const written: string[] = [];
  const clock = times.values();
  let now = 0;
  const progress = createProgress({ isTTY, write: (text) => written.push(text) }, () => now);
  for (now of clock) progress.show(() => `at ${now}`);
  progress.clear();
  return written;
}

test('a terminal gets one line rewritten at most ten times a second, and cleared', () => {
  expect(record(true, [0, 50, 120])).toEqual(['\r\u001b[Kat 0', '\r\u001b[Kat 120', '\r\u001b[K']);
});

test('a pipe gets whole lines, five seconds apart, without control characters', () => {
  expect(record(false, [0, 4000, 5500, 6000])).toEqual(['at 0\n', 'at 5500\n']);
});
