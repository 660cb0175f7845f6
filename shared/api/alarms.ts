/** /v1/alarms: policies that say which events somebody must be told about. */
import * as v from 'valibot';
import { isTimeZone } from '../query/zone.ts';
import { count } from './coverage.ts';
import { aboutAnswer } from './answers.ts';
import { accountId, recordText, slug, time, wholeNumber } from './parts.ts';
import { newRule, rule } from './rules.ts';
import { historyOf } from './tracks.ts';

/** Policies that admins make, and the characters of all their queries: every event is asked each of them. */
export const MAX_ALARMS = 500;
export const MAX_ALARMS_TEXT = 131_072;

/** Ids of shipped policies begin with one of these; no other policy's does. */
const SHIPPED_ALARM = 'std.';
const SYSTEM_ALARM = 'sys.';

const DAY = 86_400;

/** What events may be told apart by; an event that has no such value is not counted. */
export const PERS = ['operator', 'event', 'resource', 'error', 'region'] as const;
export type Per = (typeof PERS)[number];
const per = v.picklist(PERS, `one of ${PERS.join(', ')}`);

const counted = v.strictObject({
  kind: v.literal('count'),
  atLeast: v.pipe(
    v.optional(wholeNumber(1, 10_000), 1),
    v.description('So many events, by their own time, within the window.'),
  ),
  within: v.pipe(v.optional(wholeNumber(60, DAY), 300), v.description('The window, in seconds.')),
  per: v.exactOptional(v.pipe(per, v.description('Counted for each of them.'))),
});
const first = v.strictObject({
  kind: v.literal('first'),
  per: v.pipe(per, v.description('Each that no earlier event of the query has, as far as events are kept.')),
});
const absence = v.strictObject({
  kind: v.literal('absence'),
  within: v.pipe(wholeNumber(60, 30 * DAY), v.description('No event for so long, in seconds.')),
});
const system = v.strictObject({ kind: v.literal('system') });

/** A condition on events. */
export const eventCondition = v.variant('kind', [counted, first, absence]);
export type EventCondition = v.InferOutput<typeof eventCondition>;
export type CountCondition = v.InferOutput<typeof counted>;

/** Any condition; `system` is about Sidetrail itself. */
export const condition = v.variant('kind', [counted, first, absence, system]);

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const clock = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day, such as 09:00'));

/** When events count. */
export const schedule = v.pipe(
  v.strictObject({
    zone: v.pipe(v.string(), v.check(isTimeZone, 'an IANA time zone, such as Asia/Shanghai')),
    days: v.pipe(
      v.array(v.picklist(WEEKDAYS, `one of ${WEEKDAYS.join(', ')}`)),
      v.minLength(1, 'at least one day'),
      v.maxLength(WEEKDAYS.length),
    ),
    from: v.exactOptional(v.pipe(clock, v.description('The start of the day where absent.'))),
    to: v.exactOptional(
      v.pipe(
        clock,
        v.description('Excluded; not later than `from`: on the day after. The end of the day where absent.'),
      ),
    ),
    outside: v.exactOptional(v.pipe(v.boolean(), v.description('Outside these hours instead of within.'))),
  }),
  v.description('Only events of these hours count, by their own time on the clocks of the zone.'),
);
export type Schedule = v.InferOutput<typeof schedule>;

const channels = v.pipe(
  v.union([v.literal('*'), v.pipe(v.array(slug), v.maxLength(50))], '"*" or an array of channel ids'),
  v.description('Where messages go; "*": to every channel.'),
);
const silence = v.pipe(
  wholeNumber(60, 7 * DAY),
  v.description('Seconds between two messages about one alert; what comes back sooner is the same alert.'),
);
const { severity, on } = rule.entries;
const { name: givenName } = newRule.entries;
const query = v.pipe(
  v.string(),
  v.description('Which events it is about, without `from` and `to`; all where it is empty.'),
  v.examples(['event:ConsoleLogin outcome:failed,denied']),
);
const old = v.pipe(
  v.boolean(),
  v.description('Events that were older than 24 hours when they came in count too.'),
);

export const alarm = v.object({
  id: v.string(),
  name: rule.entries.name,
  q: query,
  condition,
  severity,
  schedule: v.nullable(schedule),
  channels,
  silence,
  old,
  on,
  shipped: v.pipe(
    v.boolean(),
    v.description('It comes with Sidetrail: `name`, `q`, `condition` and `old` cannot be changed.'),
  ),
  problem: rule.entries.problem,
});
export type Alarm = v.InferOutput<typeof alarm>;

const hidden = v.pipe(
  v.object({ hidden: v.literal(true), role: v.picklist(['auditor', 'admin']) }),
  v.description('Not all of it is shown; `role` is the next that sees more.'),
);

/** As it is shown: where messages go is for admins. */
export const shownAlarm = v.object({
  ...alarm.entries,
  channels: v.exactOptional(v.pipe(channels, v.description('Only for admins.'))),
});
export type ShownAlarm = v.InferOutput<typeof shownAlarm>;

export const ALARM_CHANGES = ['created', 'changed', 'deleted'] as const;
export const alarmHistory = historyOf(ALARM_CHANGES);

export const alarms = v.object({ alarms: v.array(shownAlarm), scope: v.exactOptional(hidden) });

const givenId = v.pipe(
  slug,
  v.check(
    (id) => !id.startsWith(SHIPPED_ALARM) && !id.startsWith(SYSTEM_ALARM),
    `not beginning with "${SHIPPED_ALARM}" or "${SYSTEM_ALARM}"`,
  ),
);

export const newAlarm = v.strictObject({
  id: v.optional(givenId),
  name: givenName,
  q: query,
  condition: v.optional(eventCondition, { kind: 'count' }),
  severity: v.optional(severity, 'medium'),
  schedule: v.optional(v.nullable(schedule), null),
  channels: v.optional(channels, '*'),
  silence: v.optional(silence, 3600),
  old: v.optional(old, false),
  on: v.optional(v.boolean(), true),
});

export const alarmChange = v.partial(
  v.strictObject({
    name: givenName,
    q: query,
    condition: eventCondition,
    severity,
    schedule: v.nullable(schedule),
    channels,
    silence,
    old: v.boolean(),
    on: v.boolean(),
  }),
);

export const alarmPreviewAsked = v.strictObject({
  q: query,
  condition: newAlarm.entries.condition,
  schedule: newAlarm.entries.schedule,
  silence: newAlarm.entries.silence,
});

/** The group of events that an alert is about. */
export const alertGroup = v.object({
  per,
  account: accountId,
  value: v.pipe(recordText, v.description('The id of the operator or resource, the name, the code.')),
  label: v.exactOptional(v.pipe(recordText, v.description('What it is called.'))),
});
export type AlertGroup = v.InferOutput<typeof alertGroup>;

/** Firings that one preview lists. */
export const MAX_FIRINGS = 100;

export const alarmPreview = v.object({
  count: v.pipe(count, v.description('Events that the query finds within the schedule.')),
  alerts: v.pipe(count, v.description('Alerts that there would have been.')),
  firings: v.pipe(
    v.array(
      v.object({
        at: v.pipe(time, v.description('When the condition was met.')),
        group: v.exactOptional(alertGroup),
        count,
        first: time,
        last: time,
      }),
    ),
    v.description(`The newest first; at most ${MAX_FIRINGS}.`),
  ),
  partial: v.exactOptional(
    v.pipe(
      v.object({ through: time, reason: v.string() }),
      v.description('Not all was looked at: all from `through` on was, but for what the reason says.'),
    ),
  ),
  searched: aboutAnswer.searched,
  coverage: aboutAnswer.coverage,
  demo: aboutAnswer.demo,
});
