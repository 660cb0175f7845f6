import { request as connect, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { SignedRequest } from './cloud/tc3.ts';

/** Which bucket and object a request is about, and how it said so. */
export interface S3Place {
  style: 'host' | 'path';
  bucket: string;
  key: string;
  /** Path and query that say the same without the host. */
  path: string;
}

/** Reads the place of a request: a host that is no address of loopback begins with the bucket. */
export function placeOf({ host, url }: Pick<SignedRequest, 'host' | 'url'>): S3Place {
  const style = /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host) ? 'path' : 'host';
  const path = style === 'path' ? url : `/${host.split('.')[0]}${url}`;
  const [, bucket = '', key = ''] = /^\/([^/?]*)\/?([^?]*)/.exec(path) ?? [];
  return { style, bucket, key: decodeURIComponent(key), path };
}

/** A fetch that brings requests for any host to `origin`, with the host as it was. */
export function anyHost(origin: string): typeof fetch {
  const { hostname, port } = new URL(origin);
  return async (input, init) => {
    const request = new Request(input, init);
    const { host, pathname, search } = new URL(request.url);
    const body = Buffer.from(await request.arrayBuffer());
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const headers = { ...Object.fromEntries(request.headers), host };
    const { method, signal } = request;
    connect({ hostname, port, method, path: pathname + search, headers, signal, agent: false }, resolve)
      .on('error', reject)
      .end(body);
    const answer = await promise;
    const given = Object.entries(answer.headers).map(([name, value]): [string, string] => [
      name,
      [value ?? ''].flat().join(', '),
    ]);
    return new Response(Readable.toWeb(answer) as ReadableStream, {
      status: answer.statusCode ?? 500,
      headers: given,
    });
  };
}
