/** A group robot of WeCom (企业微信): plain text. */
import type { Channel } from './channel.ts';
import { jsonRequest, judgeByCode } from './json.ts';
import { plainBytes, plainMessage, plainText } from './plain.ts';

/** More than that is refused. */
const MAX_BYTES = 2048;

export const wecom: Channel = {
  // 20 in a minute are taken: at most 12 at this pace, and the burst.
  pace: { everyMs: 5_000, burst: 7 },
  async compose(message, { url }) {
    const content = plainText(plainMessage(message, MAX_BYTES, plainBytes));
    return jsonRequest(url, { msgtype: 'text', text: { content } });
  },
  judge: judgeByCode({ '-1': 'server', 45009: 'busy', 45033: 'busy', 93000: 'gone', 93008: 'gone' }),
};
