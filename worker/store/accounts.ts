/** Accounts: one exists once an accepted event or a source names it. */
import { int, maybeText, run, text, type Row, type Store } from './meter.ts';

/** An account that is followed. */
export interface Account {
  id: string;
  alias?: string;
  /** Days. */
  retention: number;
  /** Unix seconds: everything older has been removed. */
  floor: number;
  /** Raised when events went for another reason than age. */
  epoch: number;
  /** Events removed so far. */
  removed: number;
}

/** The statement whose rows `readAccount` reads: every account. */
export function accountsOf(store: Store): D1PreparedStatement {
  return store.db.prepare(`SELECT * FROM account ORDER BY id`);
}

/** Changes what an admin decides about an account; false where there is none. */
export async function changeAccount(
  store: Store,
  id: string,
  change: { alias?: string | undefined; retention?: number | undefined },
): Promise<boolean> {
  const [changed] = await run(store, [
    store.db.prepare(CHANGE).bind(id, change.alias ?? null, change.retention ?? null),
  ]);
  return changed?.meta.changes === 1;
}

export function readAccount(row: Row): Account {
  const alias = maybeText(row, 'alias');
  return {
    id: text(row, 'id'),
    ...(alias === undefined ? {} : { alias }),
    retention: int(row, 'retention'),
    floor: int(row, 'floor'),
    epoch: int(row, 'epoch'),
    removed: int(row, 'removed'),
  };
}

// A longer retention takes the floor away: what was removed may come in again.
const CHANGE = `
  UPDATE account SET alias = coalesce(?2, alias), retention = coalesce(?3, retention),
    floor = CASE WHEN ?3 > retention THEN 0 ELSE floor END
  WHERE id = ?1`;
