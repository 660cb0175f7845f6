import { createHash } from 'node:crypto';

/** What the last line of an export says. */
export interface Trailer {
  count: number;
  sha256: string;
  next: string | null;
}

export type Format = 'ndjson' | 'csv';

/** A part of an export that arrived whole, or why it is none. */
export type Part = { ok: true; trailer: Trailer } | { ok: false; reason: string };

const NEWLINE = 10;

/**
 * Hands on all of a streamed part but its last line, and checks that line against what came before it: a part
 * that was cut has no trailer, one that was changed has another hash. Holds back one line, no more.
 */
export async function readPart(
  stream: AsyncIterable<Uint8Array>,
  format: Format,
  write: (bytes: Uint8Array) => Promise<void>,
): Promise<Part> {
  const hash = createHash('sha256');
  let held = Buffer.alloc(0);
  try {
    for await (const chunk of stream) {
      held = Buffer.concat([held, chunk]);
      // The start of the last line that is in full or in part here.
      const start = held.subarray(0, -1).lastIndexOf(NEWLINE) + 1;
      hash.update(held.subarray(0, start));
      if (start > 0) await write(held.subarray(0, start));
      held = held.subarray(start);
    }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { ok: false, reason: 'the answer broke off' };
  }
  const trailer = READ[format](held.toString('utf8').trimEnd());
  if (trailer === undefined) return { ok: false, reason: 'the answer broke off before its trailer' };
  const sha256 = hash.digest('hex');
  if (trailer.sha256 !== sha256)
    return { ok: false, reason: 'what arrived is not what was sent: its hash differs' };
  return { ok: true, trailer };
}

const READ: { [F in Format]: (line: string) => Trailer | undefined } = {
  ndjson: (line) => {
    const match =
      /^\{"trailer":\{"count":(\d+),"sha256":"([0-9a-f]{64})","next":(?:null|"([\w.-]+)")\}\}$/.exec(line);
    return trailerOf(match);
  },
  csv: (line) => trailerOf(/^# (\d+) ([0-9a-f]{64}) (?:-|([\w.-]{2,}))$/.exec(line)),
};

function trailerOf(match: RegExpExecArray | null): Trailer | undefined {
  if (match === null) return undefined;
  const [, count = '', sha256 = '', next] = match;
  return { count: Number(count), sha256, next: next ?? null };
}
