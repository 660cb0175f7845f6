/**
 * Two arrivals of one event become one. The more trusted source's content stands, whichever came first: who can
 * only push cannot hide, by planting a record first, what the cloud itself reports later.
 */

import { canonical, isBlank } from './canonical.ts';
import { details } from './details.ts';
import {
  SOURCES,
  type Arrival,
  type EventSummary,
  type Json,
  type Operator,
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
  const filled = conflict ? base.summary : fill(base.summary, other.summary);
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

/** `base` with what it lacks. Never who acted: that decides who may see the event. */
function fill(base: EventSummary, other: EventSummary): EventSummary {
  const eventId = base.eventId ?? other.eventId;
  const place = base.place ?? other.place;
  return {
    ...base,
    time: precise(base.time, other.time),
    requestId: base.requestId || other.requestId,
    ...(eventId !== undefined && { eventId }),
    operator: fillOperator(base.operator, other.operator),
    product: base.product || other.product,
    ...((base.title ?? other.title) && { title: { ...other.title, ...base.title } }),
    action: base.action || other.action,
    via: base.via || other.via,
    region: base.region || other.region,
    resources: base.resources.length > 0 ? base.resources : other.resources,
    ip: base.ip || other.ip,
    ...(place !== undefined && { place }),
    agent: base.agent || other.agent,
    tags: base.tags.length > 0 ? base.tags : other.tags,
  };
}

/** How somebody acted may be added to who. */
function fillOperator(base: Operator, other: Operator): Operator {
  const key = base.key ?? other.key;
  const mfa = base.mfa ?? other.mfa;
  return {
    ...base,
    name: base.name || other.name,
    ...(key !== undefined && { key }),
    ...(mfa !== undefined && { mfa }),
  };
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
