import type { IncomingMessage } from 'node:http';
import type { SignedRequest } from './tc3.ts';

/** Reads a request whole, up to 10 MB unless more is allowed. Throws where it is too large or breaks off. */
export async function readRequest(incoming: IncomingMessage, maxBytes = 10 << 20): Promise<SignedRequest> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    if (!(chunk instanceof Buffer)) throw new Error('a request must come as bytes');
    bytes += chunk.length;
    if (bytes > maxBytes) throw new Error('the request is too large');
    chunks.push(chunk);
  }
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  );
  return {
    method: incoming.method ?? '',
    url: incoming.url ?? '',
    host: headers['host'] ?? '',
    headers,
    body: Buffer.concat(chunks),
    timestamp: Number(headers['x-tc-timestamp']),
  };
}
