import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { matches } from '../../../shared/query/matches.ts';
import { parseQuery } from '../../../shared/query/parse.ts';
import { printQuery } from '../../../shared/query/print.ts';
import type { Query } from '../../../shared/query/query.ts';
import { resolveQuery } from '../../../shared/query/resolve.ts';
import { widen } from '../../../shared/query/widen.ts';
import { arbitrarySummary } from '../../support/arbitraries.ts';
import { ARBITRARY_CONTEXT, arbitraryQuery } from '../../support/arbitrary-queries.ts';

function read(text: string): Query {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.query;
}

test.each([
  ['', []],
  ['product:cvm', [['product:cvm', null, '']]],
  [
    'action:write ins-1 operator:mei request:abc',
    [
      ['request:abc', null, 'action:write ins-1 operator:mei'],
      ['ins-1', null, 'action:write operator:mei request:abc'],
      ['operator:mei', null, 'action:write ins-1 request:abc'],
      ['action:write', null, 'ins-1 operator:mei request:abc'],
    ],
  ],
  [
    '-action:read from:4h product:cvm',
    [
      ['from:4h', 'from:1d', '-action:read from:1d product:cvm'],
      ['product:cvm', null, '-action:read from:4h'],
      ['-action:read', null, 'from:4h product:cvm'],
    ],
  ],
  ['from:7d', [['from:7d', 'from:30d', 'from:30d']]],
  ['from:90d', [['from:90d', null, '']]],
  [
    'from:2026-11-20 to:1d',
    [
      ['from:2026-11-20', null, 'to:1d'],
      ['to:1d', null, 'from:2026-11-20'],
    ],
  ],
])('%s is widened by its most telling term first', (text, expected) => {
  expect(widen(read(text)).map(({ term, instead, q }) => [term, instead, q])).toEqual(expected);
});

test('at most 8 are told', () => {
  expect(widen(read('a1 b2 c3 d4 e5 f6 g7 h8 i9 j10'))).toHaveLength(8);
});

test('each can be asked, and finds whatever the query finds', () => {
  fc.assert(
    fc.property(arbitraryQuery(), fc.array(arbitrarySummary(), { maxLength: 20 }), (text, events) => {
      const query = read(text);
      const narrow = resolveQuery(query, ARBITRARY_CONTEXT);
      if (!narrow.ok) return;
      for (const { q } of widen(query)) {
        const wide = resolveQuery(read(q), ARBITRARY_CONTEXT);
        expect(printQuery(read(q))).toBe(q);
        if (!wide.ok) throw new Error(q);
        const found = events.filter((event) => matches(narrow.query, event));
        expect(found.filter((event) => matches(wide.query, event))).toEqual(found);
      }
    }),
  );
});
