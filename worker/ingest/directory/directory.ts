/** Reading who there is in each followed account, so that people and roles are called what they are called now. */
import { listRoles, listUsers } from '../../tencent/directory.ts';
import { enterNames, type ListedName } from '../../store/directory.ts';
import { forgetFeatures, noteFeature, openFeature } from '../../store/features.ts';
import { dropLease, takeLease } from '../../store/leases.ts';
import type { SourceProblem } from '../../store/sources.ts';
import type { Store } from '../../store/meter.ts';
import type { CredentialEnv } from '../../tencent/credentials.ts';
import { problemOf, retryAfter } from '../again.ts';
import { clientOf, followedIn, type Followed, type Reaching } from '../followed.ts';

const DAY = 86_400;

/** Longer than reading takes. */
const LEASE_MS = 10 * 60_000;

/** Reads the directory of each account that it was not read of today. What a key may not read, its problem says. */
export async function readDirectories(
  { store, ...reaching }: Reaching & { store: Store },
  env: CredentialEnv,
): Promise<void> {
  const followed = await followedIn(store, env);
  // What a key could not do that is gone is no problem any more, of prices neither.
  await forgetFeatures(
    store,
    followed.map(({ source }) => source),
  );
  for (const one of followed) {
    const name = `directory ${one.source}`;
    const holder = crypto.randomUUID();
    const feature = await openFeature(store, { ...one, name: 'directory' });
    const now = reaching.clock();
    if (feature.nextTry * 1000 > now) continue;
    if (!(await takeLease(store, name, { holder, now, forMs: LEASE_MS }))) continue;
    try {
      const problem = await readDirectory(store, one, reaching);
      const seconds = Math.floor(reaching.clock() / 1000);
      await noteFeature(store, feature, {
        now: seconds,
        nextTry: seconds + (problem === undefined ? DAY : retryAfter(feature.failures, AGAIN)),
        ...(problem && { problem }),
      });
    } finally {
      await dropLease(store, name, holder);
    }
  }
}

/** After a failure it is tried again after five minutes, then more and more seldom, but several times a day. */
const AGAIN = { first: 300, most: 4 * 3600 };

/** Enters users and roles, each as far as it can be had; gives the first problem. */
async function readDirectory(
  store: Store,
  one: Followed,
  { clock, fetch }: Reaching,
): Promise<SourceProblem | undefined> {
  const client = clientOf(one.key, fetch);
  const users = await listUsers(client, clock());
  const roles = await listRoles(client, clock());
  const names: ListedName[] = [
    ...(users.ok ? users.entries.map((user) => ({ ...user, type: 'user' as const })) : []),
    ...(roles.ok ? roles.entries.map((role) => ({ ...role, type: 'role' as const })) : []),
  ];
  await enterNames(store, one.account, { names, now: clock() });
  if (!users.ok) return problemOf(users.failure, 'cam:ListUsers', clock());
  return roles.ok ? undefined : problemOf(roles.failure, 'cam:DescribeRoleList', clock());
}
