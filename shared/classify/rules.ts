/** Which rules find an event, without asking every rule. */
import type { EventSummary } from '../event/event.ts';
import { fold } from '../query/fold.ts';
import { matches } from '../query/matches.ts';
import type { SensitiveRule } from './classification.ts';

/**
 * Gives what finds the ids of the rules that an event answers, in the order of the rules. Most rules name the
 * actions they are about: those are only asked about events of these names.
 */
export function ruleFinder(rules: readonly SensitiveRule[]): (event: EventSummary) => string[] {
  const named = new Map<string, Placed[]>();
  const others: Placed[] = [];
  rules.forEach((rule, place) => {
    const names = namesOf(rule);
    if (names === undefined) others.push({ rule, place });
    for (const name of names ?? []) named.set(name, [...(named.get(name) ?? []), { rule, place }]);
  });
  return (event) => {
    const asked = [...(named.get(fold(event.event)) ?? []), ...others];
    return asked
      .filter(({ rule }) => matches(rule.query, event))
      .toSorted((one, other) => one.place - other.place)
      .map(({ rule }) => rule.id);
  };
}

interface Placed {
  rule: SensitiveRule;
  place: number;
}

/** The folded event names of which an event must have one, where the rule says so without a star. */
function namesOf({ query }: SensitiveRule): Set<string> | undefined {
  for (const term of query.terms) {
    if (term.kind !== 'text' || term.key !== 'event' || term.negated) continue;
    const names = term.values.flatMap((value) => (value.kind === 'exact' ? [value.text] : []));
    if (names.length === term.values.length) return new Set(names);
  }
  return undefined;
}
