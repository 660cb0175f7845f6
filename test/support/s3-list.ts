import type { Message } from './cloud/reply.ts';
import type { S3Place } from './s3-place.ts';
import type { StoredObject } from './s3-store.ts';

const MAX_KEYS = 1000;

/**
 * A page of a bucket's list, in both versions of the operation, in the order of the keys' UTF-8. (s3rver's own walks
 * folders, so that it skips keys when `a/b` stands beside `a-b`.)
 */
export function listOf({ bucket, path }: S3Place, objects: readonly StoredObject[]): Message {
  const asked = new URL(path, 'http://host').searchParams;
  const second = asked.get('list-type') === '2';
  const prefix = asked.get('prefix') ?? '';
  const after = second ? (asked.get('continuation-token') ?? asked.get('start-after')) : asked.get('marker');
  const most = Math.min(Number(asked.get('max-keys') ?? MAX_KEYS), MAX_KEYS);
  const encoded = asked.get('encoding-type') === 'url';
  const shown = encoded ? encodeURIComponent : inert;
  const rest = objects
    .filter(({ key }) => key.startsWith(prefix) && compare(key, after ?? '') > 0)
    .toSorted((one, other) => compare(one.key, other.key));
  const page = rest.slice(0, most);
  const next = rest.length > page.length ? page.at(-1) : undefined;
  const entries = page.map(
    ({ key, size, modified, etag }) =>
      `<Contents><Key>${shown(key)}</Key><LastModified>${modified.toISOString()}</LastModified>` +
      `<ETag>${inert(etag)}</ETag><Size>${size}</Size><StorageClass>STANDARD</StorageClass></Contents>`,
  );
  const body = [
    '<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult>',
    `<Name>${bucket}</Name><Prefix>${shown(prefix)}</Prefix><MaxKeys>${most}</MaxKeys>`,
    encoded ? '<EncodingType>url</EncodingType>' : '',
    `<IsTruncated>${next !== undefined}</IsTruncated>`,
    second && next ? `<NextContinuationToken>${inert(next.key)}</NextContinuationToken>` : '',
    ...entries,
    '</ListBucketResult>',
  ].join('');
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
}

function compare(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

function inert(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
