/** Which sources the settings name: those of keys and of buckets. What was read once and is named no more is not missed. */

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { credentialsFrom, type CredentialEnv } from './credentials.ts';

/** Id of the source that an account's interface is. */
export function apiSource(account: string): string {
  return `api-${account}`;
}

/** Id of the source that a bucket is. */
export function filesSource(bucket: string): string {
  return `files-${bucket}`;
}

/** What a key is known by: hex of the SHA-256 of its secret id. */
export function keyDigest({ secretId }: { secretId: string }): string {
  return bytesToHex(sha256(utf8ToBytes(secretId)));
}

export interface InUse {
  /** Digests of keys. */
  keys: ReadonlySet<string>;
  /** Ids of sources. */
  sources: ReadonlySet<string>;
}

/**
 * What is in use; `known` says whose keys are whose. Nothing is where the settings cannot be read: the Worker says so
 * by itself.
 */
export function inUse(env: CredentialEnv, known: readonly { digest: string; account?: string }[]): InUse {
  const read = credentialsFrom(env);
  const configured = read.ok ? read.keys : [];
  const keys = new Set(configured.map(keyDigest));
  const accounts = known.flatMap(({ digest, account }) =>
    keys.has(digest) && account !== undefined ? [account] : [],
  );
  const buckets = configured.flatMap((key) => key.buckets.map(({ bucket }) => bucket));
  return { keys, sources: new Set([...accounts.map(apiSource), ...buckets.map(filesSource)]) };
}
