/** Who sent a request. */
import type { Member } from '../../shared/api/members.ts';
import type { Source } from '../../shared/event/event.ts';
import type { Account } from '../store/accounts.ts';
import type { Store } from '../store/meter.ts';
import { namesWithin, type AskedNames } from '../store/operators.ts';
import { findOwner, type Found } from '../store/owner.ts';
import { mayRead, type OperatorRef, type Scope } from '../store/scope.ts';
import { scopeOf } from './roles.ts';
import { sameToken, tokenDigest } from './tokens.ts';

/** A member, with what they may see. */
export interface MemberCaller {
  kind: 'member';
  member: Member;
  /** Teams they lead. */
  led: { id: string; name: string; operators: OperatorRef[] }[];
  scope: Scope;
  /** Accounts that there are, of those they were granted. */
  accounts: Account[];
  /** IANA zone of the organisation. */
  zone: string;
  /** Present names that their query asks for, folded, and the ids of those in their scope who bear them. */
  names: ReadonlyMap<string, readonly string[]>;
  /** Unix seconds at which their token ends, where it does. */
  expires?: number;
}

/** A program that may send records of one account as one source, and nothing else. */
export interface IngestCaller {
  kind: 'ingest';
  source: Source;
  account: string;
  accounts: Account[];
}

export type Caller = MemberCaller | IngestCaller;

/** The member that SIDETRAIL_ADMIN_TOKEN stands for. */
export const ADMIN = 'admin';

/** An admin token is at least this long; a shorter one is never accepted. */
const MIN_ADMIN_TOKEN = 32;

/**
 * Who bears a token; undefined without one that we know. `now` is unix ms; `names` are those that their request asks
 * for. One round trip.
 */
export async function authenticate(
  store: Store,
  token: string | undefined,
  { adminToken, now, names }: { adminToken: string | undefined; now: number; names?: AskedNames | undefined },
): Promise<Caller | undefined> {
  if (token === undefined) return undefined;
  const isAdmin =
    adminToken !== undefined && adminToken.length >= MIN_ADMIN_TOKEN && (await sameToken(token, adminToken));
  const credential = isAdmin
    ? { kind: 'member' as const, id: ADMIN }
    : { kind: 'digest' as const, digest: await tokenDigest(token) };
  return callerOf(await findOwner(store, credential, { now: Math.floor(now / 1000), asked: names }));
}

function callerOf({ owner, accounts, zone, names }: Found): Caller | undefined {
  if (owner === undefined) return undefined;
  if (owner.kind === 'ingest') return { ...owner, accounts };
  const { member, led, expires } = owner;
  const scope = scopeOf(member, led);
  return {
    kind: 'member',
    member,
    led,
    scope,
    accounts: accounts.filter(({ id }) => mayRead(member.accounts, id)),
    zone,
    names: namesWithin(scope, names),
    ...(expires === undefined ? {} : { expires }),
  };
}
