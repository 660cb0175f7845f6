import { expect, test } from 'vitest';
import { nearest } from '../../../shared/query/suggest.ts';

const WORDS = [
  'account',
  'operator',
  'event',
  'product',
  'resource',
  'region',
  'ip',
  'request',
  'failed',
  'denied',
];

test.each([
  ['prodct', 'product'],
  ['PRODUCTS', 'product'],
  ['evnet', 'event'],
  ['operater', 'operator'],
  ['op', 'operator'],
  ['acc', 'account'],
  ['fail', 'failed'],
  ['failure', 'failed'],
  ['deny', 'denied'],
  ['reqest', 'request'],
  ['x', undefined],
  ['id', undefined],
  ['e', undefined],
  ['', undefined],
  ['colour', undefined],
])('%s suggests %s', (word, expected) => {
  expect(nearest(word, WORDS)).toBe(expected);
});
