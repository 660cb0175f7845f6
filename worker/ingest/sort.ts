/** One piece of a body → the events in it and what is refused, with the reason. Pure. */
import { DEMO_ACCOUNT, DEMO_SOURCE } from '../../shared/event/demo.ts';
import type { Json, ParsedEvent, Source } from '../../shared/event/event.ts';
import { parseJson } from '../../shared/event/json.ts';
import { unwrap } from '../../shared/event/forms/unwrap.ts';
import { parseRecord } from '../../shared/event/parse.ts';
import { redactText } from '../../shared/event/redact.ts';
import type { Piece } from '../../shared/event/split.ts';
import { mayRead, type Accounts } from '../store/scope.ts';

export interface SortContext {
  source: Source;
  /** RFC 3339 UTC. */
  received: string;
  /** Account of records that name none. */
  account?: string;
  /** The accounts that the sender may write. */
  writable: Accounts;
  /** Days that an account keeps events. */
  retention: (account: string) => number;
  /** Unix ms. */
  now: number;
}

export type Sorted =
  | { kind: 'event'; event: ParsedEvent }
  /** Kept as a dead letter: no JSON (`broken`), or JSON that is no record of ours. */
  | { kind: 'broken' | 'unreadable'; reason: string; record: string }
  /** Read and not wanted: no dead letter. */
  | { kind: 'unwanted'; reason: string; account: string };

const DAY = 86_400_000;
const MAX_REFUSED_TEXT = 4096;

/** What became of each record in a piece, one after the other: a piece may hold very many. */
export function* sort(piece: Piece, context: SortContext): Generator<Sorted> {
  if (!piece.ok) return yield broken(piece.reason, piece.text);
  const parsed = parseJson(piece.text);
  if (!parsed.ok) return yield broken(parsed.reason, piece.text);
  for (const value of unwrap(parsed.value)) yield sortRecord(value, context);
}

/** What becomes of one record. */
export function sortRecord(value: Json, context: SortContext): Sorted {
  const record = parseRecord(value, context);
  return record.ok ? judge(record.event, context) : { kind: 'unreadable', ...record.refusal };
}

/** Whether an event that could be read is wanted here. */
function judge(event: ParsedEvent, { now, writable, retention, source }: SortContext): Sorted {
  const { account, time } = event.summary;
  const refuse = (reason: string): Sorted => ({ kind: 'unwanted', reason, account });
  if (!mayRead(writable, account)) {
    const reason = `this token does not send records of account ${account}`;
    return { kind: 'unwanted', account: writable === '*' ? '' : (writable[0] ?? ''), reason };
  }
  if ((source === DEMO_SOURCE) !== (account === DEMO_ACCOUNT)) {
    return refuse(`account ${DEMO_ACCOUNT} is for demo data, and demo data is for that account only`);
  }
  const age = now - Date.parse(time);
  if (age < -DAY) return refuse(`eventTime ${time} is more than a day ahead`);
  const days = retention(account);
  if (age > days * DAY) {
    return refuse(
      `older than the ${days} days that account ${account} keeps; raise it with PATCH /v1/accounts/${account} {"retention": days}, up to 3650`,
    );
  }
  return { kind: 'event', event };
}

/**
 * A piece that is no JSON. Only what begins like a record is kept: a line of anything else (a key file sent by
 * mistake, say) has nothing around it that would tell what is secret in it.
 */
function broken(reason: string, text: string): Sorted {
  const kept = /^\s*[[{]/.test(text)
    ? redactText(text).slice(0, MAX_REFUSED_TEXT).toWellFormed()
    : '«redacted:text»';
  return { kind: 'broken', reason, record: kept };
}
