/** Buckets on loopback for tests: s3rver keeps the objects, and what stands before it checks the signatures. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { createFaults, drawFault } from './cloud/faults.ts';
import { listen } from './cloud/listen.ts';
import { send, type Message } from './cloud/reply.ts';
import { readRequest } from './cloud/request.ts';
import type { CloudOptions, FaultKind, Faults } from './cloud/types.ts';
import { createRandom } from './company/rng.ts';
import type { SignedRequest } from './cloud/tc3.ts';
import { listOf } from './s3-list.ts';
import { anyHost, placeOf, type S3Place } from './s3-place.ts';
import { checkSignature, type S3Key, type S3Permission, type S3Refusal } from './s3-signature.ts';
import { MAX_OBJECT, startStore, type ObjectStore } from './s3-store.ts';

export interface S3Options {
  /** Their names; those of COS end in the account's APPID. */
  buckets: readonly string[];
  credential: S3Key;
  /** `ap-guangzhou` unless given: signatures for another are refused. */
  region?: string;
  /** How a bucket may be named: in the host, as COS wants, in the path, or both (the default). */
  addressing?: 'host' | 'path' | 'both';
  /** Unix ms. */
  clock?: () => number;
  seed?: number;
  faults?: CloudOptions['faults'];
}

/** One request that came in. */
export interface S3Call {
  method: string;
  bucket: string;
  /** '' where the bucket itself was asked. */
  key: string;
  headers: Readonly<Record<string, string>>;
  /** The status that was answered, or the fault. */
  outcome: string;
}

/** Beside the requests of others, tests put and read objects straight in the store. */
export interface S3 extends Omit<ObjectStore, 'exchange' | 'objects'> {
  /** The origin. With `host` addressing the bucket stands before its name, and only `fetch` finds that on loopback. */
  endpoint: string;
  /** A fetch that brings requests for any host here, with the host as it was. */
  fetch: typeof fetch;
  keys: Map<string, S3Key>;
  calls: S3Call[];
  faults: Faults;
}

/** Starts a server of buckets on loopback. */
export async function startS3(options: S3Options): Promise<S3> {
  const { clock = Date.now, region = 'ap-guangzhou', addressing = 'both' } = options;
  const { exchange, objects, ...store } = await startStore(options.buckets);
  const keys = new Map([[options.credential.accessKeyId, options.credential]]);
  const faults = createFaults(options.faults);
  const random = createRandom(options.seed ?? 1);
  const calls: S3Call[] = [];

  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await readRequest(incoming, MAX_OBJECT);
    const { method, headers } = request;
    const fault = drawFault(faults, random);
    const place = placeOf(request);
    const call: S3Call = { method, bucket: place.bucket, key: place.key, headers, outcome: '' };
    calls.push(call);
    if (fault === 'slow') await pause(faults.slowMs);
    const refusal =
      (addressing === 'both' || addressing === place.style ? undefined : WRONG_STYLE) ??
      checkSignature(request, { keys, region, now: clock() + faults.skewMs }) ??
      checkPermission(keys, headers, permissionFor(method, place)) ??
      busy(fault);
    const answer = refusal ? explained(refusal) : await answerFor(request, place);
    call.outcome = fault && fault !== 'slow' ? fault : `${answer.status}`;
    send(response, answer, { fault, dice: random.bits() });
  };
  const answerFor = async ({ method, headers, body }: SignedRequest, place: S3Place): Promise<Message> => {
    if (method !== 'GET' || place.key !== '') return exchange({ method, path: place.path, headers, body });
    const found = await objects(place.bucket);
    return found ? listOf(place, found) : explained({ status: 404, code: 'NoSuchBucket' });
  };
  const server = createServer((incoming, response) => {
    serve(incoming, response).catch(() => response.destroy());
  });
  const { url, close } = await listen(server);
  return {
    ...store,
    endpoint: url,
    fetch: anyHost(url),
    keys,
    calls,
    faults,
    async close() {
      await close();
      await store.close();
    },
  };
}

const WRONG_STYLE: S3Refusal = { status: 403, code: 'PathStyleDomainForbidden' };

function permissionFor(method: string, { key }: S3Place): S3Permission {
  if (method === 'PUT') return 'put';
  return key === '' ? 'list' : 'get';
}

function checkPermission(
  keys: ReadonlyMap<string, S3Key>,
  { authorization = '' }: Readonly<Record<string, string>>,
  permission: S3Permission,
): S3Refusal | undefined {
  const key = keys.get(/Credential=([^/]+)/.exec(authorization)?.[1] ?? '');
  return key?.allowed?.includes(permission) === false ? { status: 403, code: 'AccessDenied' } : undefined;
}

function busy(fault: FaultKind | undefined): S3Refusal | undefined {
  if (fault === 'limit') return { status: 503, code: 'SlowDown' };
  return fault === 'internal' || fault === 'server' ? { status: 500, code: 'InternalError' } : undefined;
}

function explained({ status, code }: S3Refusal): Message {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${code}</Message><RequestId>made-up</RequestId></Error>`;
  return { status, headers: { 'content-type': 'application/xml' }, body };
}
