import * as fc from 'fast-check';
import * as v from 'valibot';
import { expect, expectTypeOf, test } from 'vitest';
import { event, type eventSummary } from '../../../shared/api/event.ts';
import { details } from '../../../shared/event/details.ts';
import type { AuditEvent, EventSummary, Json } from '../../../shared/event/event.ts';
import { parseJson } from '../../../shared/event/json.ts';
import { parseRecord } from '../../../shared/event/parse.ts';
import { arbitraryRecords } from '../../support/arbitraries.ts';
import { FORMS, forms } from '../../support/samples/forms.ts';
import { SAMPLES } from '../../support/samples/samples.ts';

test('the schemas of an event are its types, member for member', () => {
  expectTypeOf<v.InferOutput<typeof eventSummary>>().toEqualTypeOf<EventSummary>();
  expectTypeOf<v.InferOutput<typeof event>>().toEqualTypeOf<AuditEvent>();
});

/** The event of a record with everything, as an answer holds it. */
function eventOf(record: Json): unknown {
  const parsed = parseRecord(record, {
    source: 'push',
    received: '2026-11-22T00:00:00Z',
    account: '1250000001',
  });
  if (!parsed.ok) throw new Error(parsed.refusal.reason);
  const { summary, record: text } = parsed.event;
  const stored = parseJson(text);
  if (!stored.ok) throw new Error(stored.reason);
  return JSON.parse(JSON.stringify({ ...summary, ...details(stored.value), record: stored.value }));
}

test.for(SAMPLES.flatMap((sample) => FORMS.map((form) => ({ sample, form, name: sample.name }))))(
  'what the parser makes of a record in the form $form fits, with nothing beside it: $name',
  ({ sample, form }) => {
    const made = eventOf(forms(sample)[form]);
    expect(v.parse(event, made)).toEqual(made);
  },
);

test('whatever a record holds, its event fits', () => {
  fc.assert(
    fc.property(arbitraryRecords({ minLength: 1, maxLength: 5 }), (records) => {
      for (const record of records) {
        const made = eventOf(JSON.parse(JSON.stringify(record)));
        expect(v.parse(event, made)).toEqual(made);
      }
    }),
    { numRuns: 100, seed: 11 },
  );
});
