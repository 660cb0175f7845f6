import { createHash } from 'node:crypto';
import { saveApiKey } from '../../worker/store/api-keys.ts';
import type { Store } from '../../worker/store/meter.ts';

/** The digest that the Worker knows an API key by. */
export function digestOf(secretId: string): string {
  return createHash('sha256').update(secretId).digest('hex');
}

/** Lets the Worker know whose key that is, as it finds out by asking the cloud. */
export function knowKey(store: Store, key: { secretId: string; account: string }): Promise<void> {
  const { secretId, account } = key;
  return saveApiKey(store, { digest: digestOf(secretId), hint: 'AKID…', account, tried: 0, nextTry: 0 });
}
