/** What to ask instead of a query that finds nothing. */
import { type FieldKey, type RangeKey, WORD } from './keys.ts';
import { printQuery, printTerm } from './print.ts';
import { isRangeTerm, type Query, type RangeTerm, type Term } from './query.ts';
import { readMoment } from './time.ts';

/** One term changed: `instead` stands in its place, null where it is left out. All as text. */
export interface Widening {
  term: string;
  instead: string | null;
  q: string;
}

/** Keys from the one that lets the least through to the one that lets the most. */
const ORDER: readonly (FieldKey | RangeKey)[] = [
  'request',
  'resource',
  WORD,
  'ip',
  'key',
  'error',
  'tag',
  'person',
  'operator',
  'event',
  'from',
  'to',
  'type',
  'product',
  'region',
  'network',
  'via',
  'outcome',
  'is',
  'action',
  'source',
  'account',
];

/** How far back one usually looks, in seconds. */
const PRESETS = [
  { text: '1d', seconds: 86_400 },
  { text: '7d', seconds: 7 * 86_400 },
  { text: '30d', seconds: 30 * 86_400 },
  { text: '90d', seconds: 90 * 86_400 },
];

const MOST = 8;

/**
 * Queries that find more, each by one term: left out, or an age made the next longer preset. What is most likely to
 * have kept everything out comes first; negated terms, which keep out little, come last. At most 8.
 */
export function widen(query: Query): Widening[] {
  return query.terms
    .toSorted((one, other) => rankOf(one) - rankOf(other))
    .slice(0, MOST)
    .map((term) => {
      const longer = isRangeTerm(term) ? longerOf(term) : undefined;
      const terms = query.terms.flatMap((each) => (each === term ? (longer ?? []) : each));
      return {
        term: printTerm(term),
        instead: longer === undefined ? null : printTerm(longer),
        q: printQuery({ terms }),
      };
    });
}

function rankOf({ key, negated }: Term): number {
  return ORDER.indexOf(key) + (negated ? ORDER.length : 0);
}

/** The range with the next longer preset as its age; undefined where it has none, or there is no longer one. */
function longerOf(term: RangeTerm): RangeTerm | undefined {
  const moment = readMoment(term.values[0]);
  if (term.key !== 'from' || moment?.kind !== 'ago') return undefined;
  const preset = PRESETS.find(({ seconds }) => seconds > moment.seconds);
  return preset && { ...term, values: [preset.text] };
}
