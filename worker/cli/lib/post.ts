import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Asked } from '../../../shared/api/client.ts';
import type { Ingested } from '../../../shared/api/ingest.ts';
import { explain, request, type Server } from './server.ts';

/** The most a batch holds; both well below what the Worker takes in one body. */
export const BATCH_RECORDS = 500;
export const BATCH_BYTES = 4_000_000;

const TRIES = 5;
const LONGEST_WAIT = 30_000;

export type Posted =
  /** `at` of what was refused is the 1-based number of the line. */
  | ({ ok: true } & Ingested)
  /** `unreadable`: the Worker found nothing in the body that it could read. */
  | { ok: false; detail: string; unreadable: boolean };

export interface PostOptions {
  server: Server;
  query: NonNullable<Asked<'POST /v1/events'>['query']>;
  signal?: AbortSignal;
  /** Waits that many ms between tries. */
  wait?: (ms: number) => Promise<unknown>;
}

/**
 * Posts one batch, a record per line. Where nothing answers, the Worker is busy (429) or fails (5xx), it tries
 * again, five times in all and each time later. Posting again is safe: what is stored counts as duplicate.
 */
export async function postLines(options: PostOptions, lines: readonly string[]): Promise<Posted> {
  const { server, query, signal, wait = pause } = options;
  const body = new Uint8Array(await compress(lines.join('\n'), { level: 3 }));
  for (let attempt = 1; ; attempt += 1) {
    const records = { mediaType: 'application/x-ndjson', gzip: true, content: body } as const;
    const answer = await request(server, 'POST /v1/events', { query, records }, signal);
    if (answer.ok) return { ok: true, ...answer.body };
    if (signal?.aborted) return { ok: false, detail: 'stopped', unreadable: false };
    if (attempt === TRIES || !isPassing(answer.status)) {
      return { ok: false, detail: explain(server, answer), unreadable: [400, 422].includes(answer.status) };
    }
    await wait(delay(attempt, answer));
  }
}

const compress = promisify<string, { level: number }, Buffer>(gzip);

function isPassing(status: number): boolean {
  return status === 0 || status === 429 || status >= 500;
}

/** Half a second, doubled each time and spread by a fifth, unless the server asked for longer. */
function delay(attempt: number, answer: { wait?: number }): number {
  const own = 500 * 2 ** (attempt - 1) * (0.9 + Math.random() / 5);
  return Math.min(LONGEST_WAIT, Math.max(own, answer.wait ?? 0));
}
