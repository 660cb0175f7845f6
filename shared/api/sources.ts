/** /v1/sources: what Sidetrail reads by itself, how that goes, and reading back. */
import * as v from 'valibot';
import { count, lag } from './coverage.ts';
import { accountId, recordText, source, time } from './parts.ts';

const seconds = v.pipe(v.number(), v.minValue(0));

const state = v.picklist(['ok', 'failing', 'waiting']);

export const sourceProblem = v.object({
  kind: v.pipe(
    v.string(),
    v.description(
      'What went wrong: `key`, `permission`, `clock`, `limit`, `server`, `unreachable`, `refused`, `unreadable` …',
    ),
  ),
  detail: v.pipe(recordText, v.description('What the other side said, without secrets.')),
  todo: v.pipe(v.string(), v.description('What to do about it.')),
  since: time,
});
export type SourceProblem = v.InferOutput<typeof sourceProblem>;

export const backfill = v.object({
  id: v.string(),
  from: time,
  to: time,
  state: v.picklist(['waiting', 'running', 'failing', 'done']),
  percent: v.pipe(v.number(), v.minValue(0), v.maxValue(100)),
  events: v.pipe(count, v.description('Read so far, those that were here already too.')),
  rate: v.pipe(v.number(), v.description('Events per second of work.')),
  left: v.pipe(v.nullable(seconds), v.description('Seconds of work that are left, as it goes so far.')),
  problem: v.exactOptional(sourceProblem),
});
export type Backfill = v.InferOutput<typeof backfill>;

/** What a key is asked for beside events; it goes on without. */
const feature = v.object({ name: v.string(), state, problem: v.exactOptional(sourceProblem) });

/** Log files of a bucket. */
const files = v.object({
  waiting: v.pipe(count, v.description('Found and not read to the end yet.')),
  bytes: v.pipe(count, v.description('Of those that wait, as they are stored.')),
  broken: v.pipe(count, v.description('Not readable as they are; each is read again once it is replaced.')),
  reasons: v.pipe(
    v.array(v.object({ key: recordText, reason: v.string() })),
    v.description('The newest of the broken ones, at most 10.'),
  ),
});

export const readSource = v.object({
  id: v.string(),
  source,
  accounts: v.pipe(v.array(accountId), v.description('Those whose records came out of it.')),
  state: v.pipe(
    v.picklist([...state.options, 'stopped']),
    v.description(
      '`waiting`: it has not been read yet. `stopped`: its key, or its bucket, is no longer set, so it is read no more.',
    ),
  ),
  since: v.pipe(v.nullable(time), v.description('It is read from here on, but for its gaps.')),
  seenTo: v.nullable(time),
  settledTo: v.nullable(time),
  lastRead: v.pipe(v.nullable(time), v.description('When it was last read without a failure.')),
  lag: v.exactOptional(lag),
  problem: v.exactOptional(v.pipe(sourceProblem, v.description('For admins.'))),
  nextTry: v.exactOptional(v.pipe(time, v.description('For admins, where it is not tried at once.'))),
  features: v.exactOptional(
    v.pipe(v.array(feature), v.description('For admins: names and prices, which may need more permissions.')),
  ),
  backfill: v.exactOptional(v.pipe(backfill, v.description('For admins: the newest.'))),
  files: v.exactOptional(
    v.pipe(files, v.description('For admins: of a bucket, where files wait or cannot be read.')),
  ),
});
export type ReadSource = v.InferOutput<typeof readSource>;

export const sources = v.object({ sources: v.array(readSource) });

/** How far back CloudAudit keeps operation records. */
export const KEPT_DAYS = 90;

export const backfillAsked = v.strictObject({
  from: v.exactOptional(
    v.pipe(time, v.description(`The first moment; ${KEPT_DAYS} days ago where absent, which is the most.`)),
  ),
  to: v.exactOptional(v.pipe(time, v.description('The end; now where absent.'))),
});
