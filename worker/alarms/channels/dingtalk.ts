/** A custom robot of DingTalk (钉钉): plain text, signed in its address. */
import type { Channel } from './channel.ts';
import { hmacBase64 } from './hmac.ts';
import { jsonRequest, judgeByCode } from './json.ts';
import { plainBytes, plainMessage, plainText } from './plain.ts';

/** 20,000 are taken, with what stands around the text. */
const MAX_BYTES = 15_000;

export const dingtalk: Channel = {
  // 20 in a minute are taken, and after one more nothing for ten minutes: at most 12 at this pace, and the burst.
  pace: { everyMs: 5_000, burst: 7 },
  async compose(message, { url, secret }, now) {
    const content = plainText(plainMessage(message, MAX_BYTES, plainBytes));
    return jsonRequest(secret === undefined ? url : await signed(url, secret, now), {
      msgtype: 'text',
      text: { content },
      at: { atMobiles: [], atUserIds: [], isAtAll: false },
    });
  },
  judge: judgeByCode({
    '-1': 'server',
    130101: 'busy',
    410100: 'busy',
    // The signature, a word that must be in it, or the address that it comes from.
    310000: 'forbidden',
    300001: 'gone',
    300005: 'gone',
    400013: 'gone',
    400101: 'gone',
    400102: 'gone',
    400106: 'gone',
  }),
};

async function signed(url: string, secret: string, now: number): Promise<string> {
  const parameters = new URLSearchParams({
    timestamp: String(now),
    sign: await hmacBase64(secret, `${now}\n${secret}`),
  });
  return `${url}${url.includes('?') ? '&' : '?'}${parameters.toString()}`;
}
