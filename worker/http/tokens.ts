/** /v1/tokens: issued once, shown once. Members have their own; an admin also makes them for others. */
import type { IRequest } from 'itty-router';
import { newToken, type Token } from '../../shared/api/tokens.ts';
import { newId, newToken as makeToken, tokenDigest } from '../access/tokens.ts';
import { findMember } from '../store/members.ts';
import { addToken, listTokens, removeToken, type Bearing, type IssuedToken } from '../store/tokens.ts';
import { answer } from './answer.ts';
import type { ByMember } from './context.ts';
import { body, pathId } from './params.ts';
import { notFound, problem, schemaProblem } from './problem.ts';

export async function getTokens(_request: IRequest, { store, caller }: ByMember): Promise<Response> {
  const tokens = await listTokens(store, ownOnly(caller));
  return answer('GET /v1/tokens', { tokens: tokens.map(shown) });
}

export async function createToken(request: IRequest, { store, caller, now }: ByMember): Promise<Response> {
  const read = await body(request, newToken);
  if (!read.ok) return read.response;
  const isAdmin = caller.member.role === 'admin';
  const { expires } = read.value;
  const bearing: Bearing =
    'source' in read.value
      ? { kind: 'ingest', source: read.value.source, account: read.value.account }
      : { kind: 'member', member: read.value.member ?? caller.member.id };
  if (!isAdmin && !(bearing.kind === 'member' && bearing.member === caller.member.id)) {
    return problem({ kind: 'role', detail: 'Only an admin makes tokens for others, or ingest tokens.' });
  }
  if (bearing.kind === 'member' && (await findMember(store, bearing.member)) === undefined) {
    return schemaProblem([{ at: 'member', message: `there is no member ${bearing.member}` }]);
  }
  if (expires !== undefined && Date.parse(expires) <= now) {
    return schemaProblem([{ at: 'expires', message: 'in the past' }]);
  }
  const asked = expires === undefined ? Infinity : Math.floor(Date.parse(expires) / 1000);
  // A token that ends makes none that outlives it.
  const ends = Math.min(asked, caller.expires ?? Infinity);
  const issued: IssuedToken = {
    id: newId(),
    bearing,
    created: Math.floor(now / 1000),
    ...(ends === Infinity ? {} : { expires: ends }),
  };
  const token = makeToken();
  await addToken(store, await tokenDigest(token), issued);
  return answer('POST /v1/tokens', { ...shown(issued), token });
}

export async function deleteToken(request: IRequest, { store, caller }: ByMember): Promise<Response> {
  const removed = await removeToken(store, pathId(request), ownOnly(caller));
  return removed ? new Response(null, { status: 204 }) : notFound('such token');
}

/** The member whose tokens the caller may touch; undefined for an admin, who may touch all. */
function ownOnly({ member }: ByMember['caller']): string | undefined {
  return member.role === 'admin' ? undefined : member.id;
}

function shown({ id, bearing, created, expires }: IssuedToken): Token {
  const { kind: _kind, ...owner } = bearing;
  return {
    id,
    ...owner,
    created: new Date(created * 1000).toISOString(),
    ...(expires === undefined ? {} : { expires: new Date(expires * 1000).toISOString() }),
  };
}
