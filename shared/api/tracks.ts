/** /v1/tracks: tracking sets, what they deliver, and how that goes. */
import * as v from 'valibot';
import { count } from './coverage.ts';
import { grant, limit, name, slug, time, wholeNumber } from './parts.ts';
import { givenTarget, target } from './targets.ts';

/** Tracking sets, and the characters of all their queries and filters: every event is asked each of them. */
export const MAX_TRACKS = 200;
export const MAX_TRACKS_TEXT = 1_000_000;

export const FORMATS = ['records', 'events'] as const;
export const HEALTHS = ['ok', 'late', 'failing', 'paused'] as const;
export type Health = (typeof HEALTHS)[number];
export const DELIVERY_STATES = ['pending', 'delivered', 'dead'] as const;
export const TRACK_CHANGES = ['created', 'changed', 'deleted', 'tested', 'replayed', 'alarmed'] as const;

const term = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(128),
  v.check((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), 'no control characters'),
  v.description('Capital letters count as small ones.'),
);

const filter = v.strictObject({
  product: v.pipe(term, v.description('A product, such as `cvm`, or `*`.'), v.examples(['cvm'])),
  action: v.picklist(['read', 'write', '*'], '"read", "write" or "*"'),
  events: v.pipe(
    v.array(term),
    v.minLength(1, 'names of events, or "*"'),
    v.description('Names of events, as many as you like, or `*`.'),
    v.examples([['RunInstances', 'TerminateInstances']]),
  ),
});
export type Filter = v.InferOutput<typeof filter>;

export const filters = v.pipe(
  v.array(filter),
  v.minLength(1, 'at least one filter'),
  v.maxLength(1000, 'at most 1000 filters'),
  v.description('Events that any of them finds, instead of a query.'),
);

const q = v.pipe(
  v.string(),
  v.description('Finds its events, without `from` and `to`; "" finds all.'),
  v.examples(['product:cam action:write']),
);

const format = v.pipe(
  v.picklist(FORMATS, '"records" or "events"'),
  v.description('Lines of records as CloudAudit has them, or of events as GET /v1/events gives them.'),
);

const isCompressed = v.pipe(v.boolean(), v.description('Whether objects are gzip.'));

const status = v.picklist(['on', 'paused'], '"on" or "paused"');

/** Why something was not delivered. */
export const deliveryProblem = v.object({
  kind: v.string(),
  status: v.exactOptional(v.number()),
  code: v.exactOptional(v.pipe(v.string(), v.description('As the target names it: `NoSuchBucket`.'))),
  text: v.pipe(v.string(), v.metadata({ 'x-untrusted': true })),
});

export const track = v.object({
  id: v.string(),
  number: v.pipe(count, v.description('The same as a number, which is never used again.')),
  name,
  q: v.exactOptional(q),
  filters: v.exactOptional(v.array(v.object(filter.entries))),
  accounts: grant,
  target,
  format,
  compress: isCompressed,
  status,
  created: time,
  updated: time,
  changedBy: v.pipe(v.string(), v.description('The member who changed it last.')),
  backfill: v.exactOptional(
    v.object({
      from: time,
      to: time,
      state: v.picklist(['running', 'done']),
      events: v.exactOptional(v.pipe(count, v.description('Found so far.'))),
    }),
  ),
  health: v.picklist(HEALTHS),
  lastDelivered: v.exactOptional(v.nullable(time)),
  lag: v.exactOptional(
    v.pipe(
      count,
      v.description('Seconds for which the oldest event that is not delivered yet has been here.'),
    ),
  ),
  backlog: v.exactOptional(v.pipe(count, v.description('Events that are to be delivered.'))),
  dead: v.exactOptional(v.pipe(count, v.description('Deliveries that were given up.'))),
  problem: v.exactOptional(
    v.pipe(
      v.object({ ...deliveryProblem.entries, at: time }),
      v.description('What went wrong last, until something is delivered.'),
    ),
  ),
});
export type Track = v.InferOutput<typeof track>;

export const tracks = v.object({ tracks: v.array(track) });

const targetGiven = v.pipe(givenTarget, v.description('With its credential, which no answer shows.'));

export const newTrack = v.pipe(
  v.strictObject({
    id: v.optional(slug),
    name,
    q: v.exactOptional(q),
    filters: v.exactOptional(filters),
    accounts: v.optional(grant, '*'),
    target: targetGiven,
    format: v.optional(format, 'records'),
    compress: v.optional(isCompressed, true),
    status: v.optional(status, 'on'),
    backfill: v.exactOptional(
      v.pipe(
        v.strictObject({ from: time, to: v.exactOptional(time) }),
        v.check(
          ({ from, to }) => to === undefined || Date.parse(from) < Date.parse(to),
          '"to" later than "from"',
        ),
        v.description('Delivers what is stored of that range too; `to` is now where absent.'),
      ),
    ),
  }),
  v.check(
    ({ q: query, filters: given }) => (query === undefined) !== (given === undefined),
    'either "q" or "filters"',
  ),
);
export type NewTrack = v.InferOutput<typeof newTrack>;

export const trackChange = v.pipe(
  v.partial(
    v.strictObject({
      name,
      q,
      filters,
      accounts: grant,
      target: targetGiven,
      format,
      compress: isCompressed,
      status,
    }),
  ),
  v.check(
    ({ q: query, filters: given }) => query === undefined || given === undefined,
    'either "q" or "filters"',
  ),
);
export type TrackChange = v.InferOutput<typeof trackChange>;

const place = wholeNumber(1, Number.MAX_SAFE_INTEGER);
const next = v.nullable(v.pipe(place, v.description('`before` of the next page.')));

export const pageQuery = v.object({
  limit: limit(50),
  before: v.exactOptional(v.pipe(place, v.description('`next` of the answer before.'))),
});

export const delivery = v.object({
  id: v.pipe(v.string(), v.description('Goes with what is delivered, the same at each attempt.')),
  state: v.picklist(DELIVERY_STATES),
  count: v.pipe(
    count,
    v.description('Events; of those planned, some may be gone by the time they are sent.'),
  ),
  hour: v.pipe(time, v.description('The hour of its events.')),
  key: v.exactOptional(v.pipe(v.string(), v.description('Where it went, below the target’s prefix.'))),
  bytes: v.exactOptional(count),
  sha256: v.exactOptional(v.string()),
  attempts: count,
  created: time,
  delivered: v.exactOptional(time),
  nextTry: v.exactOptional(time),
  backfill: v.exactOptional(v.literal(true)),
  problem: v.exactOptional(deliveryProblem),
});
export type Delivery = v.InferOutput<typeof delivery>;

export const deliveries = v.object({ deliveries: v.array(delivery), next });

/** Who did which of some kinds of things, when and how, newest first. */
export function historyOf<const K extends readonly string[]>(kinds: K) {
  const changed = v.object({
    at: time,
    by: v.pipe(v.string(), v.description('The member who did it.')),
    kind: v.picklist(kinds),
    what: v.pipe(
      v.record(v.string(), v.unknown()),
      v.description('What it was set to, without what is secret.'),
    ),
  });
  return v.object({ changes: v.array(changed), next });
}

export const trackHistory = historyOf(TRACK_CHANGES);
export type TrackChanged = v.InferOutput<typeof trackHistory>['changes'][number];

export const testDelivery = v.object({
  ok: v.boolean(),
  key: v.exactOptional(v.pipe(v.string(), v.description('Of the object, below the target’s prefix.'))),
  problem: v.exactOptional(deliveryProblem),
});

export const replayed = v.object({
  replayed: v.pipe(count, v.description('Deliveries that are attempted again.')),
});

/** For GET /v1/status. */
export const trackState = v.pick(track, [
  'id',
  'name',
  'health',
  'lastDelivered',
  'lag',
  'backlog',
  'dead',
  'problem',
]);
export type TrackState = v.InferOutput<typeof trackState>;
