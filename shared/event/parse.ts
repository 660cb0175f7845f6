import type { Json, Parsed, Source } from './event.ts';
import { recordOf } from './forms/record.ts';
import { identify } from './identity.ts';
import { isObject, stringify, text, type JsonObject } from './json.ts';
import { readIdentity } from './operator.ts';
import { redact } from './redact.ts';
import { summarise } from './summary.ts';
import { readTime, wholeSecond } from './time.ts';

/** Where a record came in. `account` is the source's, for records that do not name theirs. */
export interface ParseContext {
  source: Source;
  account?: string;
  /** RFC 3339 UTC. */
  received: string;
}

const MAX_REFUSED = 4096;
const ACCOUNT = /^[1-9]\d{0,19}$/;

/**
 * Gives the event of one record in any form, or why it is none. Nothing that it gives holds a secret: all text is
 * taken from the redacted record, only the identity is computed from the raw one. Never throws for what
 * `parseJson` gave.
 */
export function parseRecord(value: Json, context: ParseContext): Parsed {
  const redacted = redact(value);
  const refuse = (reason: string): Parsed => ({
    ok: false,
    refusal: { reason, record: stringify(redacted).slice(0, MAX_REFUSED).toWellFormed() },
  });
  if (!isObject(value) || !isObject(redacted)) return refuse('not a JSON object');

  const raw = recordOf(value);
  if (text(raw['eventName']).trim() === '') return refuse('eventName is missing');
  const time = eventTime(raw);
  if (time === undefined) return refuse('eventTime is missing or cannot be read');
  const account = text(readIdentity(raw).user['accountId']).trim() || context.account || '';
  if (account === '') return refuse('the account is missing');
  if (!ACCOUNT.test(account)) return refuse('the account is not a number');

  const id = identify(account, raw, wholeSecond(time));
  const arrival = { source: context.source, received: context.received };
  return {
    ok: true,
    event: {
      summary: summarise(recordOf(redacted), { id, account, time, arrival }),
      record: stringify(redacted),
    },
  };
}

/** The envelope's time only adds milliseconds, and stands in where the record has no time. */
function eventTime(record: JsonObject): number | undefined {
  const time = readTime(record['eventTime']);
  const precise = readTime(record['envelopeTime']);
  if (time === undefined) return precise;
  return precise !== undefined && wholeSecond(precise) === wholeSecond(time) ? precise : time;
}
