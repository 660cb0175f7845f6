/** A bucket that is reached as COS's are, by its own host name: an S3 server behind a gate that checks signatures. */

import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { cosEndpoint, type S3Client } from '../../../worker/tencent/s3.ts';
import type { Credential } from '../../../worker/tencent/credential.ts';
import { KEY } from './keys.ts';
import { verifySigV4, type Received } from './sigv4.ts';

interface S3Server {
  run(): Promise<{ port: number }>;
  close(): Promise<void>;
}

const load = createRequire(import.meta.url);
const S3rver: new (options: object) => S3Server = load('s3rver');
const { DUMMY_ACCOUNT }: { DUMMY_ACCOUNT: { createKeyPair(id: string, key: string): void } } = load(
  's3rver/lib/models/account.js',
);
DUMMY_ACCOUNT.createKeyPair(KEY.secretId, KEY.secretKey);

export const REGION = 'ap-guangzhou';
export const BUCKET = 'audit-1250000000';

export interface Bucket {
  client: S3Client;
  /** What came in, with the host it was for. */
  received: Received[];
}

/** An empty bucket for the present test. */
export async function startBucket(credential: Credential = KEY): Promise<Bucket> {
  const directory = mkdtempSync(join(tmpdir(), 'sidetrail-s3-'));
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    configureBuckets: [{ name: BUCKET }],
  });
  const { port } = await server.run();
  onTestFinished(async () => {
    await server.close();
    rmSync(directory, { recursive: true });
  });
  const received: Received[] = [];
  const gate: typeof fetch = async (input, init) => {
    const asked = new Request(input, init);
    const { host, pathname, search } = new URL(asked.url);
    const one: Received = {
      method: asked.method,
      url: `${pathname}${search}`,
      headers: { ...Object.fromEntries(asked.headers), host },
      body: Buffer.from(await asked.arrayBuffer()),
    };
    received.push(one);
    const checked = verifySigV4(one, { ...KEY, region: REGION });
    if (!checked.ok) {
      return new Response(`<?xml version="1.0"?><Error><Code>${checked.why}</Code></Error>`, { status: 403 });
    }
    return await forward(one, port);
  };
  return {
    client: {
      credential,
      endpoint: cosEndpoint(REGION),
      addressing: 'host',
      bucket: BUCKET,
      region: REGION,
      fetch: gate,
      timeoutMs: 5000,
    },
    received,
  };
}

/** To the S3 server, under the host name that it takes for a bucket's. */
function forward({ method, url, headers, body }: Received, port: number): Promise<Response> {
  const bucket = headers['host']?.split('.')[0] ?? '';
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        method,
        path: url,
        headers: { ...headers, host: `${bucket}.s3.amazonaws.com`, 'content-length': body.byteLength },
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          const fields = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
          const { statusCode: status = 500 } = answer;
          resolve(new Response(Buffer.concat(chunks), { status, headers: Object.fromEntries(fields) }));
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
