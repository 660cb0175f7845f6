/**
 * The signature of a webhook, as Standard Webhooks has it: HMAC-SHA256 over id, time and body. Receivers in every
 * language have a library for it, and it covers the id, so that an old request cannot pass for a new one.
 */

const PREFIX = 'whsec_';

/** The headers that sign a body. `secret` is a checked `whsec_…`, `now` unix ms. */
export async function signatureHeaders(
  secret: string,
  { id, body, now }: { id: string; body: string; now: number },
): Promise<Record<string, string>> {
  const timestamp = String(Math.floor(now / 1000));
  const key = await crypto.subtle.importKey(
    'raw',
    Uint8Array.fromBase64(secret.slice(PREFIX.length)),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  const signature = new Uint8Array(await crypto.subtle.sign('HMAC', key, signed)).toBase64();
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
