/**
 * What the tick does after rules, networks or catalogues changed: looks at the stored events anew and writes those
 * that are something else now. It may stop anywhere: a step that is done twice writes nothing the second time.
 */
import type { Classifier } from '../../shared/classify/classification.ts';
import { classifiedAlike, mayCost } from '../../shared/classify/classify.ts';
import { subjectOf } from '../../shared/classify/subject.ts';
import { CATALOGUE } from '../../shared/catalogue/rules.ts';
import { idToHex } from '../../shared/event/identity.ts';
import { loadClassification } from '../store/classification.ts';
import type { StoredEvent } from '../store/event-row.ts';
import type { Store } from '../store/meter.ts';
import { findRecord } from '../store/records.ts';
import { eventsBelow, moveOn, takeCatalogue } from '../store/walk.ts';
import { findEvents, rewriteEvents, type RevisedEvent } from '../store/write.ts';

/** Events of one step: a few transactions of some tens of milliseconds. */
const STEP = 500;

/** What one tick may do; the rest waits for the next. */
const BUDGET = { steps: 20, sqlMs: 10_000, objects: 200 };

/** Rounds in which others may change the same events first. */
const ROUNDS = 100;

/** Goes on looking at stored events anew, as far as one tick may. `now` is unix ms. */
export async function reclassify(store: Store, objects: R2Bucket, now: number): Promise<void> {
  let present = await loadClassification(store);
  if (present.walk.catalogue !== CATALOGUE) {
    await takeCatalogue(store);
    present = await loadClassification(store);
  }
  const reader = countingReader(objects);
  for (let step = 0; step < BUDGET.steps && present.walk.below > 0; step += 1) {
    if (store.cost.sqlMs > BUDGET.sqlMs || reader.read > BUDGET.objects) return;
    const { walk, classifier } = present;
    const events = await eventsBelow(store, walk.below, STEP);
    await look(store, events, { classifier, reader, now });
    const last = events.length < STEP ? undefined : events.at(-1);
    const next = { below: last?.rowId ?? 0, looked: events.length };
    const moved = await moveOn(store, walk, next);
    present = moved
      ? { classifier, walk: { ...walk, ...next } }
      : // Something changed: from the top, with what holds now.
        await loadClassification(store);
  }
}

interface Look {
  classifier: Classifier;
  reader: Reader;
  /** Unix ms. */
  now: number;
}

/** Writes those of the events that are something else now. Whoever changes one meanwhile wins, and it is looked at again. */
async function look(
  store: Store,
  events: readonly StoredEvent[],
  { classifier, reader, now }: Look,
): Promise<void> {
  let left = events;
  for (let round = 0; left.length > 0; round += 1) {
    if (round === ROUNDS) throw new Error('events keep changing while they are looked at');
    const revised: RevisedEvent[] = [];
    for (const event of left) {
      const summary = classifier.classify(
        subjectOf({ summary: event.summary, record: await reader.recordOf(event) }),
      );
      if (classifiedAlike(summary, event.summary)) continue;
      const revision = { seq: event.summary.seq, conflict: false, moved: null };
      revised.push({ event: { summary, record: event.record }, revision });
    }
    const seconds = Math.floor(now / 1000);
    const done = await rewriteEvents(store, { now: seconds, version: classifier.version, revised });
    const lost = revised.flatMap(({ event: { summary } }) =>
      done.has(summary.id) ? [] : [idToHex(summary.id) ?? ''],
    );
    left = lost.length === 0 ? [] : await findEvents(store, lost);
  }
}

interface Reader {
  /** Objects read so far. */
  read: number;
  recordOf(event: StoredEvent): Promise<string>;
}

/** Reads records; those outside their rows only where they tell something. One that is gone tells nothing. */
function countingReader(objects: R2Bucket): Reader {
  const reader: Reader = {
    read: 0,
    async recordOf({ summary, record }) {
      if (record.kind === 'object') {
        if (!mayCost(summary)) return '';
        reader.read += 1;
      }
      return (await findRecord(objects, record)) ?? '';
    },
  };
  return reader;
}
