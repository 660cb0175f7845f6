/** An incoming webhook of Slack: blocks of plain text, and one link. */
import type { Channel } from './channel.ts';
import { jsonRequest } from './json.ts';
import { plainMessage, type PlainMessage } from './plain.ts';

/** What one block takes. */
const MAX_CHARACTERS = 3000;

export const slack: Channel = {
  // One in a second is taken.
  pace: { everyMs: 1_100, burst: 1 },
  async compose(message, { url }) {
    const plain = plainMessage(message, MAX_CHARACTERS, (each) => textOf(each).length);
    const { title, link } = plain;
    return jsonRequest(url, {
      // What notifications show.
      text: escaped(title),
      mrkdwn: false,
      parse: 'none',
      link_names: false,
      unfurl_links: false,
      unfurl_media: false,
      blocks: [
        { type: 'section', text: { type: 'plain_text', text: textOf(plain), emoji: false } },
        ...(link === undefined
          ? []
          : [
              {
                type: 'section',
                text: {
                  type: 'mrkdwn',
                  text: `<${escaped(link.url)}|${escaped(link.label)}>`,
                  verbatim: true,
                },
              },
            ]),
      ],
    });
  },
  judge: ({ body }) =>
    body.trim() === 'ok'
      ? { ok: true }
      : { ok: false, kind: 'server', text: `its answer is not "ok": ${body}` },
};

function textOf({ title, lines }: PlainMessage): string {
  return escaped([title, ...lines].join('\n'));
}

/** Slack reads these three in every text. */
function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
