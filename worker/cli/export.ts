import { once } from 'node:events';
import { createWriteStream, renameSync, rmSync, statSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { Writable } from 'node:stream';
import { readArguments } from './lib/arguments.ts';
import { readPart, type Format } from './lib/export-part.ts';
import { Fault, runCommand } from './lib/fault.ts';
import { resolveTyped, stateFolder } from './lib/places.ts';
import { findServer, type Server } from './lib/server.ts';
import { stateFiles } from './lib/state.ts';
import { count, createProgress, inert } from './lib/terminal.ts';

const USAGE = `npm run export -- [QUERY]

Writes every event that a query finds, newest first, and checks that all of it arrived.

  --out FILE      write there, and only once it is whole (default: standard output; then use npm run -s export,
                  or npm's own two lines stand before the first)
  --format csv    CSV for spreadsheets instead of NDJSON
  --tz ZONE       the zone that dates in the query are read in, such as Asia/Shanghai

SIDETRAIL_URL and SIDETRAIL_TOKEN name the Worker; otherwise it is the one that "npm start" started.
`;

interface Options {
  q: string;
  tz?: string;
  format: Format;
  out?: string;
}

await runCommand(async () => {
  const options = readOptions();
  if (options === undefined) {
    process.stdout.write(USAGE);
    return 0;
  }
  const server = findServer(stateFiles(stateFolder()), process.env);
  const path = options.out === undefined ? undefined : resolveTyped(options.out);
  const out = path === undefined ? toStandardOutput() : await toFile(path);
  try {
    const events = await exportAll(server, options, out);
    if (path !== undefined) {
      out.end();
      await finished(out);
      renameSync(`${path}.part`, path);
    }
    process.stderr.write(`${count(events)} events, count and hash as sent.\n`);
    return 0;
  } catch (error) {
    if (path !== undefined) rmSync(`${path}.part`, { force: true });
    throw error;
  }
});

function readOptions(): Options | undefined {
  const { values, positionals } = readArguments({
    allowPositionals: true,
    options: {
      out: { type: 'string', short: 'o' },
      format: { type: 'string' },
      tz: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return undefined;
  const { out, tz, format = 'ndjson' } = values;
  if (format !== 'ndjson' && format !== 'csv') {
    throw new Fault(`There is no format ${inert(format)}: ndjson or csv.`);
  }
  return {
    q: positionals.join(' '),
    format,
    ...(out === undefined ? {} : { out }),
    ...(tz === undefined ? {} : { tz }),
  };
}

/** A reader that went away (`| head`) wants no more. */
function toStandardOutput(): Writable {
  process.stdout.on('error', () => process.exit(0));
  return process.stdout;
}

/** The file beside the one that is asked for, open; a `Fault` where it cannot be written. */
async function toFile(path: string): Promise<Writable> {
  const taken = statSync(path, { throwIfNoEntry: false });
  if (taken && !taken.isFile()) throw new Fault(`${inert(path)} is no file.`);
  const out = createWriteStream(`${path}.part`);
  try {
    await once(out, 'open');
  } catch (error) {
    throw new Fault(`${inert(path)} cannot be written: ${inert(String(error))}`);
  }
  return out;
}

/** Writes part after part; gives the number of events. A `Fault` where one did not arrive whole. */
async function exportAll(server: Server, { q, tz, format }: Options, out: Writable): Promise<number> {
  const progress = createProgress(process.stderr);
  let events = 0;
  for (let cursor: string | null = ''; cursor !== null;) {
    const query = new URLSearchParams({ q, format, ...(tz && { tz }), ...(cursor && { cursor }) });
    const skipHead = format === 'csv' && cursor !== '';
    const part = await readPart(await open(server, query), format, skipHead ? behindHead(out) : into(out));
    if (!part.ok) throw new Fault(`The export is not whole: ${part.reason}. Nothing was kept; run it again.`);
    events += part.trailer.count;
    cursor = part.trailer.next;
    progress.show(() => `${count(events)} events`);
  }
  progress.clear();
  return events;
}

async function open(server: Server, query: URLSearchParams): Promise<AsyncIterable<Uint8Array>> {
  const headers = { authorization: `Bearer ${server.token}` };
  const response = await fetch(`${server.url}/v1/events/export?${query.toString()}`, { headers }).catch(
    () => undefined,
  );
  if (response === undefined) throw new Fault(`Nothing answers on ${server.url}.`);
  if (!response.ok || response.body === null) throw new Fault(await reasonOf(response));
  return response.body;
}

async function reasonOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => undefined);
  const detail = typeof body === 'object' && body !== null && 'detail' in body ? String(body.detail) : '';
  return `The Worker answered ${response.status}. ${inert(detail)}`.trimEnd();
}

function into(out: Writable): (bytes: Uint8Array) => Promise<void> {
  return (bytes) =>
    new Promise((resolve, reject) => {
      out.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
}

/** Every part of a CSV begins with the names of its columns; the file has them once. */
function behindHead(out: Writable): (bytes: Uint8Array) => Promise<void> {
  const write = into(out);
  let passed = false;
  return async (bytes) => {
    if (passed) return await write(bytes);
    const end = bytes.indexOf(10) + 1;
    passed = end > 0;
    if (passed) await write(bytes.subarray(end));
  };
}
