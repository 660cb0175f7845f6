/** An HTTPS address of the user's own: the alert as a CloudEvent, signed. */
import { signatureHeaders } from '../../access/webhook-signature.ts';
import type { Channel } from './channel.ts';
import { jsonRequest } from './json.ts';
import { plainBytes, plainMessage, plainText } from './plain.ts';

/** What the message as text may have, beside the alert itself. */
const MAX_BYTES = 8_000;

export const webhook: Channel = {
  pace: { everyMs: 100, burst: 20 },
  async compose(message, { url, secret = '' }, now) {
    const { id, told, alert, events, more, link } = message;
    const request = jsonRequest(
      url,
      {
        specversion: '1.0',
        id,
        source: `/alarms/${alert.alarm}`,
        type: `sidetrail.alert.${told}`,
        subject: alert.id,
        time: new Date(now).toISOString(),
        datacontenttype: 'application/json',
        data: {
          alert: { ...alert, events },
          ...(more === undefined ? {} : { more }),
          ...(link === undefined ? {} : { link: link.url }),
          text: plainText(plainMessage(message, MAX_BYTES, plainBytes)),
        },
      },
      { 'content-type': 'application/cloudevents+json; charset=utf-8', 'idempotency-key': id },
    );
    const signature = await signatureHeaders(secret, { id, body: request.body, now });
    return { ...request, headers: { ...request.headers, ...signature } };
  },
  judge: () => ({ ok: true }),
};
