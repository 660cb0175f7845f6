/** The accounts that are followed with a key, for readers of what is beside events. */
import { apiKeysOf, readApiKey } from '../store/api-keys.ts';
import { rows, run, type Store } from '../store/meter.ts';
import type { ApiClient } from '../tencent/call.ts';
import { credentialsFrom, type CredentialEnv, type KeyConfig } from '../tencent/credentials.ts';
import { apiSource, keyDigest } from '../tencent/in-use.ts';

/** A key whose account is known. */
export interface Followed {
  key: KeyConfig;
  /** Root uin. */
  account: string;
  /** Id of its source. */
  source: string;
}

/** What readers reach the cloud with. */
export interface Reaching {
  fetch: typeof fetch;
  /** Unix ms. */
  clock: () => number;
}

/** The keys of the settings, as far as their accounts are known. None where they cannot be read: polling says why. */
export async function followedIn(store: Store, env: CredentialEnv): Promise<Followed[]> {
  const credentials = credentialsFrom(env);
  return credentials.ok ? await followedBy(store, credentials.keys) : [];
}

/** The keys whose accounts polling has found out, each account once: with its first key. */
export async function followedBy(store: Store, keys: readonly KeyConfig[]): Promise<Followed[]> {
  if (keys.length === 0) return [];
  const [found] = await run(store, [apiKeysOf(store)]);
  const accounts = new Map(rows(found, readApiKey).map(({ digest, account }) => [digest, account]));
  const followed = new Map<string, Followed>();
  for (const key of keys) {
    const account = accounts.get(keyDigest(key));
    if (account === undefined || followed.has(account)) continue;
    followed.set(account, { key, account, source: apiSource(account) });
  }
  return [...followed.values()];
}

/** An answer that takes longer is given up. */
const TIMEOUT_MS = 15_000;

/** The client of a key. */
export function clientOf({ endpoint, ...key }: KeyConfig, reach: typeof fetch): ApiClient {
  return {
    credential: key,
    ...(endpoint !== undefined && { endpoint }),
    fetch: reach,
    timeoutMs: TIMEOUT_MS,
  };
}
