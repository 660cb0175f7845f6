/** What several bodies and parameters are made of. A message says what is expected there. */
import * as v from 'valibot';
import { SOURCES } from '../event/event.ts';

const TIME = 'an RFC 3339 time, such as 2026-11-22T00:00:00Z';

/** A point in time. Answers give UTC. */
export const time = v.pipe(
  v.string(),
  v.isoTimestamp(TIME),
  v.check((text) => !Number.isNaN(Date.parse(text)), TIME),
);

/** The number of a root account (uin). */
export const accountId = v.pipe(
  v.string(),
  v.regex(/^[1-9]\d{0,19}$/, 'the id of a root account: digits, as text'),
);

export const source = v.picklist(SOURCES, `one of ${SOURCES.join(', ')}`);

/** Text that a record holds, so that anybody may have written it: never run, rendered or followed. */
export const recordText = v.pipe(v.string(), v.metadata({ 'x-untrusted': true }));

/** A name that an admin gives. */
export const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100));

/** Ids that people choose stand in URLs and on command lines. */
export const slug = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'lower-case letters, digits, ".", "_" and "-", at most 64'),
);

/** An operator of an account, by `principalId`. */
export const operatorRef = v.object({
  account: accountId,
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
});

export const operatorRefs = v.array(operatorRef);

/** Operators as a request names them. */
export const givenOperators = v.pipe(v.array(v.strictObject(operatorRef.entries)), v.maxLength(1000));

/** The accounts that somebody is granted. */
export const grant = v.union(
  [v.literal('*'), v.pipe(v.array(accountId), v.maxLength(1000))],
  '"*" or an array of account ids',
);

/** A whole number within bounds, both included. */
export function wholeNumber(min: number, max: number) {
  const expected = `a whole number from ${min} to ${max}`;
  return v.pipe(
    v.number(expected),
    v.integer(expected),
    v.minValue(min, expected),
    v.maxValue(max, expected),
  );
}

/** How many entries one answer holds. */
export function limit(otherwise: number) {
  return v.optional(
    v.pipe(wholeNumber(1, 1000), v.description('The most entries that one answer holds.')),
    otherwise,
  );
}
