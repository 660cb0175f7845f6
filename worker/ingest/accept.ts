/**
 * The one door into the store: a batch of parsed events becomes rows, each event once.
 *
 * New ones are inserted without looking first. Those that were there already are read, merged with what
 * arrived, and written back if the merge says something new; whoever loses a race reads again.
 */
import type { Classifier } from '../../shared/classify/classification.ts';
import { subjectOf } from '../../shared/classify/subject.ts';
import type { ParsedEvent, Source } from '../../shared/event/event.ts';
import { idToHex } from '../../shared/event/identity.ts';
import { merge } from '../../shared/event/merge.ts';
import type { NewEvent, StoredEvent } from '../store/event-row.ts';
import type { Store } from '../store/meter.ts';
import { loadRecord, saveRecord } from '../store/records.ts';
import { whoseIs } from '../store/scope.ts';
import { findEvents, writeEvents, type RevisedEvent } from '../store/write.ts';

export interface AcceptContext {
  store: Store;
  objects: R2Bucket;
  source: Source;
  /** What stored events are classified by, right before they are written. */
  classifier: Classifier;
  /** Unix ms. */
  now: number;
  /** The id of the source that they are read from, where the Worker reads it itself. */
  reader?: string;
}

export interface Accepted {
  accepted: number;
  /** Events that were there already, whether or not they gained something. */
  duplicate: ParsedEvent[];
  /** Not stored: their second is full. */
  overflow: ParsedEvent[];
}

/** Rounds in which others may change the same events first; more than that is no contention but a bug. */
const ROUNDS = 100;

/**
 * Takes the events in. The statements `along` are done in the transaction after which every one of the events is in the
 * store (what remains then is to merge what was there before), so that a mark which covers them never goes ahead of them.
 */
export async function accept(
  context: AcceptContext,
  events: readonly ParsedEvent[],
  along: readonly D1PreparedStatement[] = [],
): Promise<Accepted> {
  const { arriving, repeated } = unite(events);
  const all = [...arriving.values()];
  const added = await write(context, all, [], along);
  const result: Accepted = { accepted: added.size, duplicate: [...repeated], overflow: [] };
  let rest = without(all, added);
  for (let round = 0; rest.length > 0; round += 1) {
    if (round === ROUNDS) throw new Error('events keep changing under an ingest');
    const plan = await decide(context, rest);
    const done = await write(context, plan.absent, plan.revised);
    const settled = without(rest, done);
    result.accepted += plan.absent.length - without(plan.absent, done).length;
    result.duplicate.push(...plan.unchanged, ...plan.known.filter(({ summary }) => done.has(summary.id)));
    // Absent twice and not taken: not somebody else's insert, but a second without room.
    const full = round === 0 ? [] : without(plan.absent, done);
    result.overflow.push(...full);
    rest = without(settled, idsOf([...plan.unchanged, ...full]));
  }
  const overflow = idsOf(result.overflow);
  return { ...result, duplicate: without(result.duplicate, overflow) };
}

function idsOf(events: readonly ParsedEvent[]): Set<string> {
  return new Set(events.map(({ summary }) => summary.id));
}

function without(events: readonly ParsedEvent[], ids: ReadonlySet<string>): ParsedEvent[] {
  return events.filter(({ summary }) => !ids.has(summary.id));
}

/** The batch with each event once, and the arrivals that went into another. */
function unite(events: readonly ParsedEvent[]): {
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
  /** Stored events that an arrival changes; `known` are those arrivals. */
  revised: RevisedEvent[];
  known: ParsedEvent[];
  unchanged: ParsedEvent[];
}

/** What to do with events that could not simply be inserted. */
async function decide(context: AcceptContext, events: ParsedEvent[]): Promise<Plan> {
  const { store, objects } = context;
  const found = await findEvents(
    store,
    events.map(({ summary }) => hexOf(summary.id)),
  );
  const stored = new Map(found.map((event) => [event.summary.id, event]));
  const plan: Plan = { absent: [], revised: [], known: [], unchanged: [] };
  for (const event of events) {
    const before = stored.get(event.summary.id);
    if (before === undefined) {
      plan.absent.push(event);
      continue;
    }
    const record = await loadRecord(objects, before.record);
    const merged = merge({ summary: before.summary, record }, event);
    if (merged.changed) {
      plan.known.push(event);
      plan.revised.push(await revisionOf(context, before, record, merged.event));
    } else {
      plan.unchanged.push(event);
    }
  }
  return plan;
}

async function revisionOf(
  { objects, classifier }: AcceptContext,
  before: StoredEvent,
  record: string,
  merged: ParsedEvent,
): Promise<RevisedEvent> {
  const summary = classifier.classify(subjectOf(merged));
  const [was, is] = [whoseIs(before.summary), whoseIs(summary)];
  return {
    event: { summary, record: merged.record === record ? before.record : await saveRecord(objects, merged) },
    revision: {
      seq: before.summary.seq,
      conflict: summary.is.includes('conflict') && !before.summary.is.includes('conflict'),
      moved: was.operator === is.operator && was.person === is.person ? null : was,
    },
  };
}

async function write(
  context: AcceptContext,
  absent: ParsedEvent[],
  revised: RevisedEvent[],
  along: readonly D1PreparedStatement[] = [],
): Promise<Set<string>> {
  if (absent.length + revised.length + along.length === 0) return new Set();
  const { store, objects, source, classifier, reader } = context;
  const added: NewEvent[] = [];
  for (const event of absent) {
    added.push({
      summary: classifier.classify(subjectOf(event)),
      record: await saveRecord(objects, event),
    });
  }
  const now = Math.floor(context.now / 1000);
  return await writeEvents(store, {
    source,
    now,
    version: classifier.version,
    added,
    revised,
    reader,
    along,
  });
}

function hexOf(id: string): string {
  const hex = idToHex(id);
  if (hex === undefined) throw new Error('a parsed event has no id');
  return hex;
}
