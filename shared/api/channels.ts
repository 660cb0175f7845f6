/** /v1/channels: where messages about alerts go. Addresses and secrets go in, and are in no answer. */
import * as v from 'valibot';
import { count } from './coverage.ts';
import { name, slug, time } from './parts.ts';
import { address, webhookSecret } from './targets.ts';
import { deliveryProblem, historyOf } from './tracks.ts';

/** A policy may name that many. */
export const MAX_CHANNELS = 50;

export const CHANNEL_KINDS = ['webhook', 'wecom', 'dingtalk', 'feishu', 'slack'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** The languages that messages are written in. */
export const ALERT_LANGUAGES = ['en', 'zh-CN'] as const;
export type AlertLanguage = (typeof ALERT_LANGUAGES)[number];

const KIND = `one of ${CHANNEL_KINDS.join(', ')}`;
const language = v.picklist(ALERT_LANGUAGES, `one of ${ALERT_LANGUAGES.join(', ')}`);

const url = v.pipe(
  address,
  v.description(
    'Where it is sent to, as the chat gives it. It is the right to write there: kept encrypted and never shown.',
  ),
  v.examples(['https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=6b0f1f0e-0000-4000-8000-000000000001']),
);

const robotSecret = v.pipe(
  v.string(),
  v.regex(/^[\x21-\x7e]{1,256}$/, '1 to 256 characters without blanks'),
  v.description('What the robot checks signatures with. It is kept encrypted and never shown.'),
);

const common = { id: v.optional(slug), name, url, language: v.optional(language, 'en') };

/** A channel as an admin makes it. */
export const newChannel = v.variant(
  'kind',
  [
    v.strictObject({ kind: v.literal('webhook'), ...common, secret: webhookSecret }),
    v.strictObject({ kind: v.literal('dingtalk'), ...common, secret: v.exactOptional(robotSecret) }),
    v.strictObject({ kind: v.literal('feishu'), ...common, secret: v.exactOptional(robotSecret) }),
    v.strictObject({ kind: v.literal('wecom'), ...common }),
    v.strictObject({ kind: v.literal('slack'), ...common }),
  ],
  `"kind": ${KIND}`,
);
export type NewChannel = v.InferOutput<typeof newChannel>;

export const channelChange = v.partial(
  v.strictObject({
    name,
    url,
    secret: v.nullable(v.pipe(v.string(), v.description('As its kind takes it; null: without one.'))),
    language,
  }),
);
export type ChannelChange = v.InferOutput<typeof channelChange>;

export const channel = v.object({
  id: v.string(),
  kind: v.picklist(CHANNEL_KINDS),
  name,
  url: v.pipe(v.string(), v.description('The host of its address, and how that ends.')),
  signed: v.pipe(v.boolean(), v.description('Whether it has a secret.')),
  language,
  created: time,
  health: v.pipe(
    v.picklist(['ok', 'failing']),
    v.description('Whether the last message arrived, where any was sent.'),
  ),
  lastSent: v.nullable(time),
  waiting: v.pipe(count, v.description('Messages that are to be sent.')),
  dead: v.pipe(count, v.description('Messages of the last 30 days that were given up after a day.')),
  problem: v.exactOptional(
    v.pipe(
      v.object({ ...deliveryProblem.entries, since: time }),
      v.description('What went wrong last, and since when nothing arrives.'),
    ),
  ),
});
export type Channel = v.InferOutput<typeof channel>;

export const CHANNEL_CHANGES = ['created', 'changed', 'deleted', 'tested'] as const;
export const channelHistory = historyOf(CHANNEL_CHANGES);

export const channels = v.object({ channels: v.array(channel) });

export const channelTest = v.object({
  ok: v.boolean(),
  problem: v.exactOptional(v.pipe(deliveryProblem, v.description('Why the message did not arrive.'))),
});
