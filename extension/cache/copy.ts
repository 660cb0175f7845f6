/** What the browser's copy of the events is of, and how far it goes. */
import type { AnswerOf } from '../../shared/api/contract.ts';
import type { Backfill } from '../../shared/api/sources.ts';
import type { EncodedDay } from '../../shared/columns/columns.ts';

/** Part of a day of an account, as it is kept: a long day has several, newest first. */
export interface KeptDay extends EncodedDay {
  part: number;
}

export type PartKey = [account: string, day: number, part: number];

/** Whose events these are. Nothing of the copy is shown to anybody else. */
export interface Owner {
  origin: string;
  /** SHA-256 of the token, hex: the same token needs no other proof. */
  token: string;
  member: string;
  /** Hash of the scope. */
  scope: string;
}

export interface Copy {
  owner: Owner;
  me: AnswerOf<'GET /v1/me'>;
  coverage: AnswerOf<'GET /v1/me'>['coverage']['sources'];
  /** The back-fills that went on when the last sync ended; null or absent where none were told of. */
  backfills?: readonly Backfill[] | null;
  /** When the Worker last answered, and when it was last asked who the token is: ms since 1970. */
  lastGood: number;
  meAt: number;
  /** Where following the changes goes on, and the tag of an answer without any. */
  changes: { cursor: string; etag?: string };
  /** Everything from this second on is in the copy; null while nothing is. */
  from: number | null;
  /** The first load, newest events first, down to the second `until`; null when that is done. */
  filling: { until: number; cursor: { text: string; q: string } | null; done: number } | null;
}
