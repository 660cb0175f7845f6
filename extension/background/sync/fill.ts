/** The first load of the copy: pages of the events of the last days, newest first, one at a time. */
import type { Copy } from '../../cache/copy.ts';
import { change } from '../../cache/shelf.ts';
import { placed } from './placed.ts';
import { problemOf } from '../worker.ts';
import { MAX_EVENTS, type Progress, type Run } from './step.ts';
import { isoOf, secondOf } from './times.ts';

const PAGE = 1000;

/** Loads the next page. `on`: there are more; `end`: the copy goes back as far as it should. */
export async function fillOnce({ client, keeper, epoch, now }: Run): Promise<Progress> {
  const { copy, shelf } = await keeper.held();
  if (copy?.filling == null) return { kind: 'end' };
  const { filling } = copy;
  const query = {
    q: queryOf(copy, filling.until),
    limit: PAGE,
    ...(filling.cursor === null ? {} : { cursor: filling.cursor.text }),
  };
  const called = await client.call('GET /v1/events', { query });
  if (called.kind === 'problem' && called.problem.status === 400 && filling.cursor !== null) {
    // Cursors end when the Worker's secret does. What was loaded stays.
    const kept = await keeper.step(epoch, { copy: { ...copy, filling: { ...filling, cursor: null } } });
    return { kind: kept ? 'on' : 'end' };
  }
  if (called.kind !== 'answer') return { kind: 'problem', problem: problemOf(called) };

  const { events, next, partial, coverage } = called.body;
  const changed = change(shelf, { put: events.map(placed), gone: [], newer: false });
  const isFull = changed.shelf.rows >= MAX_EVENTS;
  const lowest = partial?.through ?? events.at(-1)?.time;
  const goesOn = next !== null && !isFull;
  const from = next === null ? filling.until : lowest === undefined ? copy.from : secondOf(lowest) + 1;
  const rest = goesOn
    ? { ...filling, cursor: { text: next, q: query.q }, done: filling.done + events.length }
    : null;
  const step = { coverage: coverage.sources, lastGood: now(), from, filling: rest };
  const kept = await keeper.step(epoch, { ...changed, copy: { ...copy, ...step } });
  return { kind: kept && goesOn ? 'on' : 'end' };
}

/** A cursor goes on with its own query; without one, with what is older than what was loaded. */
function queryOf({ from, filling }: Copy, until: number): string {
  if (filling?.cursor) return filling.cursor.q;
  return `from:${isoOf(until)}${from === null ? '' : ` to:${isoOf(from)}`}`;
}
