/** An HTTPS address of the user's own: a batch of CloudEvents, signed. */
import { keysIn, kindOf, told } from '../../access/told.ts';
import { signatureHeaders } from '../../access/webhook-signature.ts';
import { ask } from './ask.ts';
import { byteLength, partId, partsOf } from './parts.ts';
import type { Failure, Item, Parcel, Send } from './target.ts';

/** Receivers commonly take a body of a megabyte. */
const BOUNDS = { most: 1000, bytes: 900_000, sizeOf: byteLength };

/** Sends the events in one request, or several if they are many. A repeat has the same ids. */
export const sendToWebhook: Send<'webhook'> = async ({ url, secret }, parcel, tools) => {
  const parts = partsOf(
    parcel.events.map((item) => cloudEvent(item, parcel)),
    BOUNDS,
  );
  for (const [index, part] of parts.entries()) {
    const id = partId(parcel.id, index);
    const body = `[${part.join(',')}]`;
    const headers = {
      'content-type': 'application/cloudevents-batch+json; charset=utf-8',
      'user-agent': 'Sidetrail',
      'idempotency-key': id,
      ...(await signatureHeaders(secret, { id, body, now: tools.now })),
    };
    const secrets = [secret, ...keysIn(url)];
    const asked = await ask(url, { method: 'POST', headers, body }, tools, secrets);
    if (!asked.ok) return { ok: false, failure: asked.failure ?? refusal(asked, secrets) };
  }
  return { ok: true };
};

/**
 * An event as a CloudEvent in JSON. Source and id name it the same in whatever set it comes; the record is put in
 * as text, so that its long numbers stay as they are.
 */
function cloudEvent({ id, record, summary }: Item, { track }: Parcel): string {
  const envelope = JSON.stringify({
    specversion: '1.0',
    id,
    source: `/accounts/${summary.account}/cloudaudit`,
    type: `${summary.product || 'cloudaudit'}:CloudEvent:${summary.event}`,
    time: summary.time,
    ...(summary.resources[0] ? { subject: summary.resources[0].id } : {}),
    track: track.id,
    datacontenttype: 'application/json',
  });
  return `${envelope.slice(0, -1)},"data":${record}}`;
}

function refusal({ status, text }: { status: number; text: string }, secrets: readonly string[]): Failure {
  const isRedirect = status >= 300 && status < 400;
  const said = isRedirect ? 'it answers with a redirect, which is not followed' : told(text, secrets);
  return { kind: kindOf(status), status, text: said || `it answers with status ${status}` };
}
