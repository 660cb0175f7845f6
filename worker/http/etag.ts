/**
 * Answers that are asked for again and again: whoever has one already is told so instead of being sent it. They are
 * kept by programs that mean to, and by no cache on the way or in a browser.
 */
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { AnswerOf, Contract, JsonRoute } from '../../shared/api/contract.ts';
import { answer, type Given } from './answer.ts';

/** The JSON routes whose answers have an ETag. */
export type ConditionalRoute = {
  [R in JsonRoute]: Contract[R] extends { conditional: true } ? R : never;
}[JsonRoute];

/** The answer of a route, or 304 where the caller says that they have it. */
export function answerIfNew<R extends ConditionalRoute>(
  request: Request,
  route: R,
  body: Given<AnswerOf<R>> & object,
): Response {
  const etag = etagOf(body);
  return hasTag(request, etag) ? unchanged(etag) : answer(route, body, { etag });
}

/** 304: the answer with this tag still holds. */
export function unchanged(etag: string): Response {
  return new Response(null, { status: 304, headers: { etag } });
}

/** Whether `If-None-Match` names the tag, compared weakly as it has to be. */
export function hasTag(request: Request, etag: string): boolean {
  const tags = (request.headers.get('if-none-match') ?? '').split(',').map(opaque);
  return tags.some((tag) => tag === '*' || tag === opaque(etag));
}

function opaque(tag: string): string {
  return tag.trim().replace(/^W\//, '');
}

/**
 * A tag of what an answer says. Weak: of answers that only differ in what moves with the clock (when it was asked, the
 * moments that an age in the query means today) and in how cursors are sealed, each is as good as the other.
 */
function etagOf(body: object): string {
  const said = Object.entries(body).map(([name, value]) => [name, fixed(name, value)]);
  return `W/"${bytesToHex(sha256(utf8ToBytes(JSON.stringify(said))).subarray(0, 16))}"`;
}

/** What of a member does not move with the clock. */
function fixed(name: string, value: unknown): unknown {
  if (name === 'now' || name === 'cursor') return undefined;
  if (name === 'next') return value === null;
  if (name !== 'searched' || typeof value !== 'object') return value;
  return { ...value, from: undefined, to: undefined };
}
