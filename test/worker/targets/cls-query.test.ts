import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { matches } from '../../../shared/query/matches.ts';
import { parseQuery } from '../../../shared/query/parse.ts';
import { resolveQuery } from '../../../shared/query/resolve.ts';
import { readStoredQuery } from '../../../shared/query/stored.ts';
import { clsQuery } from '../../../worker/tracks/targets/cls-query.ts';
import { TERMS, termsOf } from '../../../worker/tracks/targets/cls-terms.ts';
import { arbitrarySummary } from '../../support/arbitraries.ts';
import { ARBITRARY_CONTEXT, arbitraryTerm } from '../../support/arbitrary-queries.ts';
import { isFound } from '../../support/cls-search.ts';
import { printQuery } from '../../../shared/query/print.ts';
import { size } from '../../support/size.ts';

function said(text: string) {
  const read = readStoredQuery(text, 'a policy');
  if (!read.ok) throw new Error(read.error.message);
  return clsQuery(read.query);
}

test('what CLS can say finds what the query language finds', async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(arbitraryTerm(), { maxLength: 3 }),
      fc.array(arbitrarySummary()),
      async (terms, events) => {
        const parsed = parseQuery(printQuery({ terms }));
        if (!parsed.ok) throw new Error(parsed.error.message);
        const resolved = resolveQuery(parsed.query, ARBITRARY_CONTEXT);
        if (!resolved.ok) throw new Error(resolved.error.message);
        const search = clsQuery(resolved.query);
        if (!search.ok || search.text === '') return;
        for (const event of events) {
          const fields = { all: 'yes', [TERMS]: termsOf(event).join(' ') };
          expect(isFound(`all:"yes" AND ${search.text}`, fields)).toBe(matches(resolved.query, event));
          compared += 1;
        }
      },
    ),
    { numRuns: size(500, 20_000) },
  );
  expect(compared).toBeGreaterThan(500);
});

test.each([
  ['', ''],
  ['product:cvm', '(sidetrail_terms:"product_cvm")'],
  [
    'product:cvm,cbs -action:read',
    '(sidetrail_terms:"product_cvm" OR sidetrail_terms:"product_cbs") AND NOT (sidetrail_terms:"action_read")',
  ],
  ['event:Run*', '(sidetrail_terms:event_run*)'],
  ['event:*', '(sidetrail_terms:event_*)'],
  ['resource:"a b"', '(sidetrail_terms:"resource_a_0020b")'],
  ['region:ap-guangzhou', '(sidetrail_terms:"region_ap-guangzhou")'],
  [
    'operator:web-deploy',
    '(sidetrail_terms:"operator_web-deploy" OR sidetrail_terms:"operatorid_web-deploy")',
  ],
  ['operator:*', '(sidetrail_terms:operator_* OR sidetrail_terms:operatorid_*)'],
  ['ip:10.0.0.0/8', '(sidetrail_terms:ip4_10.*)'],
  ['ip:10.1.2.3', '(sidetrail_terms:"ip4_10.1.2.3")'],
  ['ip:0.0.0.0/0', '(sidetrail_terms:ip4_*)'],
  ['ip:2001:db8::/32', '(sidetrail_terms:ip6_20010db8*)'],
])('%j is %j', (text, search) => {
  expect(said(text)).toEqual({ ok: true, text: search });
});

test.each([
  ['cvm', 'a word without a key'],
  ['event:*Instances', 'event: CLS finds a * at the end'],
  ['event:Run*s', 'event: CLS finds a * at the end'],
  ['operator:*deploy', 'operator: CLS finds a * at the end'],
  ['ip:10.0.0.0/12', 'ip:10.0.0.0/12: CLS finds networks of /8, /16 and /24'],
  ['ip:2001:db8::/33', 'ip:2001:db8::/33: CLS finds networks'],
])('%s is refused, and it is said why', (text, reason) => {
  expect(said(text)).toEqual({ ok: false, reason: expect.stringContaining(reason) });
});

test('a query with a time, and one that is too long for CLS, are refused', () => {
  expect(clsQuery({ from: 1, terms: [] })).toMatchObject({ ok: false });
  const values = Array.from({ length: 300 }, (_, i) => ({
    kind: 'exact' as const,
    text: `a-rather-long-name-${i}`,
  }));
  const terms = [{ kind: 'text' as const, key: 'resource' as const, negated: false, values }];
  expect(clsQuery({ terms })).toEqual({ ok: false, reason: 'the query is too long for CLS' });
});
