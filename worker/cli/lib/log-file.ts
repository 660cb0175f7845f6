import { createReadStream, statSync } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { readPieces, type End, type Platform } from '../../../shared/event/pieces.ts';
import type { Piece } from '../../../shared/event/split.ts';
import { Fault } from './fault.ts';
import { inert } from './terminal.ts';

/** A file to import, opened when its pieces are first asked for. */
export interface LogFile {
  /** As the user typed it. */
  name: string;
  /** Bytes on disk; undefined for standard input. */
  size: number | undefined;
  /** Bytes read so far, before they are unpacked. */
  bytesRead(): number;
  /** The pieces of JSON in it, unpacked where it is gzip. A `Fault` where it cannot be read to its end. */
  pieces(): AsyncGenerator<Piece[]>;
}

/** A file on disk; a `Fault` where it is missing or not a file. */
export function fileLog(name: string, path: string): LogFile {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new Fault(`${inert(name)}: there is no such file.`);
  if (stat.isDirectory())
    throw new Fault(`${inert(name)}: is a folder; name its files (for example ${inert(name)}/*).`);
  // A pipe (`<(…)`) has no size to show.
  return createLog(name, stat.isFile() ? stat.size : undefined, () => createReadStream(path));
}

/** Standard input, or any stream. */
export function streamLog(name: string, stream: Readable): LogFile {
  return createLog(name, undefined, () => stream);
}

const PLATFORM: Platform = {
  // The failure itself arrives where the unpacked bytes are read.
  gunzip: (zipped) => pipeline(zipped, createGunzip(), () => {}),
  decoder: () => new TextDecoder(),
};

function createLog(name: string, size: number | undefined, open: () => Readable): LogFile {
  let read = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of open()) {
      const buffer = Buffer.from(chunk);
      read += buffer.length;
      yield buffer;
    }
  }
  return {
    name,
    size,
    bytesRead: () => read,
    async *pieces() {
      const reading = readPieces(counted(), PLATFORM, { maxBytes: Infinity });
      yield* reading.pieces;
      const problem = explain(reading.end());
      if (problem !== undefined) throw new Fault(`${inert(name)}: ${problem}`);
    },
  };
}

function explain(end: End | undefined): string | undefined {
  if (end?.kind === 'cut') return explainRead(end.error);
  if (end?.kind !== 'damaged') return undefined;
  return codeOf(end.error) === 'Z_BUF_ERROR'
    ? 'the gzip file is cut short; what came before the cut was sent.'
    : 'the gzip file is damaged; what came before the damage was sent.';
}

function explainRead(error: unknown): string {
  const code = codeOf(error);
  if (code === 'EACCES') return 'may not be read (no permission).';
  return `could not be read (${code || inert(String(error))}).`;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
