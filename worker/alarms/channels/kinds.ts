/** The channels there are, by kind. */
import type { Channels } from './channel.ts';
import { dingtalk } from './dingtalk.ts';
import { feishu } from './feishu.ts';
import { slack } from './slack.ts';
import { webhook } from './webhook.ts';
import { wecom } from './wecom.ts';

export const CHANNELS: Channels = { webhook, wecom, dingtalk, feishu, slack };
