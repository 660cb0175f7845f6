/** Creates that were called again: a client that got no answer asks once more, with the same token. */
import { boughtOf } from '../../shared/catalogue/bought.ts';
import { valuesAt } from '../../shared/catalogue/values-at.ts';
import { details } from '../../shared/event/details.ts';
import type { EventSummary } from '../../shared/event/event.ts';
import { parseJson, text } from '../../shared/event/json.ts';
import type { StoredEvent } from '../store/event-row.ts';
import { secondOf } from '../store/rowid.ts';
import type { Window } from '../store/windows.ts';

/** A client asks again within this many seconds. */
const AGAIN_SECONDS = 600;

/** What of the time before a page has to be known to tell what its events repeat; none where they cannot. */
export function beforePage(events: readonly EventSummary[]): Window[] {
  const last = events.at(-1);
  if (last === undefined) return [];
  const end = secondOf(last.time);
  const may = events.some((event) => madeBy(event) !== '' && secondOf(event.time) - end <= AGAIN_SECONDS);
  return may ? [{ from: end - AGAIN_SECONDS, to: end }] : [];
}

/**
 * The creates that are one purchase with an earlier one, by their ids, and the id of that one: the same operator
 * called the same with the same client token, and got the same things.
 */
export function repeatsIn(events: readonly StoredEvent[]): Map<string, string> {
  const different = new Map(events.map((event) => [event.rowId, event])).values();
  const alike = Map.groupBy(different, ({ summary }) => madeBy(summary));
  alike.delete('');
  const repeats = new Map<string, string>();
  for (const group of alike.values()) {
    if (group.length === 1) continue;
    for (const [token, calls] of Map.groupBy(group, tokenOf)) {
      const [first, ...others] = calls.toSorted((one, other) => one.rowId - other.rowId);
      if (token === '' || first === undefined) continue;
      for (const { summary } of others) repeats.set(summary.id, first.summary.id);
    }
  }
  return repeats;
}

/** The same for calls that made the same; '' of what makes nothing that it names. */
function madeBy(event: EventSummary): string {
  const ids = event.purchase?.kind === 'create' ? boughtOf(event).map(({ id }) => id) : [];
  if (ids.length === 0) return '';
  return JSON.stringify([event.account, event.operator.id, event.product, event.event, ids.toSorted()]);
}

/** '' where the record has none, or is kept elsewhere. */
function tokenOf({ record }: StoredEvent): string {
  const parsed = record.kind === 'inline' ? parseJson(record.text) : undefined;
  const [token] = parsed?.ok ? valuesAt(details(parsed.value).request, 'ClientToken') : [];
  return token === undefined ? '' : text(token);
}
