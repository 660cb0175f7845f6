/** A custom bot of Feishu (飞书) or Lark: a post, whose texts are only texts, signed in its body. */
import type { Channel } from './channel.ts';
import { hmacBase64 } from './hmac.ts';
import { jsonRequest, judgeByCode } from './json.ts';
import { plainBytes, plainMessage } from './plain.ts';

/** 20 KB are taken, with what stands around the texts. */
const MAX_BYTES = 12_000;

export const feishu: Channel = {
  // 5 in a second and 100 in a minute are taken.
  pace: { everyMs: 1_000, burst: 4 },
  async compose(message, { url, secret }, now) {
    const { title, lines, link } = plainMessage(message, MAX_BYTES, plainBytes);
    const content = [
      ...lines.map((text) => [{ tag: 'text', text }]),
      ...(link === undefined ? [] : [[{ tag: 'a', text: link.label, href: link.url }]]),
    ];
    return jsonRequest(url, {
      ...(secret === undefined ? {} : await signature(secret, now)),
      msg_type: 'post',
      // The only one that there is, is shown to everybody.
      content: { post: { zh_cn: { title, content } } },
    });
  },
  judge: judgeByCode({
    11232: 'busy',
    19001: 'gone',
    // The signature, the address that it comes from, or a word that must be in it.
    19021: 'forbidden',
    19022: 'forbidden',
    19024: 'forbidden',
  }),
};

/** The text to sign is the key, and what is signed is empty: so it is specified. */
async function signature(secret: string, now: number): Promise<{ timestamp: string; sign: string }> {
  const timestamp = String(Math.floor(now / 1000));
  return { timestamp, sign: await hmacBase64(`${timestamp}\n${secret}`, '') };
}
