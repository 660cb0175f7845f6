/** GET /v1/access: where operators worked from. */
import * as v from 'valibot';
import { VIAS } from '../event/event.ts';
import { aboutAnswer, answerEntries, spanEntries } from './answers.ts';
import { count } from './coverage.ts';
import { eventSummary, operator, person } from './event.ts';
import { accountId, name, recordText } from './parts.ts';

/** Addresses that an answer lists of one operator. */
export const MAX_ADDRESSES = 100;

/** Changes of the fence that an answer lists. */
export const MAX_FENCE = 20;

export const accessQuery = v.object(answerEntries);

const ip = v.pipe(v.string(), v.description('"" where the record has no valid address.'));

const counted = { count, ...spanEntries };
const addresses = v.pipe(count, v.description(`How many addresses; the newest ${MAX_ADDRESSES} are listed.`));

const inside = v.object({
  network: v.pipe(
    v.nullable(name),
    v.description('A network by its present name; null: one that is no longer known.'),
  ),
  ...counted,
});

const outside = v.object({
  addresses,
  ...counted,
  from: v.array(
    v.object({
      ip,
      place: v.exactOptional(recordText),
      via: v.pipe(v.array(v.picklist(VIAS)), v.description('How they worked from there.')),
      ...counted,
    }),
  ),
});

const logins = v.object({
  ok: count,
  failed: count,
  denied: count,
  addresses,
  from: v.array(
    v.object({
      ip,
      network: v.picklist(['inside', 'outside', 'service', 'unknown']),
      ok: count,
      failed: count,
      denied: count,
      ...spanEntries,
    }),
  ),
});

export const whereabouts = v.object({
  account: accountId,
  operator: v.pick(operator, ['type', 'id', 'name']),
  person: v.exactOptional(v.pipe(person, v.description('Who is known to be behind a role session.'))),
  ...counted,
  inside: v.array(inside),
  outside: v.exactOptional(outside),
  service: v.pipe(count, v.description('By services on behalf of the operator.')),
  unknown: v.pipe(
    count,
    v.description(
      'From private, shared or no addresses, which say nothing, or while no network was defined: never outside.',
    ),
  ),
  logins: v.exactOptional(logins),
});
export type Whereabouts = v.InferOutput<typeof whereabouts>;

export const access = v.object({
  access: v.pipe(v.array(whereabouts), v.description('Most from outside first, then the newest.')),
  fence: v.pipe(
    v.array(eventSummary),
    v.description(`Changes of what restricts logins, the newest ${MAX_FENCE}; on the first page.`),
  ),
  networks: v.pipe(count, v.description('How many networks are defined; without any, nothing is outside.')),
  ...aboutAnswer,
});
