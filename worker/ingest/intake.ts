/** Everything that a body holds, taken in by batches: what became of each record, counted. */
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { ParsedEvent } from '../../shared/event/event.ts';
import type { Piece } from '../../shared/event/split.ts';
import { countArrivals, keepDeadLetters, type DeadLetter, type Tally } from '../store/arrivals.ts';
import { accept, type AcceptContext } from './accept.ts';
import { sort, type SortContext } from './sort.ts';
import { leaveOut } from './storage.ts';

export interface Intake {
  accepted: number;
  duplicate: number;
  /** The first of them, by their place among the records of the body, from 1. */
  refused: { at: number; reason: string }[];
  /** All of them. */
  refusedTotal: number;
  /** How many records have been taken in, whatever became of them. */
  taken: number;
  /** How many of them were no JSON. */
  broken: number;
  /** Whether there were more than one body may have: the rest was not read. */
  cut: boolean;
}

export interface IntakeContext extends SortContext, AcceptContext {
  /** Records of one body; `MAX_RECORDS` where nothing is said. */
  maxRecords?: number;
}

/** Records in memory at once stay below twice this. */
const BATCH = 500;

/** Records of a request: each batch of them is a few round trips, and those of a request are bounded too. */
export const MAX_RECORDS = 20_000;

/** Refusals that an answer lists. */
const MAX_LISTED = 1000;

/**
 * Takes in every piece. What was taken in before a failure stays: sending all of it again is safe. The statements
 * `along` are done in the transaction that stores the last of it, and not where there was more than one body may have.
 */
export async function takeIn(
  pieces: AsyncIterable<Piece[]>,
  context: IntakeContext,
  along: readonly D1PreparedStatement[] = [],
): Promise<Intake> {
  const { maxRecords = MAX_RECORDS } = context;
  const intake: Intake = {
    accepted: 0,
    duplicate: 0,
    refused: [],
    refusedTotal: 0,
    taken: 0,
    broken: 0,
    cut: false,
  };
  let batch = newBatch();
  for await (const some of pieces) {
    for (const piece of some) {
      for (const sorted of sort(piece, context)) {
        if (intake.taken + batch.size === maxRecords) {
          await settle(batch, intake, context);
          return { ...intake, cut: true };
        }
        batch.size += 1;
        if (sorted.kind === 'broken') intake.broken += 1;
        if (sorted.kind === 'event')
          batch.events.push({ at: intake.taken + batch.size, event: sorted.event });
        else batch.refused.push({ ...sorted, at: intake.taken + batch.size });
        if (batch.size < BATCH) continue;
        await settle(batch, intake, context);
        batch = newBatch();
      }
    }
  }
  await settle(batch, intake, context, along);
  return intake;
}

interface Refused {
  at: number;
  reason: string;
  account?: string;
  /** Redacted text of a record that nobody could read. */
  record?: string;
}

interface Batch {
  size: number;
  events: { at: number; event: ParsedEvent }[];
  refused: Refused[];
}

function newBatch(): Batch {
  return { size: 0, events: [], refused: [] };
}

async function settle(
  { size, events, refused }: Batch,
  intake: Intake,
  context: IntakeContext,
  along: readonly D1PreparedStatement[] = [],
): Promise<void> {
  if (size + along.length === 0) return;
  const { store, source } = context;
  const now = Math.floor(context.now / 1000);
  // First: whoever marks this as read must not be able to die before what was refused is kept.
  const deadLetters = refused.flatMap((each) => deadLetterOf(each, context));
  await keepDeadLetters(store, { source, now, deadLetters, counted: false });
  const parsed = events.map(({ event }) => event);
  const reasons = await leaveOut(context, parsed);
  const wanted = parsed.filter(({ summary }) => !reasons.has(summary.id));
  const done = wanted.length + along.length === 0 ? NONE : await accept(context, wanted, along);
  for (const { summary } of done.overflow) reasons.set(summary.id, FULL);
  const all = [
    ...refused,
    ...events.flatMap(({ at, event: { summary } }) => {
      const reason = reasons.get(summary.id);
      return reason === undefined ? [] : [{ at, account: summary.account, reason }];
    }),
  ].toSorted((one, other) => one.at - other.at);
  const tallies = talliesOf(done.duplicate, all, context);
  if (tallies.length > 0) await countArrivals(store, { source, now, tallies });
  intake.taken += size;
  intake.accepted += done.accepted;
  intake.duplicate += done.duplicate.length;
  intake.refusedTotal += all.length;
  const room = MAX_LISTED - intake.refused.length;
  intake.refused.push(...all.slice(0, room).map(({ at, reason }) => ({ at, reason })));
}

const NONE = { accepted: 0, duplicate: [], overflow: [] };
const FULL = 'its second is full: more events of one second than the store has room for';

/** Duplicates and refusals by account. What names no account counts for the sender's. */
function talliesOf(
  duplicate: readonly ParsedEvent[],
  refused: readonly Refused[],
  context: IntakeContext,
): Tally[] {
  const tallies = new Map<string, Tally>();
  const of = (account: string): Tally => {
    const tally = tallies.get(account) ?? { account, duplicate: 0, refused: 0 };
    tallies.set(account, tally);
    return tally;
  };
  for (const { summary } of duplicate) of(summary.account).duplicate += 1;
  for (const { account } of refused) of(account ?? context.account ?? '').refused += 1;
  return [...tallies.values()];
}

/** The dead letter of a refusal: none where the record could be read and was not wanted. */
export function deadLetterOf(
  { reason, record }: Pick<Refused, 'reason' | 'record'>,
  { source, account = '' }: Pick<IntakeContext, 'source' | 'account'>,
): DeadLetter[] {
  if (record === undefined) return [];
  const digest = bytesToHex(sha256(utf8ToBytes(JSON.stringify([source, account, record]))));
  return [{ digest, account, reason, record }];
}
