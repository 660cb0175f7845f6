/** Who sent a request, and what every answer needs to know besides: one round trip. */
import type * as v from 'valibot';
import type { Member } from '../../shared/api/members.ts';
import { me } from '../../shared/api/status.ts';
import type { Source } from '../../shared/event/event.ts';
import { accountsOf, readAccount, type Account } from './accounts.ts';
import { readMember } from './members.ts';
import { fromJson, maybeInt, maybeText, rows, run, text, type Row, type Store } from './meter.ts';
import { bearersOf, readName, type AskedNames, type PresentName } from './operators.ts';
import { readSource } from './source.ts';

const ledTeams = me.entries.teams;

/** Who stands behind a token. */
export type Owner =
  | {
      kind: 'member';
      member: Member;
      led: v.InferOutput<typeof ledTeams>;
      /** Unix seconds at which their token ends, where it does. */
      expires?: number;
    }
  | { kind: 'ingest'; source: Source; account: string };

export interface Found {
  owner?: Owner;
  accounts: Account[];
  /** IANA zone of the organisation. */
  zone: string;
  /** Who bears the names that were asked for, in any account. */
  names: PresentName[];
}

/** How a caller is looked up: by the digest of their token, or as the member behind the admin token. */
export type Credential = { kind: 'digest'; digest: Uint8Array } | { kind: 'member'; id: string };

/**
 * Who calls (undefined: nobody we know, or an expired token), and what every answer needs, in one round trip. `now` is
 * unix seconds; `asked` are the names in what they ask for.
 */
export async function findOwner(
  store: Store,
  credential: Credential,
  { now, asked }: { now: number; asked?: AskedNames | undefined },
): Promise<Found> {
  const { db } = store;
  const owner =
    credential.kind === 'digest'
      ? db.prepare(BY_DIGEST).bind(credential.digest.toHex(), now)
      : db.prepare(BY_MEMBER).bind(credential.id);
  const [found, accounts, zone, names] = await run(store, [
    owner,
    accountsOf(store),
    db.prepare(`SELECT value FROM setting WHERE key = 'zone'`),
    ...(asked === undefined ? [] : [bearersOf(store, asked)]),
  ]);
  const [first] = rows(found, readOwner);
  return {
    ...(first === undefined ? {} : { owner: first }),
    accounts: rows(accounts, readAccount),
    zone: rows(zone, (row) => text(row, 'value'))[0] ?? 'UTC',
    names: names === undefined ? [] : rows(names, readName),
  };
}

const LED = `(SELECT json_group_array(json_object('id', team.id, 'name', team.name, 'operators', json(team.operators)))
  FROM team, json_each(team.leads) AS lead WHERE lead.value = member.id)`;

const BY_DIGEST = `
  SELECT token.source, token.account, token.expires, member.*, ${LED} AS led
  FROM token LEFT JOIN member ON member.id = token.member
  WHERE token.digest = unhex(?1) AND (token.expires IS NULL OR token.expires > ?2)`;

const BY_MEMBER = `SELECT NULL AS source, NULL AS account, NULL AS expires, member.*, ${LED} AS led FROM member WHERE id = ?1`;

function readOwner(row: Row): Owner {
  if (maybeText(row, 'source') !== undefined) {
    return { kind: 'ingest', source: readSource(row), account: text(row, 'account') };
  }
  const expires = maybeInt(row, 'expires');
  return {
    kind: 'member',
    member: readMember(row),
    led: fromJson(row, 'led', ledTeams),
    ...(expires === undefined ? {} : { expires }),
  };
}
