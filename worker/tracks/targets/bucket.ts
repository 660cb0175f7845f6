/** An object in a bucket: what COS and every other store that speaks S3 have in common. */
import type { Credential } from '../../../shared/api/targets.ts';
import { putObject } from '../../tencent/cos.ts';
import { fromCloud } from './failure.ts';
import { guard } from './guard.ts';
import { objectKey, objectMetadata, type Parcel, type Sent, type Tools } from './target.ts';

export interface Bucket {
  endpoint: string;
  addressing: 'host' | 'path';
  bucket: string;
  region: string;
  prefix: string;
  credential: Credential;
}

/** Writes the parcel's object; a repeat overwrites it. `headers` are sent beside those of the metadata. */
export async function sendToBucket(
  bucket: Bucket,
  parcel: Parcel,
  headers: Readonly<Record<string, string>>,
  tools: Tools,
): Promise<Sent> {
  const { network, refusal } = guard(tools);
  const metadata = Object.entries(objectMetadata(parcel)).map(([name, value]) => [
    `x-amz-meta-${name}`,
    value,
  ]);
  const put = {
    key: objectKey(bucket, parcel),
    body: parcel.body,
    headers: { 'content-type': parcel.contentType, ...Object.fromEntries(metadata), ...headers },
  };
  const answer = await putObject({ ...bucket, ...network }, put, tools.now);
  return answer.ok ? { ok: true } : { ok: false, failure: refusal() ?? fromCloud(answer.failure) };
}
