/** Accounts: one exists once an accepted event or a source names it. */
import { DEFAULT_RETENTION } from '../../shared/api/accounts.ts';
import { int, maybeText, rows, run, text, type Row, type Store } from './meter.ts';

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

/**
 * Changes what an admin decides about an account and gives it as it is then. One that nothing has come from yet is
 * made: its retention may have to be known before its old records can come in.
 */
export async function changeAccount(
  store: Store,
  id: string,
  change: { alias?: string | undefined; retention?: number | undefined },
): Promise<Account> {
  const [changed] = await run(store, [
    store.db.prepare(CHANGE).bind(id, change.alias ?? null, change.retention ?? null),
  ]);
  const [account] = rows(changed, readAccount);
  if (account === undefined) throw new Error('an account was neither changed nor made');
  return account;
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
  INSERT INTO account (id, alias, retention) VALUES (?1, nullif(?2, ''), coalesce(?3, ${DEFAULT_RETENTION}))
  ON CONFLICT (id) DO UPDATE SET alias = nullif(coalesce(?2, alias), ''), retention = coalesce(?3, retention),
    floor = CASE WHEN ?3 > retention THEN 0 ELSE floor END
  RETURNING *`;
