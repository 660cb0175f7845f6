/** The answers that are asked for, over 90 days. The names are stable: runs are compared by them. */
import { printQuery } from '../../shared/query/print.ts';
import type { FieldTerm } from '../../shared/query/query.ts';
import type { Callers } from './callers.ts';
import { is, type CallerName } from './queries.ts';
import type { Sample } from './sample.ts';

export interface AskedAnswer {
  /** Which answer, and how it is asked: everybody's events, those that one member sees, or one exact term. */
  answer: string;
  variant: string;
  caller: CallerName;
  path: string;
  /** What is sent as JSON; the request is a GET where there is nothing. */
  json?: object;
  /** The query as the API takes it. */
  q: string;
  /** The member of the answer that lists what was found. */
  list: string;
}

const DAYS = 90;
const FROM = `from:${DAYS}d`;
const DAY = 86_400_000;

/** An answer that is counted over whatever a query finds. */
type Counted = readonly [answer: string, route: string, list: string, parameters?: Record<string, string>];

const COUNTED: readonly Counted[] = [
  ['timeline_day', 'timeline', 'timeline', { step: 'day' }],
  ['timeline_hour', 'timeline', 'timeline', { step: 'hour' }],
  facets('operator'),
  facets('event'),
  facets('product'),
  facets('error'),
  facets('ip'),
  facets('resource'),
  ['operators', 'operators', 'operators'],
  ['problems', 'problems', 'problems'],
  ['purchases', 'purchases', 'purchases'],
  ['access', 'access', 'access'],
  ['resources', 'resources', 'resources'],
];

function facets(by: string): Counted {
  return [`facets_${by}`, 'facets', 'facets', { by }];
}

/** Every answer in all its variants; `now` is unix ms. */
export function answersFor(sample: Sample, { one }: Callers, now: number): AskedAnswer[] {
  const terms = {
    product: [is('product', 'cvm')],
    operator: [is('operator', sample.operator.id)],
    denied: [is('outcome', 'denied')],
    event: [is('event', sample.event)],
  };
  const variants: [variant: string, caller: CallerName, terms: FieldTerm[]][] = [
    ['all', 'all', []],
    ['one', 'one', []],
    ...Object.entries(terms).map(([name, each]): [string, CallerName, FieldTerm[]] => [name, 'all', each]),
  ];
  const own = one.scope.operators === '*' ? '' : (one.scope.operators[0]?.id ?? '');
  return [
    ...COUNTED.flatMap((counted) => variants.map((variant) => asking(counted, variant))),
    deeds('all', 'all', sample.operator.id),
    deeds('one', 'one', own),
    deeds('denied', 'all', sample.operator.id, terms.denied),
    ...Object.entries({ all: sample.resource, rare: sample.rareResource }).flatMap(([variant, id]) => [
      about('resource', variant, `/v1/resources/${encodeURIComponent(id)}`, 'operators'),
      about('resource_changes', variant, `/v1/resources/${encodeURIComponent(id)}/changes`, 'changes'),
    ]),
    ...Object.entries(terms).map(([variant, each]) => {
      const query = printQuery({ terms: each });
      const json = { query, from: new Date(now - DAYS * DAY).toISOString() };
      return { ...about('preview', variant, '/v1/rules/preview', 'operators'), json, q: query };
    }),
  ];
}

function asking(
  [answer, route, list, parameters]: Counted,
  [variant, caller, terms]: readonly [variant: string, caller: CallerName, terms: FieldTerm[]],
): AskedAnswer {
  const q = `${printQuery({ terms })} ${FROM}`.trim();
  return {
    answer,
    variant,
    caller,
    list,
    q,
    path: `/v1/${route}?${new URLSearchParams({ q, ...parameters })}`,
  };
}

/** What one operator did. */
function deeds(variant: string, caller: CallerName, id: string, terms: FieldTerm[] = []): AskedAnswer {
  return asking(['operator', `operators/${encodeURIComponent(id)}`, 'operator'], [variant, caller, terms]);
}

/** What takes no query. */
function about(answer: string, variant: string, path: string, list: string): AskedAnswer {
  return { answer, variant, caller: 'all', list, q: '', path };
}
