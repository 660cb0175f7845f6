/** The writes to one resource: those that a page may show, and older ones that tell what was before. */
import type { Arrival } from '../../shared/api/coverage.ts';
import type { StoredEvent } from '../store/event-row.ts';
import type { Store } from '../store/meter.ts';
import { readResourceEvents, type Choice, type CutFound } from '../store/resource-events.ts';
import { ABOVE_ALL, secondOfRow } from '../store/rowid.ts';
import { distinct, type ResourceAsked } from './resource.ts';

/** Which writes are wanted. */
export type WritesAsked = Omit<ResourceAsked, 'apart'>;

/** A stretch of all the writes that name the id, whether wanted or not. Events are newest first. */
export interface WritesFound {
  writes: StoredEvent[];
  /** The same and others: what tells which resources have the id. */
  naming: StoredEvent[];
  /** Wanted writes have row ids below `below`; those from `floor` on may be shown. */
  below: number;
  /** 0 where none that is wanted is older. */
  floor: number;
  /** True where there are older writes than these. */
  bounded: boolean;
  arrivals: Arrival[];
}

/** Writes that one answer goes back to: what fits into memory at once. */
const MAX_WRITES = 1_000;
/** Of those, where there are more, so many may be shown; the others are left to tell what was before. */
const MAX_SHOWN = MAX_WRITES / 2;
/** Writes of one second that are looked at beside a page. */
const BESIDE = 50;
/** Events of any kind that tell which resources have the id. */
const NAMING = 200;
/** Writes that the index gives for the query, looked at to find the newest wanted one. */
const SIGHTED = 20;

const WRITES: Choice = { kind: 'choice', key: 'action', negated: false, values: ['write'] };

/**
 * Reads the newest stretch of writes with wanted ones. A query narrows what is wanted, never what is read to tell what
 * was before. One round trip; one more where all that is wanted is far older than the newest writes.
 */
export async function readWrites(store: Store, asked: WritesAsked): Promise<WritesFound> {
  const newest = await readStretch(store, asked, asked.before ?? ABOVE_ALL);
  const { sight } = newest;
  if (sight === undefined) return { ...newest, floor: 0 };
  if (sight > newest.floor) return newest;
  const older = await readStretch(store, asked, sight);
  // Which resource the id means does not depend on what is asked of it.
  return { ...older, naming: distinct([...newest.naming, ...older.naming]) };
}

interface Stretch extends WritesFound {
  /** Row id below which all wanted writes are; absent where there are none. */
  sight?: number;
}

async function readStretch(store: Store, { id, scope, query }: WritesAsked, below: number): Promise<Stretch> {
  // Whether others wrote in the second of a page's first event bears on how sure their order is.
  const second = secondOfRow(below - 1);
  const {
    cuts: [writes, beside, wanted, naming],
    arrivals,
  } = await readResourceEvents(store, { scope, id }, [
    { order: 'newest', query: { terms: [WRITES] }, before: below, limit: MAX_WRITES },
    { order: 'newest', query: { from: second, to: second + 1, terms: [WRITES] }, limit: BESIDE },
    {
      order: 'newest',
      query: { ...query, terms: [WRITES, ...query.terms] },
      before: below,
      limit: SIGHTED,
    },
    { order: 'newest', query: { terms: [] }, limit: NAMING },
  ]);
  const all = distinct([...writes.events, ...beside.events]);
  const sight = sightOf(wanted);
  return {
    writes: all,
    naming: distinct([...all, ...naming.events]),
    floor: writes.end === undefined ? 0 : (writes.events[MAX_SHOWN - 1]?.rowId ?? writes.end),
    below,
    bounded: writes.end !== undefined,
    ...(sight === undefined ? {} : { sight }),
    arrivals,
  };
}

function sightOf({ events: [newest], end }: CutFound): number | undefined {
  return newest === undefined ? end : newest.rowId + 1;
}
