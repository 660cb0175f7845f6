/** Objects of a bucket of COS, or of any store that speaks S3. */

import { begin, exchange, tooSlow } from './exchange.ts';
import { failed, type Failed } from './failure.ts';
import { failureOfAnswer, signed, type S3Client, type S3Request } from './s3.ts';
import { watched } from './watched.ts';
import { readXml, type Element } from './xml.ts';

export interface ObjectEntry {
  key: string;
  /** Bytes. */
  size: number;
  /** Unix ms; 0 where the store gives no readable time. */
  modified: number;
  etag: string;
}

export interface ObjectList {
  ok: true;
  /** In the order of their keys' UTF-8. */
  objects: ObjectEntry[];
  /** The key to start after for the next page; undefined on the last one. */
  next?: string;
}

/**
 * Lists objects whose key begins with `prefix` and comes after `startAfter`: up to 1000. The first version of the
 * operation is used, since COS and every other store has it; it takes any key to start after.
 */
export async function listObjects(
  client: S3Client,
  { prefix = '', startAfter = '', limit = 1000 }: { prefix?: string; startAfter?: string; limit?: number },
  now: number,
): Promise<ObjectList | Failed> {
  const query = {
    'encoding-type': 'url',
    'max-keys': String(limit),
    ...(startAfter !== '' && { marker: startAfter }),
    ...(prefix !== '' && { prefix }),
  };
  const answer = await ask(client, { action: 'GetBucket', query }, now);
  if (!answer.ok) return answer;
  const list = readXml(answer.text)?.first('ListBucketResult');
  const objects = list?.all('Contents').map((entry) => entryOf(entry, list.text('EncodingType') === 'url'));
  const truncated = list?.text('IsTruncated');
  const last = objects?.at(-1)?.key;
  if (!objects || objects.some(({ key }) => key === '') || (truncated === 'true' && last === undefined)) {
    return failed(client.credential, {
      kind: 'unreadable',
      code: 'BadList',
      message: 'the answer is no list of objects',
      status: answer.status,
    });
  }
  return { ok: true, objects, ...(truncated === 'true' && last !== undefined && { next: last }) };
}

/**
 * Opens an object. Its `body` must be read or cancelled; it fails with an error where the store falls silent for
 * longer than the client's time, or the connection ends early.
 */
export async function getObject(
  client: S3Client,
  key: string,
  now: number,
): Promise<{ ok: true; body: ReadableStream<Uint8Array>; size?: number; etag: string } | Failed> {
  const request = await signed(client, { action: 'GetObject', key }, now);
  if (!request.ok) return request;
  const { signal, stop, keep } = watched(client.timeoutMs);
  const begun = await begin(client, request.url, request.init, signal);
  if (!begun.ok) {
    stop();
    return begun;
  }
  const { response } = begun;
  const { status, headers } = response;
  if (status === 200 && response.body) {
    const length = headers.get('content-length');
    const size = length !== null && /^\d+$/.test(length) ? Number(length) : undefined;
    const etag = headers.get('etag') ?? '';
    return { ok: true, body: keep(response.body), ...(size !== undefined && { size }), etag };
  }
  const text = await beginning(response).catch(() => '');
  stop();
  return signal.aborted ? tooSlow(client) : failureOfAnswer(client.credential, { status, headers, text });
}

/** Stores an object, in place of one that is there. `headers` as the store names them, metadata included. */
export async function putObject(
  client: S3Client,
  {
    key,
    body,
    headers = {},
  }: { key: string; body: Uint8Array<ArrayBuffer>; headers?: Record<string, string> },
  now: number,
): Promise<{ ok: true; etag: string } | Failed> {
  const answer = await ask(client, { action: 'PutObject', key, body, headers }, now);
  return answer.ok ? { ok: true, etag: answer.headers.get('etag') ?? '' } : answer;
}

async function ask(
  client: S3Client,
  request: S3Request,
  now: number,
): Promise<{ ok: true; status: number; headers: Headers; text: string } | Failed> {
  const ready = await signed(client, request, now);
  if (!ready.ok) return ready;
  const answer = await exchange(client, ready.url, ready.init);
  if (!answer.ok || answer.status === 200) return answer;
  return failureOfAnswer(client.credential, answer);
}

/** Longest explanation of a failure that is read. */
const MAX_ERROR = 64 * 1024;

async function beginning(response: Response): Promise<string> {
  if (!response.body) return '';
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_ERROR) break;
  }
  return text;
}

function entryOf(entry: Element, encoded: boolean): ObjectEntry {
  const key = entry.text('Key') ?? '';
  const modified = Date.parse(entry.text('LastModified') ?? '');
  return {
    key: encoded ? decode(key) : key,
    size: Number(entry.text('Size') ?? 0) || 0,
    modified: Number.isNaN(modified) ? 0 : modified,
    etag: entry.text('ETag') ?? '',
  };
}

/** A store may say that keys are encoded; one that has `%` in a key and does not encode must not break the list. */
function decode(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', '%20'));
  } catch {
    return key;
  }
}
