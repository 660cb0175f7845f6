import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { differencesOf } from '../../../shared/changes/difference.ts';
import { hasSecret, meaningOf } from '../../../shared/changes/meaning.ts';
import type { Json } from '../../../shared/event/event.ts';

test.each<[string, Json, Json, string?]>([
  ['a number and its text', 50, '50'],
  ['true and its text', true, 'true'],
  ['fractions', 0.5, '0.5'],
  ['keys in another order', { A: 1, B: [1, 2] }, { B: [1, 2], A: 1 }],
  ['ids in another order', ['sg-1', 'sg-2'], ['sg-2', 'sg-1'], 'SecurityGroupIds'],
  ['a document and another way to write it', '{"a": [1, 2]}', '{ "A": ["2", "1"] }'],
  ['a percent-encoded document', '%7B%22a%22%3A1%7D', '{"a":1}'],
  ['one entry and a list of it, in a document', '{"action":"*"}', '{"action":["*"]}'],
  ['a protocol in another case', { Protocol: 'TCP' }, { Protocol: 'tcp' }],
  [
    'a rule with another description',
    [{ Port: '22', PolicyDescription: 'a' }],
    [{ Port: 22 }],
    'Set.Ingress',
  ],
])('%s mean the same', (_, one, other, field) => {
  expect(meaningOf(one, field)).toBe(meaningOf(other, field));
});

test.each<[string, Json, Json, string?]>([
  ['a number with a zero before it', '7', '07'],
  ['ids past 2^53', '46116860184273879', '46116860184273880'],
  ['nothing and no text', null, ''],
  ['text in another case', 'Web', 'web'],
  ['a list in another order', [1, 2], [2, 1], 'Steps'],
  ['keys in another case, outside a document', { a: 1 }, { A: 1 }],
  ['rules for other ports', [{ Port: '22' }], [{ Port: '23' }], 'Set.Egress'],
  ['a text and a list', '["a"', ['a']],
])('%s do not mean the same', (_, one, other, field) => {
  expect(meaningOf(one, field)).not.toBe(meaningOf(other, field));
});

test.each<[Json, boolean]>([
  ['«redacted:password»', true],
  [{ a: ['x', '«redacted:token» and more'] }, true],
  ['«no marker»', false],
  [null, false],
])('%j holds a secret: %s', (value, expected) => {
  expect(hasSecret(value)).toBe(expected);
});

const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('Action', 'Ids', 'Ingress', 'Name', '__proto__', 'x'), tie('value')),
  ),
})).value;

test('values that mean the same differ nowhere, others somewhere', () => {
  fc.assert(
    fc.property(json, json, (one, other) => {
      expect(differencesOf(one, one)).toEqual([]);
      const differ = differencesOf(one, other).length > 0;
      expect(differ).toBe(meaningOf(one) !== meaningOf(other));
    }),
    { numRuns: 500 },
  );
});

test.each<[string, Json, Json, object[]]>([
  [
    'an entry that took the place of another',
    { Tags: [{ k: 1, v: 2 }] },
    { Tags: [{ k: 1, v: 3 }] },
    [{ path: 'Tags.v', kind: 'modified', before: 2, after: 3 }],
  ],
  ['what came', { a: 1 }, { a: 1, b: { c: 2 } }, [{ path: 'b', kind: 'added', after: { c: 2 } }]],
  ['what went', { a: 1, b: null }, { a: 1 }, [{ path: 'b', kind: 'removed', before: null }]],
  [
    'a document in a text',
    { Policy: '{"effect":"allow","action":"a"}' },
    { Policy: '{"effect":"deny","action":["a","b"]}' },
    [
      { path: 'Policy.effect', kind: 'modified', before: 'allow', after: 'deny' },
      { path: 'Policy.action', kind: 'added', after: 'b' },
    ],
  ],
  [
    'an ordered list as one',
    { Steps: [1, 2] },
    { Steps: [2] },
    [{ path: 'Steps', kind: 'modified', before: [1, 2], after: [2] }],
  ],
])('a difference tells %s', (_, before, after, expected) => {
  expect(differencesOf(before, after)).toEqual(expected);
});
