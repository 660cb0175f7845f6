/** Events merged into what is kept of their days. */
import type { Row } from '../../shared/columns/columns.ts';
import { openDay, rowsOf } from '../../shared/columns/decode.ts';
import {
  bindParts,
  dayOfRow,
  groupByDay,
  rowIdOf,
  type BoundPart,
  type Span,
  type StoredPart,
} from '../store/day-columns.ts';
import type { SeenOperator } from '../store/operators.ts';
import type { UnfoldedEvent } from '../store/unfolded.ts';

/** Events of one account and day, and the stretch of the day that they are in. */
export interface EventsOfDay {
  span: Span;
  events: UnfoldedEvent[];
}

/** Events by account and day, in the order in which the days first occur. */
export function eventsByDay(events: readonly UnfoldedEvent[]): EventsOfDay[] {
  return groupByDay(events).map(({ account, day, events: ofDay }) => {
    const places = ofDay.map(placeOf);
    const span = { account, day, low: Math.min(...places), high: Math.max(...places) };
    return { span, events: ofDay };
  });
}

/** The parts that change, as they are with the events in them. `parts` are those that the span lies in. */
export function mergeDay({ span, events }: EventsOfDay, parts: readonly StoredPart[]): BoundPart[] {
  const kept: readonly Partial<StoredPart>[] = parts.length === 0 ? [{}] : parts;
  return kept.flatMap(({ part = 0, encoded }, i) => {
    const end = kept[i + 1]?.part ?? Infinity;
    const own = events.filter((event) => part <= placeOf(event) && placeOf(event) < end);
    if (own.length === 0) return [];
    const rows = encoded === undefined ? [] : rowsOf(openDay(encoded));
    return [...bindParts(span.account, span.day, part, merge(rows, own))];
  });
}

/** The rows with those of the events in place of older ones, newest first. */
function merge(rows: readonly Row[], events: readonly UnfoldedEvent[]): Row[] {
  const byId = new Map(rows.map((row) => [rowIdOf(row), row]));
  for (const { rowId, row } of events) byId.set(rowId, row);
  return [...byId].toSorted(([one], [other]) => other - one).map(([, row]) => row);
}

function placeOf({ rowId }: UnfoldedEvent): number {
  return dayOfRow(rowId).place;
}

/** Who acted in the events, as the newest of each shows them. */
export function operatorsIn(events: readonly UnfoldedEvent[]): SeenOperator[] {
  const seen = new Map<string, SeenOperator>();
  for (const { rowId, whose, row } of events) {
    const { account } = whose;
    const { id, name, type } = row.fields.operator;
    if (id === '') continue;
    const place = `${account}/${id}`;
    const known = seen.get(place) ?? { account, id, name: '', named: 0, type, first: rowId, last: rowId };
    seen.set(place, {
      ...known,
      // Records of somebody who was deleted have the id in the place of the name.
      ...(name !== '' && name !== id && rowId >= known.named ? { name, named: rowId } : {}),
      ...(rowId >= known.last ? { type } : {}),
      first: Math.min(known.first, rowId),
      last: Math.max(known.last, rowId),
    });
  }
  return [...seen.values()];
}
