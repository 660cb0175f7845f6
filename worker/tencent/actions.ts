/** What is done in Tencent Cloud, by what it is for, and the least policy of CAM that allows it. */

import { logPrefixes, type BucketConfig } from './buckets.ts';

export type Feature = 'account' | 'polling' | 'directory' | 'prices' | 'files' | 'cos' | 'cls' | 'alarms';

/** Every action that is called, as the API names it. A test reads the sources and compares. */
export const ACTIONS = {
  /** Whose key it is. */
  account: ['sts:GetCallerIdentity'],
  /** Live polling and back-fill. */
  polling: ['cloudaudit:DescribeEvents'],
  /** Names of sub-users and roles. */
  directory: ['cam:ListUsers', 'cam:DescribeRoleList'],
  /** Amount, currency and payer of purchases. */
  prices: ['billing:DescribeDealsByCond'],
  /** Reading log files that CloudAudit delivers. */
  files: ['cos:GetBucket', 'cos:GetObject'],
  /** Delivering to a bucket. */
  cos: ['cos:PutObject'],
  /** Delivering to a topic. */
  cls: ['cls:UploadLog'],
  /** Alarm policies in CLS. */
  alarms: ['cls:CreateAlarmNotice', 'cls:CreateAlarm'],
} as const satisfies Readonly<Record<Feature, readonly string[]>>;

/** Where a policy names an action otherwise, or, across the vendor's own pages, by more than one name. */
const IN_POLICIES: ReadonlyMap<string, readonly string[]> = new Map([
  ['billing:DescribeDealsByCond', ['finance:DescribeDealsByCond']],
  ['cos:GetBucket', ['name/cos:GetBucket']],
  ['cos:GetObject', ['name/cos:GetObject']],
  ['cos:PutObject', ['name/cos:PutObject']],
  ['cls:UploadLog', ['cls:UploadLog', 'cls:pushLog']],
]);

/** A policy in CAM's syntax. */
export interface Policy {
  version: '2.0';
  statement: { effect: 'allow'; action: string[]; resource: string[] }[];
}

/**
 * The least policy for some features, one statement for each. Only COS knows resources narrower than all: where
 * `buckets` are given, its statements are for their prefixes, else for every bucket.
 */
export function policyFor(features: readonly Feature[], buckets: readonly BucketConfig[] = []): Policy {
  return {
    version: '2.0',
    statement: features.map((feature) => ({
      effect: 'allow',
      action: ACTIONS[feature].flatMap((action) => inPolicies(action)),
      resource:
        isOfBuckets(feature) && buckets.length > 0
          ? buckets.flatMap((bucket) => resourcesOf(feature, bucket))
          : ['*'],
    })),
  };
}

/** The name, or names, that a policy gives an action. */
export function inPolicies(action: string): readonly string[] {
  return IN_POLICIES.get(action) ?? [action];
}

function isOfBuckets(feature: Feature): boolean {
  return feature === 'files' || feature === 'cos';
}

/** Log files may be in either of two places, and both are looked through. */
function resourcesOf(feature: Feature, { bucket, region, prefix }: BucketConfig): string[] {
  const owner = bucket.slice(bucket.lastIndexOf('-') + 1);
  const prefixes = feature === 'files' ? logPrefixes(prefix) : [prefix];
  return prefixes.map((each) => `qcs::cos:${region}:uid/${owner}:${bucket}/${each}*`);
}
