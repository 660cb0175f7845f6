/** A bucket that a tracking set of CloudAudit delivers to. */
export interface BucketConfig {
  /** With its app id: `audit-1250000000`. */
  bucket: string;
  region: string;
  /** What the keys of log files begin with; '' where there is no such prefix. */
  prefix: string;
}

const BUCKET = /^[a-z0-9]([a-z0-9-]{0,58}[a-z0-9])?-\d{5,}$/;
const REGION = /^[a-z]+(-[a-z0-9]+)+$/;

/**
 * Reads `bucket-appid/region/prefix,…`: a list whose items may have no prefix, or one with slashes. A problem names
 * the place of the item.
 */
export function readBuckets(
  list: string,
): { ok: true; buckets: BucketConfig[] } | { ok: false; problem: string } {
  const buckets: BucketConfig[] = [];
  const items = list.split(',').map((item) => item.trim());
  for (const [index, item] of items.entries()) {
    if (item === '') continue;
    const [bucket = '', region = '', ...prefix] = item.split('/');
    if (!BUCKET.test(bucket)) return { ok: false, problem: `item ${index + 1} has no bucket-appid` };
    if (!REGION.test(region))
      return { ok: false, problem: `item ${index + 1} has no region after the bucket` };
    buckets.push({ bucket, region, prefix: prefix.join('/') });
  }
  return { ok: true, buckets };
}

/** Where CloudAudit puts log files of a prefix: below it, or below it in a folder of its own. */
export function logPrefixes(prefix: string): string[] {
  const folder = prefix.replace(/^\/+|\/+$/g, '');
  if (folder === '') return [''];
  return /^cloudaudit(\/|$)/.test(folder) ? [`${folder}/`] : [`${folder}/`, `cloudaudit/${folder}/`];
}
