/** POST /v1/events: records in. */
import * as v from 'valibot';
import { count } from './coverage.ts';
import { accountId, source } from './parts.ts';

/** Bodies of records, each plain or gzip: JSON, NDJSON, CloudEvents and batches of them, API responses. */
export const RECORD_MEDIA_TYPES = [
  'application/x-ndjson',
  'application/json',
  'application/ndjson',
  'application/jsonl',
  'application/cloudevents+json',
  'application/cloudevents-batch+json',
  'application/gzip',
  'application/x-gzip',
  'application/octet-stream',
  'text/plain',
] as const;

/** Bodies of an event bus: CloudEvents, one or a batch. Targets may call either JSON. */
export const BUS_MEDIA_TYPES = [
  'application/cloudevents+json',
  'application/cloudevents-batch+json',
  'application/json',
] as const;

export const ingestQuery = v.object({
  source: v.optional(
    v.pipe(source, v.description('Where the records are from. An ingest token has its own.')),
    'push',
  ),
  account: v.exactOptional(
    v.pipe(
      accountId,
      v.description('The account of records that do not say theirs. An ingest token has its own.'),
    ),
  ),
});

export const ingested = v.object({
  accepted: count,
  duplicate: v.pipe(count, v.description('Were here already: sending again is safe.')),
  refused: v.pipe(
    v.array(v.object({ at: count, reason: v.string() })),
    v.description('The first 1,000, by their place among the records of the body, from 1.'),
  ),
  refusedTotal: count,
});
export type Ingested = v.InferOutput<typeof ingested>;
