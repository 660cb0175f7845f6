import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fold } from '../../../shared/query/fold.ts';
import {
  isAnything,
  literal,
  matchesText,
  pieceMatch,
  splitPattern,
  textMatch,
} from '../../../shared/query/pattern.ts';

test.each([
  ['ABC xyz', 'abc xyz'],
  ['e\u0301', '\u00e9'],
  ['ÀÉ', 'ÀÉ'],
  ['İ K', 'İ k'],
  ['王', '王'],
  ['A\ud83dB', 'a\ufffdb'],
])('%j is folded to %j: NFC, and only ASCII letters lose their case', (text, folded) => {
  expect(fold(text)).toBe(folded);
});

test.each([
  ['abc', ['abc']],
  ['*', ['', '']],
  ['Run*', ['Run', '']],
  ['*a*b', ['', 'a', 'b']],
  [String.raw`5\*`, ['5*']],
  [String.raw`a\\*`, ['a\\', '']],
  [String.raw`a\\\*b`, [String.raw`a\*b`]],
])('%s has the literal parts %j', (value, parts) => {
  expect(splitPattern(value)).toEqual(parts);
});

test('a run of stars means one star', () => {
  expect(textMatch('***a***B**')).toEqual({ kind: 'pattern', parts: ['', 'a', 'b', ''] });
  expect(textMatch('**')).toEqual(textMatch('*'));
});

test.each([
  ['RUNinstances', 'runinstances', true],
  ['run', 'runinstances', false],
  ['Run*', 'runinstances', true],
  ['Run*', 'run', true],
  ['*Instances', 'runinstances', true],
  ['*instance', 'runinstances', false],
  ['*ins*', 'runinstances', true],
  ['r*s', 'runinstances', true],
  ['ab*ba', 'aba', false],
  ['a*b*c', 'axbxbxc', true],
  ['a*bb*b', 'abb', false],
  ['*aab', 'aaab', true],
  ['a.c', 'abc', false],
  [String.raw`a\*`, 'ab', false],
  [String.raw`a\*`, 'a*', true],
  ['*', 'anything', true],
])('%s on %s: %s', (value, folded, expected) => {
  expect(matchesText(textMatch(value), folded)).toBe(expected);
});

test.each([
  ['run', 'xrunx', true],
  ['run', 'run', true],
  ['run', 'ru', false],
  ['run*', 'xrunx', true],
  ['*r*n', 'xroonx', true],
  ['n*r', 'xroonx', false],
  [String.raw`r\*`, 'xr*', true],
])('the word %s in %s: %s', (value, folded, expected) => {
  expect(matchesText(pieceMatch(value), folded)).toBe(expected);
});

test.each([
  ['*', true],
  ['**', true],
  ['*a', false],
  [String.raw`\*`, false],
])('%s matches every text: %s', (value, expected) => {
  expect(isAnything(textMatch(value))).toBe(expected);
});

test('patterns match what the same regular expression matches', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
  const value = fc.string({ unit: fc.constantFrom('a', 'b', '*'), minLength: 1, maxLength: 7 });
  fc.assert(
    fc.property(value, letters, (pattern, text) => {
      const expected = new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(text);
      expect(matchesText(textMatch(pattern), text)).toBe(expected);
    }),
    { numRuns: 1000 },
  );
});

test('a literal matches its own text and is no pattern', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(textMatch(literal(text))).toEqual({ kind: 'exact', text: fold(text) });
    }),
  );
});
