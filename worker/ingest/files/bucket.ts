/** A bucket that tracking sets of CloudAudit deliver to. */
import type { Store } from '../../store/meter.ts';
import { logPrefixes, type BucketConfig } from '../../tencent/buckets.ts';
import { filesSource } from '../../tencent/in-use.ts';
import { cosEndpoint, type S3Client } from '../../tencent/s3.ts';
import type { Followed } from '../followed.ts';

export interface Bucket {
  store: Store;
  /** Id of its source: `files-{bucket}`. */
  source: string;
  client: S3Client;
  /** What keys of log files may begin with. */
  prefixes: readonly string[];
  /** Unix ms. */
  clock: () => number;
}

/** A store that says nothing for so long is given up. */
const TIMEOUT_MS = 20_000;

/** The bucket as it is reached with a key. An endpoint on this machine stands for COS too. */
export function bucketOf(
  store: Store,
  { key, config }: { key: Followed['key']; config: BucketConfig },
  { fetch, clock }: { fetch: S3Client['fetch']; clock: () => number },
): Bucket {
  const { endpoint, secretId, secretKey, token } = key;
  const { bucket, region } = config;
  const isLocal = endpoint?.startsWith('http://') === true;
  return {
    store,
    source: filesSource(bucket),
    client: {
      credential: { secretId, secretKey, ...(token !== undefined && { token }) },
      endpoint: isLocal ? endpoint : cosEndpoint(region),
      addressing: isLocal ? 'path' : 'host',
      bucket,
      region,
      fetch,
      timeoutMs: TIMEOUT_MS,
    },
    prefixes: logPrefixes(config.prefix),
    clock,
  };
}
