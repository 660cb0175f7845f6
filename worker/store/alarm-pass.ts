/**
 * How far the alarm policies have looked at events, and what they remember of them.
 *
 * A pass reads, decides, and writes in one transaction, naming the turn at which it read. Where another wrote, or triggers
 * saw that what it goes by was changed meanwhile, the turn is another: then nothing is written, and it is done again.
 */
import { boundParts } from './bound-parts.ts';
import { logRangeOf, readLogRange } from './changes.ts';
import { alarmsOf, readAlarms } from './alarms.ts';
import { int, rows, run, text, type Row, type Store } from './meter.ts';
import type { Alarm } from '../../shared/api/alarms.ts';

export interface PassState {
  turn: number;
  /** All that came in up to this number was looked at. */
  seq: number;
  /** Unix seconds when Sidetrail itself was looked at last. */
  watched: number;
}

/** How far it is, what policies there are, and the newest number of the log. One round trip. */
export async function readPass(store: Store): Promise<{ state: PassState; alarms: Alarm[]; last: number }> {
  const [pass, shipped, own, log] = await run(store, [
    store.db.prepare(`SELECT * FROM alarm_pass`),
    ...alarmsOf(store),
    logRangeOf(store),
  ]);
  const [state] = rows(pass, readState);
  if (state === undefined) throw new Error('the row about alarms is missing');
  return { state, alarms: readAlarms(shipped, own), last: readLogRange(log).last };
}

function readState(row: Row): PassState {
  return { turn: int(row, 'turn'), seq: int(row, 'seq'), watched: int(row, 'watched') };
}

/** Names a group of events of a policy. */
export interface GroupRef {
  alarm: string;
  /** '' where all events are one group. */
  grp: string;
}

/** What a policy remembers of a group, until a unix second. */
export interface Memory extends GroupRef {
  /** JSON, by kind of condition. */
  memory: string;
  until: number;
}

/** The statements whose rows `readMemory` reads: what is remembered of these groups. */
export function memoriesOf({ db }: Store, groups: readonly GroupRef[]): D1PreparedStatement[] {
  return Array.from(boundParts(groups), (part) => db.prepare(MEMORIES).bind(JSON.stringify(part)));
}

export function readMemory(row: Row): Memory {
  return {
    alarm: text(row, 'alarm'),
    grp: text(row, 'grp'),
    memory: text(row, 'memory'),
    until: int(row, 'until'),
  };
}

const MEMORIES = `
  SELECT alarm_group.* FROM json_each(?1) AS asked CROSS JOIN alarm_group
    ON alarm_group.alarm = asked.value ->> 'alarm' AND alarm_group.grp = asked.value ->> 'grp'`;

/** Every statement of a pass does something only at the turn at which the pass read. */
export const AT_TURN = (turn: string): string => `(SELECT turn FROM alarm_pass) = ${turn}`;

/** The statements that keep what is remembered, at a turn. */
export function keepMemories(
  { db }: Store,
  turn: number,
  memories: readonly Memory[],
): D1PreparedStatement[] {
  return Array.from(boundParts(memories), (part) => db.prepare(KEEP).bind(JSON.stringify(part), turn));
}

const KEEP = `
  INSERT INTO alarm_group (alarm, grp, memory, until)
  SELECT value ->> 'alarm', value ->> 'grp', value ->> 'memory', value ->> 'until' FROM json_each(?1)
  WHERE ${AT_TURN('?2')}
  ON CONFLICT (alarm, grp) DO UPDATE SET memory = excluded.memory, until = excluded.until`;

/** The statement that forgets what need not be remembered at the unix second `now`, at a turn. */
export function forgetMemories({ db }: Store, turn: number, now: number): D1PreparedStatement {
  return db.prepare(`DELETE FROM alarm_group WHERE until < ?1 AND ${AT_TURN('?2')}`).bind(now, turn);
}

/** The statement that ends a pass: it has a result where the turn was still that at which the pass read. */
export function endPass(
  { db }: Store,
  { turn, seq, watched }: Pick<PassState, 'turn' | 'seq' | 'watched'>,
): D1PreparedStatement {
  return db
    .prepare(`UPDATE alarm_pass SET turn = turn + 1, seq = ?2, watched = ?3 WHERE turn = ?1 RETURNING turn`)
    .bind(turn, seq, watched);
}
