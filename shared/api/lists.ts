/** Lists of events: pages, and everything as one stream. */
import * as v from 'valibot';
import { isTimeZone } from '../query/zone.ts';
import { aboutEvents } from './coverage.ts';
import { eventSummary } from './event.ts';
import { limit, time } from './parts.ts';

/** Which events, in which order they are gone through. */
const listEntries = {
  q: v.optional(
    v.pipe(
      v.string(),
      v.description('What to find, in the query language; everything where it is empty.'),
      v.examples(['outcome:failed,denied from:7d']),
    ),
    '',
  ),
  tz: v.exactOptional(
    v.pipe(
      v.string(),
      v.check(isTimeZone, 'an IANA time zone, such as Asia/Shanghai'),
      v.description('The IANA zone that dates in `q` are read in; the organisation’s where absent.'),
    ),
  ),
  cursor: v.exactOptional(
    v.pipe(
      v.string(),
      v.description('`next` of the answer before: goes on there, with the same `q` and `tz`.'),
    ),
  ),
};

const EXPORT_FORMATS = ['ndjson', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const exportQuery = v.object({
  ...listEntries,
  format: v.optional(
    v.pipe(
      v.picklist(EXPORT_FORMATS, `one of ${EXPORT_FORMATS.join(', ')}`),
      v.description(
        'The last line says how much came and its SHA-256: `{"trailer": {"count", "sha256", "next"}}`, in CSV `# count sha256 next`. A file without it was cut.',
      ),
    ),
    'ndjson',
  ),
});

/** What every list of events is asked with. */
export type ListAsked = v.InferOutput<v.ObjectSchema<typeof listEntries, undefined>>;

export const eventsQuery = v.object({ ...listEntries, limit: limit(50) });

const next = v.pipe(v.nullable(v.string()), v.description('The cursor of the next page; null on the last.'));

export const events = v.object({
  events: v.array(eventSummary),
  next,
  partial: v.exactOptional(
    v.pipe(
      v.object({ through: time, reason: v.string() }),
      v.description('The search reached its bound: all from `through` on was looked at; go on with `next`.'),
    ),
  ),
  ...aboutEvents,
});
