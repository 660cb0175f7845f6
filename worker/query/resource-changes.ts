/** How one resource was changed, write by write. */
import type { Arrival } from '../../shared/api/coverage.ts';
import type { ResourceChanges } from '../../shared/api/resources.ts';
import type { SettingChange } from '../../shared/changes/change.ts';
import type { Target, Write } from '../../shared/changes/effect.ts';
import type { Limits } from '../../shared/changes/sureness.ts';
import { changesOf } from '../../shared/changes/timeline.ts';
import { details } from '../../shared/event/details.ts';
import type { EventSummary } from '../../shared/event/event.ts';
import { parseJson } from '../../shared/event/json.ts';
import { matches } from '../../shared/query/matches.ts';
import type { StoredEvent } from '../store/event-row.ts';
import type { Store } from '../store/meter.ts';
import { loadRecord } from '../store/records.ts';
import { firstRowId, secondOf, secondOfRow } from '../store/rowid.ts';
import { namesakes, summaryOf, type Resolved, type ResourceAsked } from './resource.ts';
import { identitiesOf } from './resource-identity.ts';
import { readWrites } from './resource-writes.ts';

export interface ChangesAsked extends ResourceAsked {
  limit: number;
}

export type ChangesFound = Resolved<{
  kind: 'found';
  page: Pick<ResourceChanges, 'resource' | 'changes'>;
  /** Row id below which the next page begins. */
  next?: number;
  /** Set where the page is not full and yet not the last. */
  partial?: { through: string; reason: string };
  arrivals: Arrival[];
}>;

/** Settings that are told of one write. */
const MAX_SETTINGS = 200;

const BOUND = 'Only so many writes are looked at for one answer; go on with next.';

/**
 * A page of the writes to a resource that the query finds, newest first, with what each set. What was before is told
 * from all of its writes. At most two round trips to the database.
 */
export async function changesToResource(
  store: Store,
  objects: R2Bucket,
  { limit, apart, ...asked }: ChangesAsked,
): Promise<ChangesFound> {
  const { id, scope, query } = asked;
  const { writes, naming, below, floor, bounded, arrivals } = await readWrites(store, asked);
  const [found, ...others] = identitiesOf(id, naming, { summaryOf, apart });
  if (found === undefined) return { kind: 'unknown' };
  if (others.length > 0) return { kind: 'ambiguous', resources: namesakes([found, ...others]), arrivals };

  const { resource, types, events } = found;
  const own = new Set(events.map(({ rowId }) => rowId));
  const theirs = writes.filter(({ rowId }) => own.has(rowId));
  const wanted = theirs.filter(
    ({ rowId, summary }) => rowId >= floor && rowId < below && matches(query, summary),
  );
  const shown = wanted.slice(0, limit);
  const settings = await settingsOf(objects, theirs, shown, {
    target: { id: resource.id, types },
    gaps: gapsOf(arrivals, resource.account),
    bounded,
    hidden: scope.operators !== '*',
  });
  const changes = shown.map(({ rowId, summary }) => changeOf(summary, settings.get(rowId) ?? []));
  return { kind: 'found', page: { resource, changes }, ...restOf({ wanted, limit, floor, query }), arrivals };
}

type Rest = Pick<Extract<ChangesFound, { kind: 'found' }>, 'next' | 'partial'>;

/** Where the next page begins, and why this one ends before it is full. */
function restOf({
  wanted,
  limit,
  floor,
  query: { from = 0 },
}: Pick<ChangesAsked, 'limit' | 'query'> & { wanted: readonly StoredEvent[]; floor: number }): Rest {
  const last = wanted[limit - 1];
  if (last !== undefined && wanted.length > limit) return { next: last.rowId };
  if (floor <= firstRowId(from)) return {};
  if (last !== undefined) return { next: floor };
  const through = new Date(secondOfRow(floor) * 1000).toISOString();
  return { next: floor, partial: { through, reason: BOUND } };
}

/** What the shown writes set, by row id. `theirs` are all writes to the resource; both newest first. */
async function settingsOf(
  objects: R2Bucket,
  theirs: readonly StoredEvent[],
  shown: readonly StoredEvent[],
  { target, ...limits }: Omit<Limits, 'compared'> & { target: Target },
): Promise<Map<number, SettingChange[]>> {
  const [first, last] = [shown[0], shown.at(-1)];
  if (first === undefined || last === undefined) return new Map();
  // Nothing that is newer bears on them, but for what was written in the same second.
  const newest = secondOfRow(first.rowId);
  const bearing = theirs.filter(({ rowId }) => secondOfRow(rowId) <= newest);
  const compared = bearing.filter(({ rowId }) => rowId >= last.rowId).length;
  const settings = changesOf(await writesOf(objects, bearing), target, { ...limits, compared });
  return new Map(bearing.map(({ rowId }, i) => [rowId, settings[i] ?? []]));
}

function changeOf(event: EventSummary, settings: SettingChange[]) {
  const more = settings.length - MAX_SETTINGS;
  return { event, settings: settings.slice(0, MAX_SETTINGS), ...(more > 0 ? { more } : {}) };
}

function gapsOf(arrivals: readonly Arrival[], of: string): Limits['gaps'] {
  return arrivals
    .filter(({ account }) => account === of)
    .flatMap(({ gaps }) => gaps.map(({ from, to }) => ({ from: secondOf(from), to: secondOf(to) })));
}

/** Long records that one answer loads; writes with others count as unreadable. */
const MAX_OBJECTS = 30;

async function writesOf(objects: R2Bucket, events: readonly StoredEvent[]): Promise<Write[]> {
  const writes: Write[] = [];
  let loaded = 0;
  for (const event of events) {
    if (event.record.kind === 'object') loaded += 1;
    writes.push(await writeOf(objects, event, loaded <= MAX_OBJECTS || event.record.kind === 'inline'));
  }
  return writes;
}

async function writeOf(
  objects: R2Bucket,
  { rowId, summary, record }: StoredEvent,
  load: boolean,
): Promise<Write> {
  const write = { ...summary, second: secondOfRow(rowId) };
  if (!load) return { ...write, request: null, response: null };
  const read = parseJson(await loadRecord(objects, record));
  if (!read.ok) throw new Error('a stored record is no JSON');
  return { ...write, ...details(read.value) };
}
