/** What reads events of one account: its key, the store, and the tools that are passed in. */
import type { Classifier } from '../../../shared/classify/classification.ts';
import { DEFAULT_RETENTION } from '../../../shared/api/accounts.ts';
import { accountsOf, readAccount } from '../../store/accounts.ts';
import { loadClassification } from '../../store/classification.ts';
import { rows, run, type Store } from '../../store/meter.ts';
import type { ApiClient } from '../../tencent/call.ts';
import type { KeyConfig } from '../../tencent/credentials.ts';
import { clientOf } from '../followed.ts';

/** What the Worker passes in. */
export interface PollTools {
  store: Store;
  /** Where long records go. */
  objects: R2Bucket;
  fetch: typeof fetch;
  /** Unix ms. */
  clock: () => number;
  /** From 0 up to 1. */
  random: () => number;
  /** Called when events were stored. */
  arrived: () => void;
}

export interface Reader extends PollTools {
  /** Id of its source. */
  source: string;
  /** Whose key it is. */
  account: string;
  client: ApiClient;
  region: string;
  classifier: Classifier;
  /** Days that an account keeps events. */
  retention: (account: string) => number;
  /** Takes the next slot of the account's pace, in good time; gives the unix ms at which it begins. */
  slot: () => Promise<number>;
  /** Unix ms after which nothing new is begun. */
  deadline: number;
  /** Requests that may still be made. */
  left: number;
}

/** What holds for every account at a time: rules and retention. One round trip each. */
export interface Standing {
  classifier: Classifier;
  retention: (account: string) => number;
}

export async function loadStanding(store: Store): Promise<Standing> {
  const [{ classifier }, [found]] = await Promise.all([
    loadClassification(store),
    run(store, [accountsOf(store)]),
  ]);
  const days = new Map(rows(found, readAccount).map(({ id, retention }) => [id, retention]));
  return { classifier, retention: (account) => days.get(account) ?? DEFAULT_RETENTION };
}

/** A reader of an account with a key. */
export function openReader(
  tools: PollTools,
  standing: Standing,
  from: { account: string; key: KeyConfig } & Pick<Reader, 'source' | 'slot' | 'deadline' | 'left'>,
): Reader {
  const { account, key, source, slot, deadline, left } = from;
  return {
    ...tools,
    ...standing,
    source,
    account,
    client: clientOf(key, tools.fetch),
    region: key.region,
    slot,
    deadline,
    left,
  };
}

/** Whether a reader has done what it may at a time. */
export function isOver({ clock, deadline, left }: Reader): boolean {
  return left <= 0 || clock() >= deadline;
}

/** Waits. */
export function pause(ms: number): Promise<void> {
  return ms <= 0 ? Promise.resolve() : new Promise((resolve) => void setTimeout(resolve, ms));
}
