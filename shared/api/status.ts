/** Who calls, how fresh and whole the picture is, and what could not be read. */
import * as v from 'valibot';
import { account } from './accounts.ts';
import { progress } from './classification.ts';
import { aboutEvents, arrival, count, coverage } from './coverage.ts';
import { member } from './members.ts';
import { readSource } from './sources.ts';
import { grant, limit, operatorRefs, recordText, source, time, wholeNumber } from './parts.ts';
import { team } from './teams.ts';
import { trackState } from './tracks.ts';

/** The version of the interface under /v1: raised when something is added to it. */
export const API = 1;

export const me = v.object({
  member: v.pick(member, ['id', 'name', 'role']),
  accounts: v.array(account),
  operators: operatorRefs,
  teams: v.pipe(v.array(v.omit(team, ['leads'])), v.description('Those that the caller leads.')),
  scope: v.pipe(
    v.object({
      accounts: grant,
      operators: v.union([v.literal('*'), operatorRefs]),
      hash: v.string(),
    }),
    v.description('The events that the caller may see; `hash` changes when that does.'),
  ),
  cursor: v.pipe(v.string(), v.description('Where GET /v1/changes begins for who knows all there is now.')),
  api: v.pipe(v.number(), v.integer(), v.description('Raised when something is added to /v1.')),
  oldest: v.nullable(time),
  ...aboutEvents,
  demo: v.boolean(),
});

const tick = v.object({
  last: v.pipe(v.nullable(time), v.description('When the jobs of each minute were done last.')),
});

/** Something that somebody has to look after. */
export const warning = v.object({
  kind: v.picklist(['settings', 'source', 'feature', 'storage', 'tick']),
  detail: v.string(),
  todo: v.string(),
});
export type Warning = v.InferOutput<typeof warning>;

const storage = v.object({
  bytes: count,
  limit: v.pipe(count, v.description('What the database may have.')),
  level: v.pipe(
    v.picklist(['ok', 'short', 'full']),
    v.description(
      '`short`, from 80 % on: the oldest reads go before their time. `full`, from 95 % on: reads are not stored.',
    ),
  ),
  readsSince: v.pipe(v.nullable(time), v.description('Reads before this are not kept, for want of room.')),
});

const freshness = {
  now: time,
  oldest: v.nullable(time),
  newest: v.nullable(time),
  classification: progress,
  tick,
  ...aboutEvents,
};

/** For who sees everything in their accounts. */
export const fullStatus = v.object({
  ...freshness,
  events: count,
  duplicate: count,
  conflict: v.pipe(count, v.description('Events on which two sources disagree.')),
  refused: count,
  deadLetters: count,
  tracks: v.exactOptional(
    v.pipe(v.array(trackState), v.description('How tracking sets deliver; for who sees every account.')),
  ),
  storage: v.exactOptional(v.pipe(storage, v.description('For who sees every account.'))),
  sources: v.array(arrival),
  readers: v.pipe(v.array(readSource), v.description('What Sidetrail reads by itself, as in /v1/sources.')),
  warnings: v.array(warning),
});

/** For others: counts would tell what is hidden. */
export const scopedStatus = v.object({ ...freshness, sources: v.array(coverage) });

export const status = v.union([fullStatus, scopedStatus]);

const place = wholeNumber(1, Number.MAX_SAFE_INTEGER);

export const deadLettersQuery = v.object({
  limit: limit(50),
  before: v.exactOptional(v.pipe(place, v.description('`next` of the answer before.'))),
});

export const deadLetter = v.object({
  id: place,
  source,
  account: v.string(),
  received: time,
  reason: v.string(),
  record: v.pipe(recordText, v.description('What came, without its secrets, bounded.')),
});
export type DeadLetter = v.InferOutput<typeof deadLetter>;

export const deadLetters = v.object({ deadLetters: v.array(deadLetter), next: v.nullable(place) });
