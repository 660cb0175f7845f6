/** Who changed which tracking set, alarm policy or channel, when and how. It outlives what was changed. */
import * as v from 'valibot';
import { fromJson, int, rows, run, text, type Row, type Store } from './meter.ts';

/** What has a history: each in a table of its own, of the same form. */
export type Subject = 'track' | 'alarm' | 'channel';

/** Who does something, and when: unix ms. */
export interface Who {
  by: string;
  at: number;
}

export interface NewChange<K extends string = string> extends Who {
  /** Of what was changed. */
  id: string;
  kind: K;
  /** Nothing secret. */
  what: object;
}

/** The statement that records a change if `condition` holds, in which ?1 is the id. */
export function insertChangeWhere(
  { db }: Store,
  subject: Subject,
  { id, at, by, kind, what }: NewChange,
  condition: string,
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO ${subject}_change (${subject}, at, by, kind, what) SELECT ?1, ?2, ?3, ?4, ?5 WHERE ${condition}`,
    )
    .bind(id, at, by, kind, JSON.stringify(what));
}

/**
 * The statement that records what the statement right before it in its transaction did: nothing where that did nothing.
 */
export function insertChangeDone(store: Store, subject: Subject, change: NewChange): D1PreparedStatement {
  return insertChangeWhere(store, subject, change, 'changes() > 0');
}

/** A change as it was recorded. */
export interface Changed<K extends string> {
  /** RFC 3339, UTC. */
  at: string;
  by: string;
  kind: K;
  what: Record<string, unknown>;
}

/** A page of the changes of something, newest first. `next` is absent where there are no more. */
export async function changesOf<const K extends string>(
  store: Store,
  { subject, id, kinds }: { subject: Subject; id: string; kinds: readonly K[] },
  { before, limit }: { before: number; limit: number },
): Promise<{ changes: Changed<K>[]; next?: number }> {
  const page = `SELECT * FROM ${subject}_change WHERE ${subject} = ?1 AND number < ?2 ORDER BY number DESC LIMIT ?3`;
  const [found] = await run(store, [store.db.prepare(page).bind(id, before, limit + 1)]);
  const kind = v.picklist(kinds);
  const all = rows(found, (row) => ({ number: int(row, 'number'), change: readChange(row, kind) }));
  const shown = all.slice(0, limit);
  const last = shown.at(-1);
  return {
    changes: shown.map(({ change }) => change),
    ...(all.length > limit && last !== undefined ? { next: last.number } : {}),
  };
}

function readChange<K extends string>(row: Row, kind: v.PicklistSchema<readonly K[], undefined>): Changed<K> {
  return {
    at: new Date(int(row, 'at')).toISOString(),
    by: text(row, 'by'),
    kind: v.parse(kind, row['kind']),
    what: fromJson(row, 'what', v.record(v.string(), v.unknown())),
  };
}
