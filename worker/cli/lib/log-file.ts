import { createReadStream, statSync } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Fault } from './fault.ts';
import { inert } from './terminal.ts';

/** A file to import, opened when its text is first asked for. */
export interface LogFile {
  /** As the user typed it. */
  name: string;
  /** Bytes on disk; undefined for standard input. */
  size: number | undefined;
  /** Bytes read so far, before they are unpacked. */
  bytesRead(): number;
  /** The text in chunks, unpacked where it is gzip. A `Fault` where it cannot be read to its end. */
  text(): AsyncGenerator<string>;
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

function createLog(name: string, size: number | undefined, open: () => Readable): LogFile {
  let read = 0;
  async function* counted(): AsyncGenerator<Buffer> {
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
    async *text() {
      const decoder = new TextDecoder();
      try {
        for await (const chunk of unpacked(counted())) yield decoder.decode(chunk, { stream: true });
      } catch (error) {
        throw new Fault(`${inert(name)}: ${explainRead(error)}`);
      }
      yield decoder.decode();
    },
  };
}

/** The bytes, through gunzip where they start with gzip's magic number. */
async function* unpacked(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  let head: Buffer = Buffer.alloc(0);
  while (head.length < 2) {
    const next = await chunks.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  async function* whole(): AsyncGenerator<Buffer> {
    yield head;
    yield* chunks;
  }
  const isGzip = head[0] === 0x1f && head[1] === 0x8b;
  yield* isGzip ? pipeline(whole, createGunzip(), () => {}) : whole();
}

function explainRead(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'Z_BUF_ERROR') return 'the gzip file is cut short; what came before the cut was sent.';
  if (code.startsWith('Z_')) return 'the gzip file is damaged; what came before the damage was sent.';
  if (code === 'EACCES') return 'may not be read (no permission).';
  return `could not be read (${code || inert(String(error))}).`;
}
