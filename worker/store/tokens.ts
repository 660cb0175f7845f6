/** Tokens that were issued: only their digest is kept. */
import type { Source } from '../../shared/event/event.ts';
import { int, maybeInt, maybeText, rows, run, text, type Row, type Store } from './meter.ts';
import { readSource } from './source.ts';

/** Whose a token is. */
export type Bearing =
  | { kind: 'member'; member: string }
  | { kind: 'ingest'; source: Source; account: string };

export interface IssuedToken {
  id: string;
  bearing: Bearing;
  /** Unix seconds. */
  created: number;
  expires?: number;
}

/** The tokens of a member, or all. */
export async function listTokens(store: Store, member?: string): Promise<IssuedToken[]> {
  const [found] = await run(store, [
    store.db
      .prepare(
        `SELECT id, member, source, account, created, expires FROM token
         WHERE ?1 IS NULL OR member = ?1 ORDER BY created DESC, id`,
      )
      .bind(member ?? null),
  ]);
  return rows(found, readToken);
}

/** Keeps the digest of a token that is about to be shown. */
export async function addToken(store: Store, digest: Uint8Array, token: IssuedToken): Promise<void> {
  const { id, bearing, created, expires } = token;
  const owner =
    bearing.kind === 'member' ? [bearing.member, null, null] : [null, bearing.source, bearing.account];
  await run(store, [
    store.db
      .prepare(
        `INSERT INTO token (digest, id, member, source, account, created, expires)
         VALUES (unhex(?1), ?2, ?3, ?4, ?5, ?6, ?7)`,
      )
      .bind(digest.toHex(), id, ...owner, created, expires ?? null),
  ]);
}

/** Removes a token, of `member` only if given; false where there is none. */
export async function removeToken(store: Store, id: string, member?: string): Promise<boolean> {
  const [removed] = await run(store, [
    store.db
      .prepare(`DELETE FROM token WHERE id = ?1 AND (?2 IS NULL OR member = ?2)`)
      .bind(id, member ?? null),
  ]);
  return removed?.meta.changes === 1;
}

function readToken(row: Row): IssuedToken {
  const expires = maybeInt(row, 'expires');
  return {
    id: text(row, 'id'),
    bearing: readBearing(row),
    created: int(row, 'created'),
    ...(expires === undefined ? {} : { expires }),
  };
}

function readBearing(row: Row): Bearing {
  const member = maybeText(row, 'member');
  if (member !== undefined) return { kind: 'member', member };
  return { kind: 'ingest', source: readSource(row), account: text(row, 'account') };
}
