/** How one resource was changed, write by write. */
import type { Arrival } from '../../shared/api/coverage.ts';
import type { ResourceChanges } from '../../shared/api/resources.ts';
import type { SettingChange } from '../../shared/changes/change.ts';
import type { Write } from '../../shared/changes/effect.ts';
import type { Limits } from '../../shared/changes/sureness.ts';
import { changesOf } from '../../shared/changes/timeline.ts';
import { details } from '../../shared/event/details.ts';
import type { EventSummary } from '../../shared/event/event.ts';
import { parseJson } from '../../shared/event/json.ts';
import type { ResolvedTerm } from '../../shared/query/query.ts';
import type { StoredEvent } from '../store/event-row.ts';
import type { Store } from '../store/meter.ts';
import { loadRecord } from '../store/records.ts';
import { readResourceEvents } from '../store/resource-events.ts';
import { firstRowId, secondOf, secondOfRow } from '../store/rowid.ts';
import { distinct, namesakes, summaryOf, type Resolved, type ResourceAsked } from './resource.ts';
import { identitiesOf } from './resource-identity.ts';

export interface ChangesAsked extends ResourceAsked {
  /** Row id below which to begin. */
  before?: number | undefined;
  limit: number;
}

export type ChangesFound = Resolved<{
  kind: 'found';
  page: Pick<ResourceChanges, 'resource' | 'changes'>;
  /** Row id below which the next page begins. */
  next?: number;
  arrivals: Arrival[];
}>;

/** Writes that one answer goes back to, to tell what was before: what fits into memory at once. */
const MAX_WRITES = 1_000;
/** Settings that are told of one write. */
const MAX_SETTINGS = 200;
/** Writes of one second that are looked at beside a page. */
const BESIDE = 50;
/** Events of any kind that tell which resources have the id. */
const NAMING = 200;

const WRITES: ResolvedTerm = { kind: 'choice', key: 'action', negated: false, values: ['write'] };

/** A page of the writes to a resource, newest first, with what each set. One round trip to the database. */
export async function changesToResource(
  store: Store,
  objects: R2Bucket,
  { id, scope, apart, before, limit }: ChangesAsked,
): Promise<ChangesFound> {
  const {
    cuts: [writes, beside, naming],
    arrivals,
  } = await readResourceEvents(store, { scope, id }, [
    { terms: [WRITES], order: 'newest', before, limit: MAX_WRITES },
    // Whether others wrote in the second of a page's first event bears on how sure their order is.
    { terms: [WRITES], order: 'newest', before: endOfSecond(before), limit: BESIDE },
    { terms: [], order: 'newest', limit: NAMING },
  ]);
  const all = distinct([...writes.events, ...beside.events, ...naming.events]);
  const [found, ...others] = identitiesOf(id, all, { summaryOf, apart });
  if (found === undefined) return { kind: 'unknown' };
  if (others.length > 0) return { kind: 'ambiguous', resources: namesakes([found, ...others]), arrivals };

  const own = new Set(found.events.map(({ rowId }) => rowId));
  const theirs = distinct([...writes.events, ...beside.events]).filter(({ rowId }) => own.has(rowId));
  const newer = theirs.filter(({ rowId }) => before !== undefined && rowId >= before).length;
  // Half of what is read at once is left to tell what was before, where there is more than that.
  const most = writes.end === undefined ? limit : Math.min(limit, MAX_WRITES / 2);
  const { resource, types } = found;
  const settings = changesOf(
    await writesOf(objects, theirs),
    { id: resource.id, types },
    {
      gaps: gapsOf(arrivals, resource.account),
      bounded: writes.end !== undefined,
      hidden: scope.operators !== '*',
      compared: newer + most,
    },
  );
  const rest = theirs
    .map(({ rowId, summary }, i) => changeOf(rowId, summary, settings[i] ?? []))
    .slice(newer);
  const next = rest.length > most ? rest[most - 1]?.rowId : writes.end;
  const changes = rest.slice(0, most).map(({ change }) => change);
  return { kind: 'found', page: { resource, changes }, ...(next === undefined ? {} : { next }), arrivals };
}

function changeOf(rowId: number, event: EventSummary, settings: SettingChange[]) {
  const more = settings.length - MAX_SETTINGS;
  const change = { event, settings: settings.slice(0, MAX_SETTINGS), ...(more > 0 ? { more } : {}) };
  return { rowId, change };
}

function gapsOf(arrivals: readonly Arrival[], of: string): Limits['gaps'] {
  return arrivals
    .filter(({ account }) => account === of)
    .flatMap(({ gaps }) => gaps.map(({ from, to }) => ({ from: secondOf(from), to: secondOf(to) })));
}

/** Above the row ids of the same second; below all where nothing is told. */
function endOfSecond(rowId: number | undefined): number {
  return rowId === undefined ? 0 : firstRowId(secondOfRow(rowId) + 1);
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
