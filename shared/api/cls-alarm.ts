/** POST /v1/tracks/{id}/cls-alarm: an alarm policy in CLS, on the topic that a tracking set delivers to. */
import * as v from 'valibot';
import { eventCondition } from './alarms.ts';
import { wholeNumber } from './parts.ts';
import { SEVERITIES } from './rules.ts';

/** CLS takes 255 bytes; no character has more than three for each unit of its length. */
const clsName = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1),
  v.maxLength(80),
  v.regex(/^[^|]*$/, 'without "|"'),
);

const clsId = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/, 'an id as CLS gives it'));

const uin = wholeNumber(1, Number.MAX_SAFE_INTEGER);

const webhook = v.strictObject({
  type: v.picklist(['Http', 'WeCom', 'DingTalk', 'Lark'], 'one of Http, WeCom, DingTalk, Lark'),
  url: v.pipe(v.string(), v.maxLength(1024), v.regex(/^https:\/\/[^\s]+$/, 'an https address')),
});

const receiver = v.strictObject({
  type: v.picklist(['Uin', 'Group'], '"Uin" or "Group"'),
  ids: v.pipe(v.array(uin), v.minLength(1), v.maxLength(50)),
  channels: v.pipe(
    v.array(v.picklist(['Email', 'Sms', 'WeChat', 'Phone'], 'one of Email, Sms, WeChat, Phone')),
    v.minLength(1),
  ),
});

const MAX_CALLBACKS = 10;

const newNotice = v.pipe(
  v.strictObject({
    webhooks: v.optional(v.pipe(v.array(webhook), v.maxLength(MAX_CALLBACKS)), []),
    receivers: v.optional(v.pipe(v.array(receiver), v.maxLength(MAX_CALLBACKS)), []),
  }),
  v.check(
    ({ webhooks, receivers }) => webhooks.length + receivers.length > 0,
    'at least one webhook or receiver',
  ),
);

const notice = v.pipe(
  v.union(
    [v.strictObject({ id: clsId }), newNotice],
    '{ "id" } of a notice group, or { "webhooks", "receivers" }',
  ),
  v.description(
    'A notice group that is there, or who a new one tells. Addresses are handed to CLS and not kept.',
  ),
);

export const clsAlarmAsked = v.strictObject({
  name: clsName,
  q: v.pipe(
    v.optional(v.string(), ''),
    v.description('Which events of the set it is about; all where it is empty.'),
    v.examples(['event:ConsoleLogin outcome:failed,denied']),
  ),
  condition: v.optional(eventCondition, { kind: 'count' }),
  severity: v.optional(v.picklist(SEVERITIES, `one of ${SEVERITIES.join(', ')}`), 'medium'),
  silence: v.pipe(
    v.optional(wholeNumber(60, 86_400), 3600),
    v.description('Seconds between two messages about what lasts.'),
  ),
  delay: v.pipe(
    v.optional(wholeNumber(0, 43_200), 900),
    v.description(
      'Seconds that an event may take to arrive in the topic. The window ends so long ago: what comes later is not counted.',
    ),
  ),
  logsetId: v.pipe(clsId, v.description('The logset of the topic.')),
  notice,
});
export type ClsAlarmAsked = v.InferOutput<typeof clsAlarmAsked>;

export const clsAlarmMade = v.object({
  alarmId: v.pipe(v.string(), v.examples(['alarm-6b0f1f0e-0000-4000-8000-000000000001'])),
  noticeId: v.string(),
  query: v.pipe(
    v.string(),
    v.description(
      'What CLS asks. The topic needs a key-value index, with statistics, of the fields beginning with `sidetrail_` that are in it.',
    ),
  ),
  condition: v.string(),
});
