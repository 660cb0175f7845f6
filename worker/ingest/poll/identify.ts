/** Whose key it is: asked once, then known by a digest of its secret id. A source begins with its first key. */
import { findApiKey, saveApiKey } from '../../store/api-keys.ts';
import { addBackfill } from '../../store/backfills.ts';
import { run, type Store } from '../../store/meter.ts';
import { addSource, findSource } from '../../store/sources.ts';
import type { KeyConfig } from '../../tencent/credentials.ts';
import { isTransient } from '../../tencent/failure.ts';
import { getCallerIdentity } from '../../tencent/identity.ts';
import { apiSource, keyDigest } from '../../tencent/in-use.ts';
import { problemOf } from '../again.ts';
import { clientOf } from '../followed.ts';
import { persist } from './persist.ts';
import type { PollTools, Standing } from './reader.ts';
import { backfillSpan } from './span.ts';
import { beginState, writeState } from './state.ts';

/** What does not get better by itself is tried again after so many seconds. */
export const SLOWLY = 300;

/**
 * Gives the account of a key, and makes sure that there is a source for it. Undefined where it cannot be found out now;
 * why is kept with the key.
 */
export async function identify(
  tools: PollTools,
  standing: Standing,
  { key, deadline }: { key: KeyConfig; deadline: number },
): Promise<string | undefined> {
  const { store, clock } = tools;
  const digest = keyDigest(key);
  const known = await findApiKey(store, digest);
  if (known?.account !== undefined) return known.account;
  const now = clock();
  const second = Math.floor(now / 1000);
  if (known !== undefined && known.nextTry > second) return undefined;
  const found = await persist(
    () => getCallerIdentity(clientOf(key, tools.fetch), { region: key.region }, clock()),
    { ...tools, deadline },
  );
  const entry = { digest, hint: `${key.secretId.slice(0, 4)}…${key.secretId.slice(-4)}`, tried: second };
  if (!found.ok) {
    const problem = problemOf(found.failure, 'sts:GetCallerIdentity', now);
    await saveApiKey(store, {
      ...entry,
      nextTry: isTransient(found.failure) ? 0 : second + SLOWLY,
      problem,
    });
    return undefined;
  }
  const { account } = found;
  await beginSource(store, account, { now, days: standing.retention(account) });
  await saveApiKey(store, { ...entry, nextTry: 0, account });
  return account;
}

/** A new source polls from now on, and a back-fill reads what was before. */
async function beginSource(
  store: Store,
  account: string,
  { now, days }: { now: number; days: number },
): Promise<void> {
  const id = apiSource(account);
  if ((await findSource(store, id)) !== undefined) return;
  const state = beginState(now);
  const since = state.poll.mark;
  const { starts } = backfillSpan(now, days);
  await run(store, [
    ...addSource(store, { id, kind: 'api', account, state: writeState(state), since }),
    ...addBackfill(store, { source: id, starts, ends: since, now, missing: true }),
  ]);
}
