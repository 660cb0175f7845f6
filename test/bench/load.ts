/**
 * Fills the store with the demo company over HTTP, and every so often gives the same batch to node:sqlite,
 * right after the Worker: what slows the machine down then slows both.
 */
import * as v from 'valibot';
import { DEMO_ACCOUNT, DEMO_SOURCE } from '../../shared/event/demo.ts';
import { createSplitter } from '../../shared/event/split.ts';
import { bar, count, type Progress } from '../../worker/cli/lib/terminal.ts';
import { takeIn } from '../../worker/ingest/intake.ts';
import { loadClassification } from '../../worker/store/classification.ts';
import type { Cost } from '../../worker/store/meter.ts';
import { records } from '../support/company/company.ts';
import { call, type Client } from './client.ts';
import type { CosFiles } from './cos-files.ts';
import type { NodeStore } from './node-store.ts';

const SEED = 20_260_101;
/** A little less than events are kept, so that none is refused for its age. */
const DAYS = 89;
const DAY = 86_400;

const BATCH = 500;
const SMALL_BATCH = 20;
/** Events that are sent in small batches, in the middle of the others. */
const SMALL_EVENTS = 2_000;
/** One batch in four goes to node:sqlite too, in a large run fewer: its file is smaller, which favours it. */
const pairedOneIn = (events: number): number => Math.max(4, Math.round(events / 100_000));

export interface LoadOptions {
  client: Client;
  baseline: NodeStore;
  /** Events to make, within 2 %. */
  events: number;
  /** Unix seconds; all events are older. */
  end: number;
  progress: Progress;
  files: CosFiles | undefined;
}

/** Batches of one size. */
export interface Batches {
  batches: number;
  events: number;
  /** Milliseconds of HTTP. */
  ms: number;
  rowsRead: number;
  rowsWritten: number;
  /** The most round trips that one took. */
  trips: number;
}

export interface Loaded {
  events: number;
  /** Bytes of JSON that they came as. */
  rawBytes: number;
  large: Batches;
  small: Batches;
  /** Batches that both took in: milliseconds of each side. */
  paired: { events: number; workerMs: number; nodeMs: number };
  /** A cursor of /v1/changes from before the first event, and from the middle. */
  cursors: { start: string; middle: string };
  /** Unix seconds. */
  middle: number;
}

/** Sends everything, one batch after the other. Throws where the Worker takes a record for anything but new. */
export async function load(options: LoadOptions): Promise<Loaded> {
  const { client, baseline, events, end, progress } = options;
  const start = await changesCursor(client);
  const loaded: Loaded = {
    events: 0,
    rawBytes: 0,
    large: { batches: 0, events: 0, ms: 0, rowsRead: 0, rowsWritten: 0, trips: 0 },
    small: { batches: 0, events: 0, ms: 0, rowsRead: 0, rowsWritten: 0, trips: 0 },
    paired: { events: 0, workerMs: 0, nodeMs: 0 },
    cursors: { start, middle: start },
    middle: end - (DAYS * DAY) / 2,
  };
  const every = pairedOneIn(events);
  for (const { size, body } of batchesOf(options)) {
    const isSmall = size === SMALL_BATCH;
    if (isSmall && loaded.small.batches === 0) loaded.cursors.middle = await changesCursor(client);
    const { ms, cost } = await post(client, body, size);
    loaded.events += size;
    loaded.rawBytes += Buffer.byteLength(body);
    if (isSmall) add(loaded.small, size, ms, cost);
    if (size === BATCH) {
      add(loaded.large, size, ms, cost);
      const isPaired = loaded.large.batches % every === 0;
      const nodeMs = isPaired ? await takeInNode(baseline, body, size) : 0;
      // The first runs code that no compiler has seen yet.
      if (isPaired && loaded.large.batches > every) {
        loaded.paired.events += size;
        loaded.paired.workerMs += ms;
        loaded.paired.nodeMs += nodeMs;
      }
    }
    progress.show(() => `Loading ${bar(loaded.events, events)}  ${count(loaded.events)} events`);
  }
  progress.clear();
  return loaded;
}

/** The company's records as NDJSON, in large batches with some small ones in their middle. */
function* batchesOf({ events, end, files }: LoadOptions): Generator<{ size: number; body: string }> {
  const half = Math.floor(events / 2);
  let sent = 0;
  let lines: string[] = [];
  for (const record of records({ seed: SEED, records: events, end, days: DAYS })) {
    const line = JSON.stringify(record);
    files?.add(Number(record['eventTime']), line);
    lines.push(line);
    if (lines.length < (sent >= half && sent < half + SMALL_EVENTS ? SMALL_BATCH : BATCH)) continue;
    yield { size: lines.length, body: lines.join('\n') };
    sent += lines.length;
    lines = [];
  }
  if (lines.length > 0) yield { size: lines.length, body: lines.join('\n') };
}

function add(batches: Batches, events: number, ms: number, cost: Cost): void {
  batches.batches += 1;
  batches.events += events;
  batches.ms += ms;
  batches.rowsRead += cost.rowsRead;
  batches.rowsWritten += cost.rowsWritten;
  batches.trips = Math.max(batches.trips, cost.trips);
}

async function changesCursor(client: Client): Promise<string> {
  return v.parse(v.object({ cursor: v.string() }), (await call(client, '/v1/me')).body).cursor;
}

async function post(client: Client, body: string, sent: number): Promise<{ ms: number; cost: Cost }> {
  const called = await call(client, `/v1/events?source=${DEMO_SOURCE}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body,
  });
  // Anything else than new events would be another figure.
  v.parse(v.object({ accepted: v.literal(sent) }), called.body);
  return called;
}

/** Takes a batch in as the Worker does, from the text to the commit; gives the milliseconds. */
async function takeInNode(baseline: NodeStore, body: string, sent: number): Promise<number> {
  const started = performance.now();
  const splitter = createSplitter({ maxChars: 4 * 1024 * 1024 });
  const now = Date.now();
  const store = baseline.store();
  const { classifier } = await loadClassification(store);
  const intake = await takeIn(piecesOf([splitter.push(body), splitter.end()]), {
    store,
    objects: NO_OBJECTS,
    source: DEMO_SOURCE,
    account: DEMO_ACCOUNT,
    classifier,
    now,
    received: new Date(now).toISOString(),
    writable: '*',
    retention: () => DAYS + 1,
  });
  if (intake.accepted !== sent) throw new Error(`node:sqlite took ${intake.accepted} of ${sent}`);
  return performance.now() - started;
}

async function* piecesOf<T>(pieces: readonly T[]): AsyncGenerator<T> {
  yield* pieces;
}

/** No record of the demo company is large enough for R2. */
const NO_OBJECTS = {
  put: () => Promise.reject(new Error('a record of the demo company is too large for a row')),
} as unknown as R2Bucket;
