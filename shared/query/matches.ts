import type { EventSummary, Operator } from '../event/event.ts';
import { contains, parseAddress } from './address.ts';
import { fold } from './fold.ts';
import { matchesText } from './pattern.ts';
import type { OperatorMatch, ResolvedQuery, ResolvedTerm, TextKey } from './query.ts';

type Texts = readonly (string | undefined)[];

/** The fields that a text key asks about. */
const TEXTS: { [K in TextKey]: (event: EventSummary) => Texts } = {
  account: (event) => [event.account],
  event: (event) => [event.event],
  product: (event) => [event.product],
  resource: (event) => event.resources.flatMap((resource) => [resource.id, resource.name]),
  region: (event) => [event.region],
  error: (event) => [event.error?.code],
  request: (event) => [event.requestId, event.eventId],
};

/**
 * Whether the event answers the query: what every store, cache and stored rule must agree with.
 * Texts are compared folded. A field that is absent or empty has no value, so not even `*` finds it.
 */
export function matches(query: ResolvedQuery, event: EventSummary): boolean {
  return inRange(query, event) && query.terms.every((term) => holds(term, event) !== term.negated);
}

function inRange({ from, to }: ResolvedQuery, event: EventSummary): boolean {
  if (from === undefined && to === undefined) return true;
  const second = Math.floor(Date.parse(event.time) / 1000);
  return (from === undefined || from <= second) && (to === undefined || second < to);
}

/** Whether any value of the term holds, negation aside. */
function holds(term: ResolvedTerm, event: EventSummary): boolean {
  if (term.key === 'operator') return holdsOperator(term.values, event.operator);
  if (term.key === 'action') return term.values.some((action) => action === event.action);
  if (term.key === 'outcome') return term.values.includes(event.outcome);
  if (term.key === 'ip') {
    const address = parseAddress(event.ip);
    return address !== undefined && term.values.some((network) => contains(network, address));
  }
  const texts = present(TEXTS[term.key](event));
  return term.values.some((value) => texts.some((text) => matchesText(value, text)));
}

function holdsOperator(values: readonly OperatorMatch[], operator: Operator): boolean {
  const id = fold(operator.id);
  const names = present([operator.name]);
  return values.some(
    (value) => value.ids.includes(id) || names.some((name) => matchesText(value.name, name)),
  );
}

function present(texts: Texts): string[] {
  return texts.flatMap((text) => (text ? [fold(text)] : []));
}
