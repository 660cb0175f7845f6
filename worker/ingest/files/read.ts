/** Reading one log file of a bucket, from where it was left. */
import { readPieces, type End } from '../../../shared/event/pieces.ts';
import type { Piece } from '../../../shared/event/split.ts';
import {
  fileAgain,
  fileDone,
  fileGone,
  filePlace,
  queueFiles,
  type WaitingFile,
} from '../../store/file-places.ts';
import { run } from '../../store/meter.ts';
import { getObject } from '../../tencent/cos.ts';
import type { Failure } from '../../tencent/failure.ts';
import { retryAfter } from '../again.ts';
import { chunksOf, PLATFORM } from '../body.ts';
import { takeIn, type IntakeContext } from '../intake.ts';
import type { Bucket } from './bucket.ts';
import { bareEtag } from './list.ts';

/** `more`: time was up, it goes on another time. `failed`: it could not be had; it waits for a while. */
export type FileRead = { kind: 'done' | 'more' } | { kind: 'failed'; failure: Failure };

export interface ReadTerms {
  intake: (now: number) => IntakeContext;
  /** Called whenever events were stored. */
  arrived: () => void;
  /** Unix ms. */
  until: number;
}

/** Pieces that are stored together, and their characters: no file, however large, takes more memory. */
const CHUNK = 500;
const CHUNK_CHARS = 4_000_000;

/** A file that unpacks to more is no log file. */
const MAX_BYTES = 2 ** 31;

/**
 * Reads until the file ends or, with at least one more chunk stored, the time is up. How far it is read is stored with
 * the events themselves. What was stored before is streamed again and passed over without being parsed: gzip cannot be
 * entered in the middle.
 */
export async function readFile(
  bucket: Bucket,
  file: WaitingFile,
  { intake, arrived, until }: ReadTerms,
): Promise<FileRead> {
  const { store, client, clock, source } = bucket;
  const content = { source, key: file.key, etag: file.etag };
  const got = await getObject(client, file.key, clock());
  if (!got.ok) {
    if (got.failure.status === 404) {
      await run(store, [fileGone(store, content)]);
      return { kind: 'done' };
    }
    return await again(bucket, file, got.failure);
  }
  const etag = bareEtag(got.etag);
  if (etag !== '' && etag !== file.etag) {
    // It was overwritten after it was listed: it is another file now, and read as such.
    await got.body.cancel();
    const modified = Math.floor(clock() / 1000);
    await queueFiles(store, source, [{ key: file.key, etag, size: got.size ?? 0, modified }]);
    return { kind: 'done' };
  }

  const reading = readPieces(chunksOf(got.body), PLATFORM, { maxBytes: MAX_BYTES });
  let seen = 0;
  let isLog = file.pieces > 0;
  let chunk: Piece[] = [];
  let chars = 0;
  const settle = async (along: D1PreparedStatement): Promise<void> => {
    const stored = await takeIn(once(chunk), intake(clock()), [along]);
    if (stored.accepted > 0) arrived();
    chunk = [];
    chars = 0;
  };

  for await (const pieces of reading.pieces) {
    for (const piece of pieces) {
      seen += 1;
      if (seen <= file.pieces) continue;
      isLog ||= piece.ok;
      chunk.push(piece);
      chars += piece.text.length;
      if (chunk.length < CHUNK && chars < CHUNK_CHARS) continue;
      await settle(filePlace(store, content, seen));
      if (clock() >= until) return { kind: 'more' };
    }
  }
  const end = reading.end();
  if (end?.kind === 'cut') {
    if (chunk.length > 0) await settle(filePlace(store, content, seen));
    const tries = seen > file.pieces ? 0 : file.tries;
    return await again(bucket, { ...file, tries }, CUT_OFF);
  }
  const fault = faultOf(end) ?? (isLog || reading.blank() ? undefined : 'There is no JSON in it.');
  await settle(fileDone(store, content, fault));
  return { kind: 'done' };
}

async function* once(pieces: Piece[]): AsyncGenerator<Piece[]> {
  yield pieces;
}

const CUT_OFF: Failure = {
  kind: 'unreachable',
  code: 'CutOff',
  message: 'the connection ended before the file did',
};

function faultOf(end: End | undefined): string | undefined {
  if (end?.kind === 'damaged') return 'It is gzip that is damaged or breaks off.';
  return end?.kind === 'too-large' ? `It unpacks to more than ${MAX_BYTES} bytes.` : undefined;
}

const AGAIN = { first: 60, most: 6 * 3600 };

/** Has a file wait after a failure, so that it holds up no other. */
async function again(
  { store, source, clock }: Bucket,
  file: WaitingFile,
  failure: Failure,
): Promise<FileRead> {
  const nextTry = Math.floor(clock() / 1000) + retryAfter(file.tries, AGAIN);
  await run(store, [fileAgain(store, { source, key: file.key, etag: file.etag }, nextTry)]);
  return { kind: 'failed', failure };
}
