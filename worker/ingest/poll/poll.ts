/** What the tick does first: every account that there is a key for is polled, side by side, each by one at a time. */
import { dropLease, takeLease } from '../../store/leases.ts';
import { takeSlot } from '../../store/pace.ts';
import { findSource } from '../../store/sources.ts';
import { credentialsFrom, type CredentialEnv, type KeyConfig } from '../../tencent/credentials.ts';
import { apiSource } from '../../tencent/in-use.ts';
import { identify } from './identify.ts';
import { loadStanding, openReader, type PollTools, type Standing } from './reader.ts';
import { pollSource } from './source.ts';

/** Of one tick: the next comes after a minute. */
const TICK_MS = 50_000;

/** Requests of one account in one tick: a Worker may only do so much at a time, and the next tick goes on. */
const REQUESTS = 150;

/** Longer than a tick with its last request and its waits. */
const LEASE_MS = 85_000;

/** Polls every account. Settings that cannot be read poll nothing: GET /v1/status says what is wrong with them. */
export async function poll(tools: PollTools, env: CredentialEnv): Promise<void> {
  const credentials = credentialsFrom(env);
  if (!credentials.ok || credentials.keys.length === 0) return;
  const deadline = tools.clock() + TICK_MS;
  const standing = await loadStanding(tools.store);
  const taken = new Set<string>();
  const results = await Promise.allSettled(
    credentials.keys.map((key) => pollKey(tools, standing, { key, deadline, taken })),
  );
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

async function pollKey(
  tools: PollTools,
  standing: Standing,
  { key, deadline, taken }: { key: KeyConfig; deadline: number; taken: Set<string> },
): Promise<void> {
  const { store, clock } = tools;
  const account = await identify(tools, standing, { key, deadline });
  // Two keys of one account read the same.
  if (account === undefined || taken.has(account)) return;
  taken.add(account);
  const id = apiSource(account);
  const lease = `poll ${id}`;
  const holder = crypto.randomUUID();
  if (!(await takeLease(store, lease, { holder, now: clock(), forMs: LEASE_MS }))) return;
  try {
    const source = await findSource(store, id);
    if (source === undefined) return;
    const slot = (): Promise<number> => takeSlot(store, account, clock());
    const reader = openReader(tools, standing, {
      account,
      key,
      source: id,
      slot,
      deadline,
      left: REQUESTS,
    });
    await pollSource(reader, source);
  } finally {
    await dropLease(store, lease, holder);
  }
}
