import { unwrap } from '../../../shared/event/forms/unwrap.ts';
import { parseJson } from '../../../shared/event/json.ts';
import type { Piece } from '../../../shared/event/split.ts';
import { Fault } from './fault.ts';
import type { LogFile } from './log-file.ts';
import { BATCH_BYTES, BATCH_RECORDS, postLines, type Posted, type PostOptions } from './post.ts';
import type { Refusals } from './refusals.ts';

export interface Counts {
  accepted: number;
  duplicate: number;
  refused: number;
}

export interface ImportOptions extends PostOptions {
  refusals: Refusals;
  /** Called whenever something was read or answered. */
  onProgress: (counts: Counts) => void;
}

/** What became of a file. `stopped` says why the rest of it was not sent. */
export interface Imported extends Counts {
  stopped?: string;
}

/** Posts under way at a time. With the batch that is being filled they hold at most 1,000 records. */
const IN_FLIGHT = 2;
/** What the Worker takes in one request, in bytes. */
const LONGEST_BODY = 10 * 1024 * 1024;

interface Batch {
  /** Pieces as lines; those that do not parse come last, where they cannot shift the numbers of the others. */
  good: Line[];
  broken: Line[];
  bytes: number;
}

interface Line {
  text: string;
  /** 1-based, in the file. */
  line: number;
  /** Why it does not parse, for those that do not. */
  reason?: string;
}

/** Sends a file's records in batches, two at a time, and counts the answers in the file's order. */
export async function importLog(log: LogFile, options: ImportOptions): Promise<Imported> {
  const { refusals, onProgress } = options;
  const counts: Imported = { accepted: 0, duplicate: 0, refused: 0 };
  const inFlight: { batch: Batch; posted: Promise<Posted> }[] = [];
  let batch = emptyBatch();

  const refuse = (line: number | undefined, reason: string, times = 1): void => {
    counts.refused += times;
    refusals.add(log.name, line, reason, times);
  };
  const settleOldest = async (): Promise<void> => {
    const oldest = inFlight.shift();
    if (!oldest) return;
    const stopped = record(counts, oldest.batch, await oldest.posted, refuse);
    if (stopped !== undefined) counts.stopped ??= stopped;
    onProgress(counts);
  };
  const send = (): void => {
    const lines = [...batch.good, ...batch.broken].map(({ text }) => text);
    if (lines.length > 0) inFlight.push({ batch, posted: postLines(options, lines) });
    batch = emptyBatch();
  };
  const take = async (piece: Piece): Promise<void> => {
    const line = asLine(piece);
    const bytes = Buffer.byteLength(line.text) + 1;
    if (bytes > LONGEST_BODY) return refuse(piece.line, 'longer than 10 MiB');
    if (line.reason !== undefined && /[\r\n]/.test(line.text)) return refuse(piece.line, line.reason);
    const size = batch.good.length + batch.broken.length;
    if (size === BATCH_RECORDS || (size > 0 && batch.bytes + bytes > BATCH_BYTES)) send();
    while (inFlight.length === IN_FLIGHT) await settleOldest();
    batch[line.reason === undefined ? 'good' : 'broken'].push(line);
    batch.bytes += bytes;
  };

  let unread: string | undefined;
  try {
    for await (const pieces of log.pieces()) {
      for (const piece of pieces) {
        if (counts.stopped !== undefined) break;
        await take(piece);
      }
      onProgress(counts);
      if (counts.stopped !== undefined) break;
    }
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    unread = error.message;
  }
  if (counts.stopped === undefined) send();
  while (inFlight.length > 0) await settleOldest();
  if (unread !== undefined) counts.stopped ??= unread;
  return counts;
}

function emptyBatch(): Batch {
  return { good: [], broken: [], bytes: 0 };
}

/** A piece on one line. Outside strings JSON's line breaks mean nothing, and inside they are escaped. */
function asLine(piece: Piece): Line {
  const { text, line } = piece;
  return piece.ok ? { text: text.replace(/[\r\n]+/g, ' '), line } : { text, line, reason: piece.reason };
}

/** Adds an answer to the counts; gives the reason to stop where the Worker did not take the batch. */
function record(
  counts: Counts,
  { good, broken }: Batch,
  posted: Posted,
  refuse: (line: number | undefined, reason: string, times?: number) => void,
): string | undefined {
  if (!posted.ok) {
    // A body without a single record that parses is told as unreadable: that is about its lines.
    if (!posted.unreadable || good.length > 0) return posted.detail;
    for (const { line, reason } of broken) refuse(line, reason ?? posted.detail);
    return undefined;
  }
  counts.accepted += posted.accepted;
  counts.duplicate += posted.duplicate;
  const places = placesOf([...good, ...broken], posted.accepted + posted.duplicate + posted.refusedTotal);
  for (const { at, reason } of posted.refused) refuse(places[at - 1]?.line, places[at - 1]?.reason ?? reason);
  const unlisted = posted.refusedTotal - posted.refused.length;
  if (unlisted > 0) refuse(undefined, 'further refused records of the same batches', unlisted);
  return undefined;
}

/** The line of each record of a batch. One line holds many where it is a whole answer of the vendor's API. */
function placesOf(lines: readonly Line[], records: number): readonly Line[] {
  if (lines.length === records) return lines;
  return lines.flatMap((line) => {
    const parsed = parseJson(line.text);
    return parsed.ok ? unwrap(parsed.value).map(() => line) : [line];
  });
}
