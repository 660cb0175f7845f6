/**
 * Answers that are asked for again and again: whoever has one already is told so instead of being sent it. They are
 * kept by programs that mean to, and by no cache on the way or in a browser.
 */
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { AnswerOf, Contract, JsonRoute } from '../../shared/api/contract.ts';
import type { Coverage } from '../../shared/api/coverage.ts';
import { MARK_HEADERS } from '../../shared/api/mark-headers.ts';
import { answer, type Given } from './answer.ts';

/** The JSON routes whose answers have an ETag. */
export type ConditionalRoute = {
  [R in JsonRoute]: Contract[R] extends { conditional: true } ? R : never;
}[JsonRoute];

/** The answer of a route, or 304 where the caller says that they have it. */
export function answerIfNew<R extends ConditionalRoute>(
  request: Request,
  route: R,
  body: Given<AnswerOf<R>> & Covered,
): Response {
  const etag = etagOf(body);
  if (!hasTag(request, etag)) return answer(route, body, { etag });
  return unchanged(etag, body.coverage?.sources ?? []);
}

interface Covered {
  readonly coverage?: { readonly sources: readonly Given<Coverage>[] };
}

/** 304: the answer with this tag still holds, but for the marks of the sources that are read, which are in its headers. */
export function unchanged(etag: string, sources: readonly Given<Coverage>[]): Response {
  const headers = new Headers({ etag });
  for (const mark of ['seenTo', 'settledTo'] as const) {
    const slowest = slowestOf(sources.map((source) => source[mark]));
    if (slowest !== undefined) headers.set(MARK_HEADERS[mark], slowest);
  }
  return new Response(null, { status: 304, headers });
}

/** The earliest of the marks; undefined where nothing is read, or something that is read has none yet. */
function slowestOf(marks: readonly (string | null | undefined)[]): string | undefined {
  const read = marks.filter((mark) => mark !== undefined);
  const there = read.filter((mark) => mark !== null);
  return there.length === read.length ? there.toSorted()[0] : undefined;
}

/** Coverage as text, without what moves on by itself while nothing comes in. */
export function standingText(coverage: unknown): string {
  return JSON.stringify(coverage, withoutMarks);
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
 * moments that an age in the query means today, how far sources are read) and in how cursors are sealed, each is as
 * good as the other.
 */
function etagOf(body: object): string {
  const said = Object.entries(body).map(([name, value]) => [name, fixed(name, value)]);
  return `W/"${bytesToHex(sha256(utf8ToBytes(JSON.stringify(said)))).slice(0, 32)}"`;
}

/** What of a member does not move with the clock. */
function fixed(name: string, value: unknown): unknown {
  if (name === 'now' || name === 'cursor') return undefined;
  if (name === 'next') return value === null;
  if (typeof value !== 'object') return value;
  if (name === 'searched') return { ...value, from: undefined, to: undefined };
  return ABOUT_SOURCES.has(name) ? standingText(value) : value;
}

/** Members that tell how far sources are read, and tracking sets are delivered. */
const ABOUT_SOURCES = new Set(['coverage', 'sources', 'readers', 'tick', 'tracks']);

const MOVING = new Set(['seenTo', 'settledTo', 'lastReceived', 'lastRead', 'lag', 'last']);

function withoutMarks(name: string, value: unknown): unknown {
  return MOVING.has(name) ? undefined : value;
}
