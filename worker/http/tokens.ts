/** /v1/tokens: issued once, shown once. Members have their own; an admin also makes them for others. */
import type { IRequest } from 'itty-router';
import { newToken } from '../../shared/api/schemas.ts';
import { newId, newToken as makeToken, tokenDigest } from '../access/tokens.ts';
import { findMember } from '../store/members.ts';
import { addToken, listTokens, removeToken, type Bearing, type IssuedToken } from '../store/tokens.ts';
import type { ByMember } from './context.ts';
import { body, pathId } from './params.ts';
import { notFound, problem } from './problem.ts';

export async function getTokens(_request: IRequest, { store, caller }: ByMember): Promise<Response> {
  const tokens = await listTokens(store, ownOnly(caller));
  return Response.json({ tokens: tokens.map(shown) });
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
    return problem({ kind: 'schema', detail: `member: there is no member ${bearing.member}` });
  }
  if (expires !== undefined && Date.parse(expires) <= now) {
    return problem({ kind: 'schema', detail: 'expires: is in the past' });
  }
  const issued: IssuedToken = {
    id: newId(),
    bearing,
    created: Math.floor(now / 1000),
    ...(expires === undefined ? {} : { expires: Math.floor(Date.parse(expires) / 1000) }),
  };
  const token = makeToken();
  await addToken(store, await tokenDigest(token), issued);
  return Response.json({ ...shown(issued), token }, { status: 201 });
}

export async function deleteToken(request: IRequest, { store, caller }: ByMember): Promise<Response> {
  const removed = await removeToken(store, pathId(request), ownOnly(caller));
  return removed ? new Response(null, { status: 204 }) : notFound('such token');
}

/** The member whose tokens the caller may touch; undefined for an admin, who may touch all. */
function ownOnly({ member }: ByMember['caller']): string | undefined {
  return member.role === 'admin' ? undefined : member.id;
}

function shown({ id, bearing, created, expires }: IssuedToken): object {
  const { kind: _kind, ...owner } = bearing;
  return {
    id,
    ...owner,
    created: new Date(created * 1000).toISOString(),
    ...(expires === undefined ? {} : { expires: new Date(expires * 1000).toISOString() }),
  };
}
