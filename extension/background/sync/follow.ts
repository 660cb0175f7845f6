/** Following the changes of the store: what is new, what changed, what is gone. */
import type { EventSummary } from '../../../shared/event/event.ts';
import type { Gone } from '../../../shared/api/changes.ts';
import type { Marks } from '../../../shared/api/client.ts';
import type { Copy } from '../../cache/copy.ts';
import { change, dropBefore, secondOfMost, type Changed, type Shelf } from '../../cache/shelf.ts';
import type { SourceCoverage } from '../../protocol/panel.ts';
import { problemOf } from '../worker.ts';
import { placed } from './placed.ts';
import { DAYS, MAX_EVENTS, type Progress, type Run } from './step.ts';
import { DAY, isoOf, secondOf } from './times.ts';

const PAGE = 1000;

/** Follows to the end of the log: `end`, or what came in between. */
export async function follow({ client, keeper, epoch, now }: Run): Promise<Progress> {
  for (;;) {
    const { copy, shelf } = await keeper.held();
    if (copy === undefined) return { kind: 'anew' };
    const { cursor, etag } = copy.changes;
    const since = isoOf(copy.filling?.until ?? copy.from ?? 0);
    const called = await client.call('GET /v1/changes', {
      query: { after: cursor, since, limit: PAGE },
      ...(etag === undefined ? {} : { etag }),
    });
    if (called.kind === 'unchanged') {
      const pruned = prune(shelf, copy, now());
      const coverage = copy.coverage.map((source) => movedOn(source, called.marks));
      await keeper.step(epoch, {
        ...pruned,
        copy: { ...copy, coverage, from: pruned.from, lastGood: now() },
      });
      return { kind: 'end' };
    }
    if (called.kind === 'problem' && called.problem.status === 400) return { kind: 'anew' };
    if (called.kind !== 'answer') return { kind: 'problem', problem: problemOf(called) };
    const { changes, reset, next, more, floor, coverage } = called.body;
    if (reset) return { kind: 'anew' };

    const changed = change(shelf, {
      put: changes.filter(isEvent).map(placed),
      gone: changes.flatMap((one) => (isEvent(one) ? [] : [one.id])),
      newer: true,
    });
    const floored = Object.entries(floor).reduce(
      (before, [account, time]) => after(before, dropBefore(before.shelf, secondOf(time), account)),
      changed,
    );
    const pruned = prune(floored.shelf, copy, now());
    const tag = called.etag === undefined ? {} : { etag: called.etag };
    const step = {
      changes: { cursor: next, ...tag },
      coverage: coverage.sources,
      lastGood: now(),
      from: pruned.from,
    };
    const kept = await keeper.step(epoch, { ...after(floored, pruned), copy: { ...copy, ...step } });
    if (!kept || !more) return { kind: 'end' };
  }
}

/** A source that is read, as far as the slowest of all is by now: it is there at least. No mark moves back. */
function movedOn(source: SourceCoverage, marks: Marks): SourceCoverage {
  return {
    ...source,
    ...(source.seenTo === undefined ? {} : { seenTo: later(source.seenTo, marks.seenTo) }),
    ...(source.settledTo === undefined ? {} : { settledTo: later(source.settledTo, marks.settledTo) }),
  };
}

function later(mark: string | null, other: string | undefined): string | null {
  return other === undefined || (mark !== null && mark > other) ? mark : other;
}

function isEvent(one: EventSummary | Gone): one is EventSummary {
  return !('gone' in one);
}

/** Takes away what is too old or too much; `from` follows. */
function prune(shelf: Shelf, { from }: Copy, now: number): Changed & { from: number | null } {
  const oldest = Math.max((Math.floor(now / 1000 / DAY) - DAYS + 1) * DAY, secondOfMost(shelf, MAX_EVENTS));
  return { ...dropBefore(shelf, oldest), from: from === null ? null : Math.max(from, oldest) };
}

/** Two changes, one after the other, as one. */
function after(first: Changed, second: Changed): Changed {
  const gone = new Set(second.removed.map((key) => key.join()));
  const written = first.written.filter(({ account, day, part }) => !gone.has([account, day, part].join()));
  return {
    shelf: second.shelf,
    written: [...written, ...second.written],
    removed: [...first.removed, ...second.removed],
  };
}
