/**
 * The one door into the store: a batch of parsed events becomes rows, each event once.
 *
 * New ones are inserted without looking first. Those that were there already are read, merged with what
 * arrived, and written back if the merge says something new; whoever loses a race reads again.
 */
import type { ParsedEvent, Source } from '../../shared/event/event.ts';
import { idToHex } from '../../shared/event/identity.ts';
import { merge } from '../../shared/event/merge.ts';
import type { NewEvent, StoredEvent } from '../store/event-row.ts';
import type { Store } from '../store/meter.ts';
import { loadRecord, saveRecord } from '../store/records.ts';
import { findEvents, writeEvents, type ChangedEvent } from '../store/write.ts';

export interface AcceptContext {
  store: Store;
  objects: R2Bucket;
  source: Source;
  /** Unix ms. */
  now: number;
}

export interface Accepted {
  accepted: number;
  /** By account: events that were there already, whether or not they gained something. */
  duplicate: ParsedEvent[];
  /** Not stored: their second is full. */
  overflow: ParsedEvent[];
}

/** A second arrival of the same event within a batch or against the store is tried this often. */
const TRIES = 8;

export async function accept(context: AcceptContext, events: readonly ParsedEvent[]): Promise<Accepted> {
  const { arriving, repeated } = fold(events);
  const added = await write(context, [...arriving.values()], []);
  const duplicate = [...repeated];
  let rest = [...arriving.values()].filter(({ summary }) => !added.has(summary.id));
  for (let tries = 0; rest.length > 0; tries += 1) {
    if (tries === TRIES) return { accepted: added.size, duplicate, overflow: rest };
    const plan = await decide(context, rest);
    duplicate.push(...plan.unchanged);
    const done = await write(context, plan.absent, plan.changed);
    for (const event of plan.absent) if (done.has(event.summary.id)) added.add(event.summary.id);
    const changed = new Set(plan.changed.map(({ event }) => event.summary.id));
    duplicate.push(...rest.filter(({ summary: { id } }) => changed.has(id) && done.has(id)));
    const settled = new Set([...done, ...plan.unchanged.map(({ summary }) => summary.id)]);
    rest = rest.filter(({ summary }) => !settled.has(summary.id));
  }
  return { accepted: added.size, duplicate, overflow: [] };
}

/** The batch with each event once, and the arrivals that were folded into another. */
function fold(events: readonly ParsedEvent[]): {
  arriving: Map<string, ParsedEvent>;
  repeated: ParsedEvent[];
} {
  const arriving = new Map<string, ParsedEvent>();
  const repeated: ParsedEvent[] = [];
  for (const event of events) {
    const { id } = event.summary;
    const earlier = arriving.get(id);
    if (earlier) repeated.push(event);
    arriving.set(id, earlier ? merge(earlier, event).event : event);
  }
  return { arriving, repeated };
}

interface Plan {
  absent: ParsedEvent[];
  changed: ChangedEvent[];
  unchanged: ParsedEvent[];
}

/** What to do with events that could not simply be inserted. */
async function decide({ store, objects }: AcceptContext, events: ParsedEvent[]): Promise<Plan> {
  const stored = new Map(
    (
      await findEvents(
        store,
        events.map(({ summary }) => hexOf(summary.id)),
      )
    ).map((found) => [found.summary.id, found]),
  );
  const plan: Plan = { absent: [], changed: [], unchanged: [] };
  for (const event of events) {
    const found = stored.get(event.summary.id);
    if (!found) {
      plan.absent.push(event);
      continue;
    }
    const record = await loadRecord(objects, found.record);
    const merged = merge({ summary: found.summary, record }, event);
    if (merged.changed) plan.changed.push(await changeOf(objects, found, record, merged.event));
    else plan.unchanged.push(event);
  }
  return plan;
}

async function changeOf(
  objects: R2Bucket,
  found: StoredEvent,
  record: string,
  merged: ParsedEvent,
): Promise<ChangedEvent> {
  const { summary } = merged;
  return {
    event: { summary, record: merged.record === record ? found.record : await saveRecord(objects, merged) },
    change: {
      seq: found.summary.seq,
      moved:
        summary.operator.id !== found.summary.operator.id || summary.person?.id !== found.summary.person?.id,
      conflict: summary.is.includes('conflict') && !found.summary.is.includes('conflict'),
    },
  };
}

async function write(
  context: AcceptContext,
  absent: ParsedEvent[],
  changed: ChangedEvent[],
): Promise<Set<string>> {
  if (absent.length + changed.length === 0) return new Set();
  const added: NewEvent[] = [];
  for (const event of absent) {
    added.push({ summary: event.summary, record: await saveRecord(context.objects, event) });
  }
  const now = Math.floor(context.now / 1000);
  return await writeEvents(context.store, { source: context.source, now, added, changed });
}

function hexOf(id: string): string {
  const hex = idToHex(id);
  if (hex === undefined) throw new Error('a parsed event has no id');
  return hex;
}
