import { mkdtempSync, rmSync } from 'node:fs';
import { request as connect, type IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRequest } from './cloud/request.ts';

/** Objects and requests are not larger than this, bytes. */
export const MAX_OBJECT = 256 << 20;

type Headers = Readonly<Record<string, string>>;

/** What a list says of an object. */
export interface StoredObject {
  key: string;
  /** Bytes. */
  size: number;
  modified: Date;
  etag: string;
}

/** s3rver on a port of its own: it keeps buckets and speaks S3, and lets everything pass that is not signed. */
export interface ObjectStore {
  /** One request to it; the path names the bucket. */
  exchange: (request: {
    method: string;
    path: string;
    headers: Headers;
    body?: Buffer;
  }) => Promise<{ status: number; headers: Headers; body: Buffer }>;
  /** All objects of a bucket, in no order; undefined where there is no such bucket. */
  objects: (bucket: string) => Promise<StoredObject[] | undefined>;
  put(bucket: string, key: string, body: string | Uint8Array): Promise<void>;
  get(bucket: string, key: string): Promise<{ body: Buffer; headers: Headers } | undefined>;
  /** All keys of a bucket, sorted. */
  list(bucket: string): Promise<string[]>;
  remove(bucket: string, key: string): Promise<void>;
  addBucket(bucket: string): Promise<void>;
  /** Makes a bucket vanish, with all that is in it. */
  removeBucket(bucket: string): Promise<void>;
  close(): Promise<void>;
}

/** What of s3rver is used; it has no types of its own. */
interface S3rver {
  run(): Promise<{ port: number }>;
  close(): Promise<void>;
  httpServer: { closeAllConnections(): void };
  store: {
    getBucket(bucket: string): Promise<object | undefined | null>;
    listObjects(
      bucket: string,
      options: object,
    ): Promise<{
      objects: { key: string; size: number; lastModifiedDate: Date; metadata: { etag: string } }[];
    }>;
    deleteObject(bucket: string, key: string): Promise<void>;
    putBucket(bucket: string): Promise<unknown>;
    deleteBucket(bucket: string): Promise<void>;
  };
}

const S3rverClass: new (options: object) => S3rver = createRequire(import.meta.url)('s3rver');

/** Starts s3rver with these buckets, in a folder that is gone when it is closed. */
export async function startStore(buckets: readonly string[]): Promise<ObjectStore> {
  const directory = mkdtempSync(join(tmpdir(), 's3-'));
  const s3rver = new S3rverClass({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    vhostBuckets: false,
    configureBuckets: buckets.map((name) => ({ name, configs: [] })),
  });
  const { port } = await s3rver.run();
  const exchange: ObjectStore['exchange'] = async ({ method, path, headers, body }) => {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    connect({ host: '127.0.0.1', port, method, path, headers: passed(headers), agent: false }, resolve)
      .on('error', reject)
      .end(body);
    const answer = await promise;
    const read = await readRequest(answer, MAX_OBJECT);
    return { status: answer.statusCode ?? 500, headers: passed(read.headers), body: read.body };
  };
  const objects: ObjectStore['objects'] = async (bucket) => {
    if (!(await s3rver.store.getBucket(bucket))) return undefined;
    const found = await s3rver.store.listObjects(bucket, {});
    return found.objects.map(({ key, size, lastModifiedDate, metadata }) => ({
      key,
      size,
      modified: lastModifiedDate,
      etag: metadata.etag,
    }));
  };
  return {
    exchange,
    objects,
    async put(bucket, key, content) {
      const body = Buffer.from(content);
      const { status } = await exchange({ method: 'PUT', path: pathOf(bucket, key), headers: {}, body });
      if (status !== 200) throw new Error(`${bucket}/${key} was not stored (${status})`);
    },
    async get(bucket, key) {
      const answer = await exchange({ method: 'GET', path: pathOf(bucket, key), headers: {} });
      return answer.status === 200 ? answer : undefined;
    },
    async list(bucket) {
      return ((await objects(bucket)) ?? []).map(({ key }) => key).toSorted();
    },
    remove: (bucket, key) => s3rver.store.deleteObject(bucket, key),
    async addBucket(bucket) {
      await s3rver.store.putBucket(bucket);
    },
    removeBucket: (bucket) => s3rver.store.deleteBucket(bucket),
    async close() {
      s3rver.httpServer.closeAllConnections();
      await s3rver.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function pathOf(bucket: string, key: string): string {
  return `/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
}

/** Headers that are of one connection, or prove to somebody else who asks. */
const DROPPED = new Set(['authorization', 'host', 'connection', 'keep-alive', 'transfer-encoding']);

function passed(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !DROPPED.has(name)));
}
