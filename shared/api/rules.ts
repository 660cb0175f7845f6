/** /v1/rules: which operations are sensitive, as stored queries. */
import * as v from 'valibot';
import { RECORD } from '../classify/reason.ts';
import { aboutAnswer } from './answers.ts';
import { progress } from './classification.ts';
import { aboutEvents, count } from './coverage.ts';
import { eventSummary, operator } from './event.ts';
import { accountId, name, slug, time } from './parts.ts';

export const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Rules that admins make, and the characters of all their queries: every event is asked each of them. */
export const MAX_RULES = 200;
export const MAX_RULES_TEXT = 65_536;

/** Ids of shipped rules begin with this; no other rule's does. */
export const SHIPPED = 'std.';

const severity = v.picklist(SEVERITIES, `one of ${SEVERITIES.join(', ')}`);

const ruleName = v.object({ en: name, zh: v.exactOptional(name) });

export const rule = v.object({
  id: v.string(),
  name: v.pipe(ruleName, v.description('By language; `en` where a language has none.')),
  query: v.pipe(v.string(), v.description('Finds what is sensitive. It has no `from` and no `to`.')),
  severity,
  on: v.boolean(),
  shipped: v.pipe(
    v.boolean(),
    v.description(
      'It comes with Sidetrail and is improved with it: only `severity` and `on` can be changed.',
    ),
  ),
  problem: v.exactOptional(
    v.pipe(
      v.object({ message: v.string(), at: v.number(), length: v.number() }),
      v.description('Why its query cannot be read (any more): it is off until that is mended.'),
    ),
  ),
});
export type Rule = v.InferOutput<typeof rule>;

export const rules = v.object({ rules: v.array(rule), progress });

const givenId = v.pipe(
  slug,
  v.check(
    (id) => id !== RECORD && !id.startsWith(SHIPPED),
    `not "${RECORD}", and not beginning with "${SHIPPED}"`,
  ),
);

const givenName = v.union(
  [
    v.pipe(
      name,
      v.transform((en) => ({ en })),
    ),
    v.strictObject(ruleName.entries),
  ],
  'a text, or { "en", "zh"? }',
);

const query = v.pipe(
  v.string(),
  v.description('Without `from` and `to`.'),
  v.examples(['product:cam action:write']),
);

export const newRule = v.strictObject({
  id: v.optional(givenId),
  name: givenName,
  query,
  severity: v.optional(severity, 'medium'),
  on: v.optional(v.boolean(), true),
});

export const ruleChange = v.partial(v.strictObject({ name: givenName, query, severity, on: v.boolean() }));

export const previewAsked = v.strictObject({
  query,
  from: v.exactOptional(
    v.pipe(time, v.description('Events from then on; of the last 30 days where absent.')),
  ),
});

export const rulePreview = v.object({
  count: v.pipe(count, v.description('Events that it finds.')),
  operators: v.pipe(
    v.array(
      v.object({ account: accountId, operator: v.pick(operator, ['type', 'id', 'name']), count, last: time }),
    ),
    v.description('Who acted, most often first; at most 50.'),
  ),
  distinct: v.pipe(count, v.description('How many operators there are.')),
  examples: v.pipe(v.array(eventSummary), v.description('The newest; at most 10.')),
  partial: v.exactOptional(
    v.pipe(
      v.object({ through: time, reason: v.string() }),
      v.description('Not all was counted: all from `through` on was, but for what the reason says.'),
    ),
  ),
  searched: aboutAnswer.searched,
  ...aboutEvents,
});
