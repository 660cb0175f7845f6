/**
 * What an event is: purchase, change, sensitive, and whether it came from inside. Decided from the event and the
 * present rules, networks and catalogues, and decided anew when one of them changes: the same event, classified
 * by whatever came before, gives the same.
 */
import { isChange } from '../catalogue/change.ts';
import { factsOf, purchaseOf } from '../catalogue/purchase.ts';
import { MARKS, type EventSummary, type Mark } from '../event/event.ts';
import type { Classifiable, Classification, Classifier } from './classification.ts';
import { networkTeller } from './network.ts';
import { RECORD } from './reason.ts';
import { ruleFinder } from './rules.ts';

/** Marks that are decided here; the others are the parser's and the merge's. */
const DECIDED: ReadonlySet<Mark> = new Set(['purchase', 'change', 'sensitive']);

/** Makes a classification ready for many events. */
export function classifier({ version, rules, networks }: Classification): Classifier {
  const networkOf = networkTeller(networks);
  const findRules = ruleFinder(rules);
  return {
    version,
    classify(event) {
      const { summary } = event;
      const purchase = mayCost(summary) ? purchaseOf(callOf(event)) : undefined;
      const own = saysSo(summary) ? [RECORD] : [];
      const { purchase: _before, sensitive: _reasons, ...rest } = summary;
      // What rules see: all of it but what they decide.
      const seen: EventSummary = {
        ...rest,
        network: networkOf(summary),
        is: marksOf(summary, {
          purchase: purchase !== undefined,
          change: isChange(summary),
          sensitive: own.length > 0,
        }),
        ...(purchase && { purchase }),
        classified: version,
      };
      const sensitive = [...own, ...findRules(seen)];
      if (sensitive.length === 0) return seen;
      const is = seen.is.includes('sensitive') ? seen.is : inOrder([...seen.is, 'sensitive']);
      return { ...seen, is, sensitive };
    },
  };
}

/** Classifies one event. */
export function classify(event: Classifiable, rules: Classification): EventSummary {
  return classifier(rules).classify(event);
}

/** Whether two summaries of one event say the same about what it is; which version said so is left aside. */
export function classifiedAlike(one: EventSummary, other: EventSummary): boolean {
  return saidOf(one) === saidOf(other);
}

function saidOf({ is, sensitive, purchase, network }: EventSummary): string {
  return JSON.stringify([inOrder(is), sensitive ?? null, purchase ?? null, network]);
}

/** Whether an event is told by its parameters too. Most are not: reads that nobody pays for. */
export function mayCost({ product, event, action, outcome }: EventSummary): boolean {
  return outcome === 'ok' && (action === 'write' || factsOf(product, event) !== undefined);
}

function callOf({ summary, request, response }: Classifiable): Parameters<typeof purchaseOf>[0] {
  const { product, event, action, outcome } = summary;
  return { product, event, action, outcome, request, response };
}

/** Whether the record itself calls the event sensitive. A summary without reasons was made before there were rules. */
function saysSo({ is, sensitive }: EventSummary): boolean {
  return sensitive === undefined ? is.includes('sensitive') : sensitive.includes(RECORD);
}

function marksOf({ is }: EventSummary, decided: { [M in Mark]?: boolean }): Mark[] {
  return inOrder([...is.filter((mark) => !DECIDED.has(mark)), ...MARKS.filter((mark) => decided[mark])]);
}

function inOrder(marks: readonly Mark[]): Mark[] {
  return MARKS.filter((mark) => marks.includes(mark));
}
