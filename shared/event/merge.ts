/**
 * Two arrivals of one event become one. The more trusted source's content stands, whichever came first: who can
 * only push cannot hide, by planting a record first, what the cloud itself reports later.
 */

import { canonical, isBlank } from './canonical.ts';
import { details } from './details.ts';
import {
  FILLABLE,
  SOURCES,
  type Arrival,
  type EventSummary,
  type Fillable,
  type Json,
  type ParsedEvent,
} from './event.ts';
import { parseJson } from './json.ts';

export interface Merged {
  event: ParsedEvent;
  /** Whether `event` differs from the first of the two. */
  changed: boolean;
  /** Whether these two disagree on who acted, from where, with what outcome or request. */
  conflict: boolean;
}

/** Gives the one event of two arrivals with the same id; `first` stands where their sources are trusted alike. */
export function merge(first: ParsedEvent, second: ParsedEvent): Merged {
  const [base, other] = trust(second) < trust(first) ? [second, first] : [first, second];
  const conflict = disagree(base, other);
  const marked = conflict || [first, second].some(({ summary }) => summary.is.includes('conflict'));
  const filled = conflict ? base.summary : fill(base, other);
  const event: ParsedEvent = {
    summary: {
      ...filled,
      seq: Math.max(first.summary.seq, second.summary.seq),
      is: marked && !filled.is.includes('conflict') ? [...filled.is, 'conflict'] : filled.is,
      sources: arrivals(first.summary.sources, second.summary.sources),
    },
    record: base.record,
  };
  const changed = event.record !== first.record || canonical(event.summary) !== canonical(first.summary);
  return { event, changed, conflict };
}

/** Place of the best source in the order of trust: less is better. */
function trust({ summary }: ParsedEvent): number {
  return Math.min(...summary.sources.map(({ source }) => SOURCES.indexOf(source)));
}

function disagree(base: ParsedEvent, other: ParsedEvent): boolean {
  const [a, b] = [base.summary, other.summary];
  return (
    differ(a.operator.id, b.operator.id) ||
    differ(a.ip, b.ip) ||
    a.outcome !== b.outcome ||
    (base.record !== other.record && differ(request(base), request(other)))
  );
}

/** True where both say something and not the same. */
function differ(a: Json, b: Json): boolean {
  return !isBlank(a) && !isBlank(b) && canonical(a) !== canonical(b);
}

function request({ record }: ParsedEvent): Json {
  const parsed = parseJson(record);
  return parsed.ok ? details(parsed.value).request : '';
}

/** Fields that say to which thing and from where: only what we read ourselves may fill them. */
const READ_ONLY: ReadonlySet<Fillable> = new Set(['resources', 'ip']);
const LEAST_READ = SOURCES.indexOf('files');

/**
 * `base` with what it lacks, never who acted: that decides who may see the event. Each field is from the most
 * trusted source that has it, and `filled` says which that is where it is not base's own: so what a push filled
 * gives way to what the cloud says later.
 */
function fill(base: ParsedEvent, other: ParsedEvent): EventSummary {
  const { filled: former = {}, ...summary } = base.summary;
  const filled = new Map(Object.entries(former));
  const values = FILLABLE.flatMap((field) => {
    const value = other.summary[field];
    const [mine, theirs] = [trustIn(base, field), trustIn(other, field)];
    const wanted = isEmpty(summary[field]) || theirs < mine;
    if (!wanted || isEmpty(value) || (READ_ONLY.has(field) && theirs > LEAST_READ)) return [];
    if (theirs > trust(base)) filled.set(field, SOURCES[theirs] ?? 'demo');
    else filled.delete(field);
    return [[field, value]];
  });
  return {
    ...summary,
    ...Object.fromEntries(values),
    time: precise(summary.time, other.summary.time),
    ...(filled.size > 0 && { filled: Object.fromEntries(filled) }),
  };
}

/** Place in the order of trust of the source that a field is from. */
function trustIn(event: ParsedEvent, field: Fillable): number {
  const source = event.summary.filled?.[field];
  return source === undefined ? trust(event) : SOURCES.indexOf(source);
}

function isEmpty(value: EventSummary[Fillable]): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

/** The one that has milliseconds, where both are of one second. */
function precise(base: string, other: string): string {
  return !base.includes('.') && other.startsWith(`${base.slice(0, -1)}.`) ? other : base;
}

/** One arrival per source, the earliest, most trusted source first. */
function arrivals(...lists: Arrival[][]): Arrival[] {
  const all = lists.flat();
  return SOURCES.flatMap((source) =>
    all
      .filter((arrival) => arrival.source === source)
      .toSorted((a, b) => Date.parse(a.received) - Date.parse(b.received))
      .slice(0, 1),
  );
}
