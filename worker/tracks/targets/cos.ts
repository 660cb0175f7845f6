/** A COS bucket, through its S3 door. Buckets made since 2024 are only known by their host name. */
import { cosEndpoint } from '../../tencent/s3.ts';
import { sendToBucket } from './bucket.ts';
import type { Send } from './target.ts';

/** Writes the object, encrypted by COS where the target asks for it. */
export const sendToCos: Send<'cos'> = (target, parcel, tools) => {
  const endpoint = cosEndpoint(target.region);
  const headers: Readonly<Record<string, string>> = target.sse === undefined ? {} : encryption(target.sse);
  return sendToBucket({ ...target, endpoint, addressing: 'host' }, parcel, headers, tools);
};

/** COS has a name of its own for the header; which of the two counts at the S3 door is not written anywhere. */
function encryption(sse: string): Record<string, string> {
  return { 'x-cos-server-side-encryption': sse, 'x-amz-server-side-encryption': sse };
}
