/**
 * The events that a query finds, by column: what every counted answer is counted over.
 *
 * One round trip reads the days of the range and the events that changed since they were folded; those stand in place
 * of their older rows.
 */
import type { Arrival } from '../../shared/api/coverage.ts';
import type { Day, FieldName } from '../../shared/columns/columns.ts';
import { dayOf, type Known, openDay, valueAt } from '../../shared/columns/decode.ts';
import type { Part } from '../../shared/columns/group.ts';
import { rowOf } from '../../shared/columns/row.ts';
import { selector, testOf, type Condition } from '../../shared/columns/select.ts';
import type { ResolvedQuery } from '../../shared/query/query.ts';
import { arrivalsOf, readArrivals } from '../store/coverage.ts';
import {
  dayOfRow,
  daysOf,
  firstRowOfDay,
  groupByDay,
  keyOfRow,
  KEPT_FIELDS,
  readDays,
  rowIdOf,
} from '../store/day-columns.ts';
import { isBehind, readState, stateOf, type FoldState } from '../store/fold.ts';
import { run, type Store } from '../store/meter.ts';
import { readStoredPage } from '../store/read.ts';
import { ABOVE_ALL, secondOfRow } from '../store/rowid.ts';
import { inScope, mayRead, whoseIs, type Accounts, type Scope } from '../store/scope.ts';
import { changedOf, readChanged, type Unfolded, type UnfoldedEvent } from '../store/unfolded.ts';

export interface ScanRequest {
  query: ResolvedQuery;
  scope: Scope;
  /** The fields that rows are looked at for, beside those that the query asks about. */
  fields: readonly FieldName[];
  /** Row id below which to look: `partial.before` of an earlier answer. */
  before?: number | undefined;
}

export interface Scan {
  /** Newest day first. */
  parts: Part[];
  /** Unix second after the newest of the rows; 0 where there are none. Clocks of events may be ahead of ours. */
  end: number;
  /** Of the scope's accounts. */
  arrivals: Arrival[];
  /** Set where that is not all. */
  partial?: PartialScan;
}

export interface PartialScan {
  /** RFC 3339: from here on all was looked at, but for what `reason` says. */
  through: string;
  /** Row id to go on below; 0 where nothing is left to look at. */
  before: number;
  reason: string;
}

/** What of columns one answer reads, in bytes as they are stored: a fraction of a Worker's memory once unpacked. */
const MAX_BYTES = 12_000_000;

/** Changed events that one answer reads, beside what is folded. */
const MAX_CHANGED = 2_000;

/** Events that one answer looks at where no columns say what is asked. */
const MAX_EVENTS = 2_000;

const DAY = 86_400;

/** The rows that the query finds in the scope. */
export async function scan(store: Store, request: ScanRequest): Promise<Scan> {
  const { fields } = selector(request.query);
  return fields.every((name) => KEPT_FIELDS.includes(name))
    ? scanDays(store, request)
    : scanEvents(store, request);
}

async function scanDays(
  store: Store,
  { query: asked, scope, fields, before = ABOVE_ALL }: ScanRequest,
): Promise<Scan> {
  const query = { ...asked, to: Math.min(asked.to ?? Infinity, secondOfRow(before)) };
  const { select, fields: ofQuery } = selector(query);
  const allowed = scope.operators === '*' ? undefined : allowedBy(scope);
  const read = [...new Set([...fields, ...ofQuery, ...(allowed === undefined ? [] : OF_SCOPE)])];
  const [arrived, state, days, ...changes] = await run(store, [
    arrivalsOf(store, scope.accounts),
    stateOf(store),
    daysOf(store, {
      accounts: accountsIn(query, scope),
      first: Math.floor((query.from ?? 0) / DAY),
      last: Math.ceil(query.to / DAY) - 1,
      fields: read,
      bytes: MAX_BYTES,
    }),
    ...changedOf(store, MAX_CHANGED + 1),
  ]);
  const folded = readState(state);
  const changed = readChanged(changes, folded.progress, MAX_CHANGED + 1);
  const { days: kept, unread } = readDays(days, read);
  const changedIds = Map.groupBy(
    changed.events.map(({ rowId }) => rowId),
    (rowId) => dayOfRow(rowId).day,
  );
  const changedDays = daysOfEvents(
    changed.events.filter(
      ({ rowId, whose }) => mayRead(scope.accounts, whose.account) && dayOfRow(rowId).day > unread,
    ),
  );
  // Days say the same over and over: each value is read once.
  const known: Known = {};
  const parts: Part[] = [
    ...kept.map((encoded) => {
      const day = openDay(encoded, known);
      return { day, rows: without(changedIds.get(day.day) ?? [], day, select(day, allowed)) };
    }),
    ...changedDays.map((day) => ({ day, rows: select(day, allowed) })),
  ];
  const partial = partialOf(query, { folded, changed, unread });
  const found = parts.filter(({ rows: selected }) => selected.length > 0);
  return {
    parts: found.toSorted((one, other) => other.day.day - one.day.day),
    end: endOf(found),
    arrivals: readArrivals(arrived),
    ...(partial === undefined ? {} : { partial }),
  };
}

/** The same for queries that no column answers: the events themselves are looked at. */
async function scanEvents(store: Store, { query, scope, before }: ScanRequest): Promise<Scan> {
  const page = await readStoredPage(store, {
    query,
    scope,
    limit: MAX_EVENTS,
    ...(before === undefined ? {} : { before }),
  });
  const found = page.events.map(({ rowId, summary }) => {
    return { rowId, whose: whoseIs(summary), row: rowOf(summary, keyOfRow(rowId)) };
  });
  const { next, through = page.events.at(-1)?.summary.time } = page;
  const parts = daysOfEvents(found).map((day) => ({
    day,
    rows: Uint32Array.from({ length: day.size }, (_, i) => i),
  }));
  return {
    parts,
    end: endOf(parts),
    arrivals: page.arrivals,
    ...(next === undefined || through === undefined
      ? {}
      : { partial: { through, before: next, reason: BOUND } }),
  };
}

function endOf(parts: readonly Part[]): number {
  return parts.reduce(
    (end, { day, rows: [newest = 0] }) => Math.max(end, (day.seconds()[newest] ?? -1) + 1),
    0,
  );
}

/** What the scope looks at. */
const OF_SCOPE = ['operator', 'person'] as const satisfies readonly FieldName[];

/** The scope as a condition on the rows of a day: the same two ways in as `inScope`. */
function allowedBy(scope: Scope): (day: Day) => Condition {
  return (day) => {
    const { account } = day;
    const operator = testOf(day, 'operator', ({ id }) =>
      inScope(scope, { account, operator: id, person: null }),
    );
    const person = testOf(day, 'person', (each) => {
      const id = each?.status === 'exact' ? each.id : undefined;
      return id !== undefined && inScope(scope, { account, operator: id, person: null });
    });
    return { tests: [operator, person], negated: false };
  };
}

/** The accounts whose days can have anything that the query finds in the scope. */
function accountsIn({ terms }: ResolvedQuery, { accounts, operators }: Scope): Accounts {
  const sets = terms.flatMap((term) =>
    term.kind === 'text' && term.key === 'account' && !term.negated
      ? [term.values.flatMap((value) => (value.kind === 'exact' ? [value.text] : []))]
      : [],
  );
  if (accounts !== '*') sets.push([...accounts]);
  if (operators !== '*') sets.push([...new Set(operators.map(({ account }) => account))]);
  const [first, ...others] = sets;
  return first?.filter((id) => others.every((ids) => ids.includes(id))) ?? '*';
}

/** Events as days by column, newest row first. */
function daysOfEvents(events: readonly Pick<UnfoldedEvent, 'rowId' | 'whose' | 'row'>[]): Day[] {
  const newestFirst = events.toSorted((one, other) => other.rowId - one.rowId);
  return groupByDay(newestFirst).map(({ account, day, events: ofDay }) =>
    dayOf(
      account,
      day,
      ofDay.map(({ row }) => row),
    ),
  );
}

/** The rows of a day but for those of some row ids. */
function without(rowIds: readonly number[], day: Day, found: Uint32Array): Uint32Array {
  if (rowIds.length === 0) return found;
  const [ids, seconds, keys] = [new Set(rowIds), day.seconds(), day.keys()];
  return found.filter((row) => !ids.has(rowIdOf({ second: seconds[row] ?? 0, key: valueAt(keys, row) })));
}

const BOUND = 'The search reached the bound of one answer; go on with next.';
const BEING_BUILT = 'Older events are being counted anew; ask again in some minutes.';
const NOT_COUNTED = `More than ${MAX_CHANGED} changes came in just now and are not all counted yet; ask again in a minute.`;

/** What of the question the days and changes that were read leave open. */
function partialOf(
  { from = 0, to = Infinity }: ResolvedQuery,
  { folded, changed, unread }: { folded: FoldState; changed: Unfolded; unread: number },
): PartialScan | undefined {
  if (from >= to) return undefined;
  const above = isBehind(folded) ? ABOVE_ALL : (folded.progress.above ?? 0);
  const built = above === 0 ? 0 : Math.min(secondOfRow(above) + 1, to);
  const open = [
    ...(unread < 0 ? [] : [{ since: (unread + 1) * DAY, reason: BOUND }]),
    ...(built <= from ? [] : [{ since: built, reason: BEING_BUILT }]),
    ...(changed.cut || changed.reached.seq < folded.log.last ? [{ since: from, reason: NOT_COUNTED }] : []),
  ];
  if (open.length === 0) return undefined;
  return {
    through: new Date(Math.max(...open.map(({ since }) => since)) * 1000).toISOString(),
    before: firstRowOfDay(unread + 1),
    reason: open.map(({ reason }) => reason).join(' '),
  };
}
