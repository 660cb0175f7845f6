/** Lists of events: pages, and everything as one stream. */
import * as v from 'valibot';
import { aboutAnswer, answerEntries, askedEntries } from './answers.ts';
import { eventSummary } from './event.ts';

const EXPORT_FORMATS = ['ndjson', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const exportQuery = v.object({
  ...askedEntries,
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

export const eventsQuery = v.object(answerEntries);

export const events = v.object({ events: v.array(eventSummary), ...aboutAnswer });
