import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseQuery } from '../../../shared/query/parse.ts';
import { literal } from '../../../shared/query/pattern.ts';
import { printQuery } from '../../../shared/query/print.ts';
import type { Query, Term } from '../../../shared/query/query.ts';
import { arbitraryQuery } from '../../support/arbitrary-queries.ts';

function read(text: string): Query {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(`${parsed.error.message}: ${text}`);
  return parsed.query;
}

test.each([
  ['', ''],
  ['  PRODUCT:cvm  ', 'product:cvm'],
  ['-outcome:"Failed",DENIED', '-outcome:failed,denied'],
  ['operator:"web-*"', 'operator:web-*'],
  ['operator:"王小明"', 'operator:王小明'],
  ['operator:"王 小明"', 'operator:"王 小明"'],
  ['resource:"a\u3000b"', 'resource:"a\u3000b"'],
  ['resource:"a,b"', 'resource:"a,b"'],
  [String.raw`resource:"a\"b"`, String.raw`resource:"a\"b"`],
  [String.raw`resource:"5\*"`, String.raw`resource:"5\*"`],
  [String.raw`resource:"a\\b"`, String.raw`resource:a\b`],
  [String.raw`resource:a\*`, String.raw`resource:a\*`],
  [String.raw`resource:"a\\*"`, String.raw`resource:a\*`],
  [String.raw`resource:"a \\*"`, String.raw`resource:"a \\*"`],
  ['  Security   "group" ', 'Security group'],
  ['-"security group"', '-"security group"'],
  ['"web",db', 'web,db'],
  ['"a,b"', '"a,b"'],
  ['"product:cvm"', '"product:cvm"'],
  ['"-" a-b', '"-" a-b'],
  ['-"-web"', '-"-web"'],
  ['"web*"', 'web*'],
  [String.raw`"5\*" "a\\b"`, String.raw`"5\*" a\b`],
  [String.raw`"say \"hi\""`, String.raw`"say \"hi\""`],
  ['tag:"env=prod"', 'tag:env=prod'],
  ['IS:Root,"login"', 'is:root,login'],
  ['from:"7d" to:2026-11-22T10:00:00+08:00', 'from:7d to:2026-11-22T10:00:00+08:00'],
])('%j is printed as %j', (text, canonical) => {
  expect(printQuery(read(text))).toBe(canonical);
});

const awkward = fc.constantFrom(
  '*',
  String.raw`\*`,
  '\\',
  '"',
  ',',
  ' ',
  ':',
  '-',
  '\u3000',
  '\n',
  '王',
  'é',
  'e\u0301',
  '😀',
  'A',
);
const piece = fc.oneof(awkward, fc.string({ unit: 'grapheme', maxLength: 5 }));
const anyText = fc
  .array(piece, { minLength: 1, maxLength: 8 })
  .map((pieces) => pieces.join(''))
  .filter((text) => text !== '');
const anyValue = fc
  .array(fc.oneof(anyText, fc.constant('')), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.map(literal).join('*'))
  .filter((value) => value !== '');

const anyTag = fc.tuple(anyText, anyValue).map(([key, value]) => `${literal(key)}=${value}`);

const anyTerm: fc.Arbitrary<Term> = fc.oneof(
  fc.record({
    key: fc.constantFrom('operator', 'person', 'event', 'resource', 'word'),
    negated: fc.boolean(),
    values: fc.array(anyValue, { minLength: 1, maxLength: 4 }),
  }),
  fc.record({
    key: fc.constantFrom('product', 'region', 'request', 'error', 'type', 'key'),
    negated: fc.boolean(),
    values: fc.array(anyText.map(literal), { minLength: 1, maxLength: 4 }),
  }),
  fc.record({
    key: fc.constant('tag'),
    negated: fc.boolean(),
    values: fc.array(anyTag, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    key: fc.constant('outcome'),
    negated: fc.boolean(),
    values: fc.uniqueArray(fc.constantFrom('ok', 'failed', 'denied'), { minLength: 1 }),
  }),
);
const anyRange: fc.Arbitrary<Term[]> = fc.constantFrom<Term[]>(
  [],
  [{ key: 'from', negated: false, values: ['7d'] }],
  [{ key: 'to', negated: false, values: ['2026-11-22 10:00'] }],
);

test('a query that is printed and read is the same query', () => {
  fc.assert(
    fc.property(fc.array(anyTerm, { maxLength: 8 }), anyRange, (terms, range) => {
      const query = { terms: [...terms, ...range] };
      expect(read(printQuery(query))).toEqual(query);
    }),
  );
});

test('a text that is read and printed is canonical, and no longer than it was', () => {
  const spaced = fc.record({ text: arbitraryQuery(), space: fc.constantFrom(' ', '\t ', '\u3000') });
  fc.assert(
    fc.property(spaced, ({ text, space }) => {
      const loose = `${space}${text}${space}`;
      const canonical = printQuery(read(loose));
      expect(canonical.length).toBeLessThan(loose.length);
      expect(printQuery(read(canonical))).toBe(canonical);
    }),
  );
});
