import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../../../shared/event/event.ts';
import { canonical, isBlank } from '../../../shared/event/canonical.ts';
import { isObject, parseJson, readNested, stringify, text } from '../../../shared/event/json.ts';

function parsed(json: string): Json {
  const result = parseJson(json);
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}

test.each([
  '{"uin":4611686018429146108,"small":12}',
  '[-9007199254740993,9007199254740991,1.5]',
  '{"deep":[{"token":16805138109322956}]}',
])('%s comes out as it came in', (json) => {
  expect(stringify(parsed(json))).toBe(json);
});

test('a kept integer is text where text is asked for, and no object', () => {
  const value = parsed('4611686018429146108');
  expect(text(value)).toBe('4611686018429146108');
  expect(isObject(value)).toBe(false);
});

test('any JSON goes through unchanged', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      expect(JSON.parse(stringify(parsed(json)))).toEqual(JSON.parse(json));
    }),
  );
});

test('the reason of a failure holds nothing of the text', () => {
  const result = parseJson('{"password": hunter2}');
  expect(result).toEqual({ ok: false, reason: 'not valid JSON' });
});

test.each([
  ['lists', '['.repeat(100_000) + ']'.repeat(100_000)],
  ['lists with long numbers', `${'['.repeat(100_000)}1234567890123456789${']'.repeat(100_000)}`],
  ['objects', '{"a":'.repeat(100_000)],
])('%s nested 100,000 deep are refused', (_what, json) => {
  expect(parseJson(json)).toEqual({ ok: false, reason: 'nested deeper than 100 levels' });
});

test('brackets inside strings are no nesting', () => {
  const brackets = `${'['.repeat(500)}\\"\\\\`;
  expect(parseJson(`{"a":"${brackets}","b":["${brackets}"]}`).ok).toBe(true);
  expect(parseJson(`[${'[],'.repeat(500)}[]]`).ok).toBe(true);
});

test.each<[Json, string]>([
  ['a', 'a'],
  [0, '0'],
  [true, 'true'],
  [null, ''],
  [{}, ''],
  [[1], ''],
])('the text of %j is %j', (value, expected) => {
  expect(text(value)).toBe(expected);
});

test.each<[Json, Json]>([
  ['{"a":1}', { a: 1 }],
  [' [1]', [1]],
  ['{"a":', '{"a":'],
  ['12', '12'],
  ['"quoted"', '"quoted"'],
  [{ a: '{}' }, { a: '{}' }],
])('%j is read as %j', (value, expected) => {
  expect(readNested(value)).toEqual(expected);
});

test.each<[Json, Json]>([
  [
    { a: 1, b: true },
    { b: 'true', a: '1' },
  ],
  ['{"a":{"c":[1]}}', { a: '{"c": ["1"]}' }],
  [null, ''],
])('%j and %j mean the same', (one, two) => {
  expect(canonical(one)).toBe(canonical(two));
});

test.each<[Json, Json]>([
  [{ a: 1 }, { a: 2 }],
  [
    ['a', 'b'],
    ['b', 'a'],
  ],
  [['a,b'], ['a', 'b']],
  [{ a: '' }, {}],
])('%j and %j do not', (one, two) => {
  expect(canonical(one)).not.toBe(canonical(two));
});

test('nothing, and the empty text, object and list say nothing', () => {
  expect([null, '', {}, [], '{}', { a: '' }, 0].map(isBlank)).toEqual([
    true,
    true,
    true,
    true,
    true,
    false,
    false,
  ]);
});
