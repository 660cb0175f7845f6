/** What came in from where and how far it is read: the coverage of every answer. */
import * as v from 'valibot';
import { GAP_REASONS, type Arrival, type Coverage } from '../../shared/api/coverage.ts';
import { source } from '../../shared/api/parts.ts';
import { isOutage } from './gaps.ts';
import { fromJson, maybeInt, rows, type Row, type Store } from './meter.ts';
import type { Accounts } from './scope.ts';

/** The statement whose result `readArrivals` reads: what came in for these accounts, or all, and what is read for them. */
export function arrivalsOf(store: Store, accounts: Accounts): D1PreparedStatement {
  return store.db.prepare(ARRIVALS).bind(accounts === '*' ? '*' : JSON.stringify(accounts));
}

const ASKED = `(?1 = '*' OR account IN (SELECT value FROM json_each(?1)))`;

/** Gaps that an entry lists. */
const MAX_LISTED = 20;

// What is missing, by what a gap is named by: asked for by name, since what is not there costs nothing then.
const gapsOf = (named: string): string => `(
    SELECT json_group_array(json_object('reason', reason, 'starts', starts, 'ends', ends))
    FROM gap WHERE gap.source = ${named} AND filled IS NULL
  )`;

// Every answer pays for this: put together here each row is read once, joined in SQL it is several times.
const ARRIVALS = `
  SELECT (
    SELECT json_group_array(json_object('account', account, 'source', source, 'received', last_received,
      'newest', newest, 'accepted', accepted, 'duplicate', duplicate, 'conflict', conflict, 'refused', refused,
      'late', late, 'lateTotal', late_total, 'lateLongest', late_longest,
      'gaps', json(${gapsOf("arrival.source || '/' || arrival.account")}))) FROM arrival WHERE ${ASKED}
  ) AS arrivals, (
    SELECT json_group_array(json_object('account', whose.account, 'source', kind, 'seenTo', seen_to,
      'settledTo', settled_to, 'gaps', json(${gapsOf('source.id')})))
    FROM (SELECT account, source FROM source_account WHERE ${ASKED}) AS whose
      CROSS JOIN source ON source.id = whose.source
  ) AS readers, (SELECT since FROM room WHERE only = 1) AS readsSince`;

const account = v.string();
const seconds = v.number();

const gapRow = v.object({ reason: v.picklist(GAP_REASONS), starts: seconds, ends: seconds });
type GapRow = v.InferOutput<typeof gapRow>;

const arrivalRow = v.object({
  account,
  source,
  received: seconds,
  newest: seconds,
  accepted: v.number(),
  duplicate: v.number(),
  conflict: v.number(),
  refused: v.number(),
  late: v.number(),
  lateTotal: seconds,
  lateLongest: seconds,
  /** What was not stored. */
  gaps: v.array(gapRow),
});
type ArrivalRow = v.InferOutput<typeof arrivalRow>;

const readerRow = v.object({
  account,
  source,
  seenTo: v.nullable(seconds),
  settledTo: v.nullable(seconds),
  /** What was not read. */
  gaps: v.array(gapRow),
});
type ReaderRow = v.InferOutput<typeof readerRow>;

/** What came in, and what is read and gave nothing yet: by account, then by source. */
export function readArrivals(result: D1Result | undefined): Arrival[] {
  const [found] = rows(result, readRow);
  if (found === undefined) throw new Error('coverage has no row');
  const { arrivals, readers, readsSince } = found;
  const all = new Map<string, { arrival?: ArrivalRow; readers: ReaderRow[] }>();
  for (const arrival of arrivals) all.set(keyOf(arrival), { arrival, readers: [] });
  for (const reader of readers) {
    const known = all.get(keyOf(reader));
    if (known === undefined) all.set(keyOf(reader), { readers: [reader] });
    else known.readers.push(reader);
  }
  return [...all.values()]
    .flatMap((one) => {
      const whose = one.arrival ?? one.readers[0];
      return whose === undefined ? [] : [{ whose, ...one }];
    })
    .toSorted(({ whose: a }, { whose: b }) => compare(a.account, b.account) || compare(a.source, b.source))
    .map(({ whose, arrival, readers: own }) => ({
      source: whose.source,
      account: whose.account,
      ...marksOf(own),
      ...receivedOf(arrival),
      gaps: missing(arrival?.gaps ?? [], own),
      ...(readsSince === undefined ? {} : { readsSince: isoOf(readsSince) }),
    }));
}

function readRow(row: Row) {
  return {
    arrivals: fromJson(row, 'arrivals', v.array(arrivalRow)),
    readers: fromJson(row, 'readers', v.array(readerRow)),
    readsSince: maybeInt(row, 'readsSince'),
  };
}

function keyOf({ account: whose, source: of }: { account: string; source: string }): string {
  return `${whose}/${of}`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/** Of several readers of the same the slowest counts; none at all are no marks at all. */
function marksOf(readers: readonly ReaderRow[]): Pick<Coverage, 'seenTo' | 'settledTo'> {
  if (readers.length === 0) return {};
  return {
    seenTo: slowest(readers.map(({ seenTo }) => seenTo)),
    settledTo: slowest(readers.map(({ settledTo }) => settledTo)),
  };
}

function slowest(marks: readonly (number | null)[]): string | null {
  const there = marks.filter((mark) => mark !== null);
  return there.length < marks.length ? null : isoOf(Math.min(...there));
}

function receivedOf(arrival: ArrivalRow | undefined): Omit<Arrival, 'source' | 'account' | 'gaps'> {
  const { received, newest = 0, late = 0, lateTotal = 0, lateLongest = 0 } = arrival ?? {};
  return {
    lastReceived: received === undefined ? null : isoOf(received),
    newest: newest === 0 ? null : isoOf(newest),
    late,
    refused: arrival?.refused ?? 0,
    accepted: arrival?.accepted ?? 0,
    duplicate: arrival?.duplicate ?? 0,
    conflict: arrival?.conflict ?? 0,
    lateness: late === 0 ? null : { mean: Math.round(lateTotal / late), longest: lateLongest },
  };
}

/** What was not stored and what was not read, newest first. An outage is read after all, from its start on. */
function missing(unstored: readonly GapRow[], readers: readonly ReaderRow[]): Coverage['gaps'] {
  const unread = readers.flatMap(({ gaps, seenTo }) =>
    gaps.map((gap) => {
      const from = isOutage(gap.reason) ? Math.max(gap.starts, seenTo ?? 0) : gap.starts;
      return { ...gap, starts: Math.min(gap.ends, from) };
    }),
  );
  return [...unstored, ...unread]
    .toSorted((one, other) => other.ends - one.ends || other.starts - one.starts)
    .slice(0, MAX_LISTED)
    .map(({ starts, ends, reason }) => ({ from: isoOf(starts), to: isoOf(ends), reason }));
}

function isoOf(time: number): string {
  return new Date(time * 1000).toISOString();
}

/** What of an arrival everybody may know. */
export function coverageOf(arrival: Arrival): Coverage {
  const { accepted: _a, duplicate: _d, conflict: _c, lateness: _l, lag: _g, ...coverage } = arrival;
  return coverage;
}
