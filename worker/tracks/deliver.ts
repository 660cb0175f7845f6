/**
 * Sends what was planned. Sets do not wait for each other, and one that fails waits alone.
 *
 * What was sent but not written down, since the Worker ended in between, is sent again under the same name.
 */
import type { RootSecrets } from '../access/secrets.ts';
import {
  dueTracks,
  nextDelivery,
  settleDelivered,
  settleFailed,
  type DueTrack,
  type Next,
} from '../store/deliveries.ts';
import { dropLease, keepLease, takeLease } from '../store/leases.ts';
import type { Store } from '../store/meter.ts';
import { eventsAt } from '../store/places.ts';
import { together } from '../store/together.ts';
import { itemsOf, parcelOf } from './parcel.ts';
import { setbackOf } from './setback.ts';
import { openTarget } from './targets/keep.ts';
import { send } from './targets/send.ts';
import type { Failure, Tools } from './targets/target.ts';

export interface Delivering {
  store: Store;
  secrets: RootSecrets;
  /** Where long records are. */
  records: R2Bucket;
  tools: Omit<Tools, 'now'>;
  /** Unix ms. */
  clock: () => number;
  /** From 0 to below 1. */
  random: () => number;
}

/** Sets that are sent to side by side: a Worker has six connections. */
const SIDE_BY_SIDE = 5;

/** What one pass may take, and how often it may ask the database; the rest waits for the next. */
const PASS_MS = 25_000;
const PASS_SENDS = 150;

/** Whoever dies with a set's lease holds that set up no longer than this. One attempt takes less. */
const LEASE_MS = 90_000;

/** What those that send in one pass have in common. */
interface Pass extends Delivering {
  /** What they share their round trips by; events themselves are many, and are read alone. */
  shared: Store;
  mayGoOn: () => boolean;
}

/** Sends what is due to every set. Throws in the end where a set failed by a fault of ours. */
export async function deliver(delivering: Delivering): Promise<void> {
  const { store, clock } = delivering;
  const began = clock();
  let sends = 0;
  const mayGoOn = (): boolean => {
    sends += 1;
    return clock() - began < PASS_MS && sends <= PASS_SENDS;
  };
  const pass = { ...delivering, shared: together(store), mayGoOn };
  const waiting = await dueTracks(store, began);
  const faults: unknown[] = [];
  const work = async (): Promise<void> => {
    for (let track = waiting.shift(); track !== undefined && mayGoOn(); track = waiting.shift()) {
      try {
        await deliverTrack(pass, track);
      } catch (error) {
        faults.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  if (faults.length > 0) throw faults[0];
}

async function deliverTrack(pass: Pass, track: DueTrack): Promise<void> {
  const { shared, clock, mayGoOn } = pass;
  const lease = `deliver ${track.number}`;
  const holder = crypto.randomUUID();
  const terms = (): Parameters<typeof takeLease>[2] => ({ holder, now: clock(), forMs: LEASE_MS });
  const look = (): ReturnType<typeof nextDelivery> => nextDelivery(shared, track, clock());
  // In one round trip, in this order: what is found is so while the set is ours.
  const [isOurs, first] = await Promise.all([takeLease(shared, lease, terms()), look()]);
  if (!isOurs) return;
  try {
    let present: DueTrack | undefined = track;
    let kept = clock();
    for (let next = first; next !== undefined; next = await look()) {
      if (clock() - kept > LEASE_MS / 3) {
        if (!(await keepLease(shared, lease, terms()))) return;
        kept = clock();
      }
      present = await deliverOne(pass, present, next);
      if (present === undefined || next.delivery.number >= track.newest || !mayGoOn()) return;
    }
  } finally {
    await dropLease(shared, lease, holder);
  }
}

/** Sends one delivery; gives the set as it is then, if another may follow. */
async function deliverOne(
  { store, shared, records, random, ...delivering }: Pass,
  track: DueTrack,
  { delivery, places }: Next,
): Promise<DueTrack | undefined> {
  const { clock } = delivering;
  const events = await eventsAt(store, places);
  const items = await itemsOf([...events.values()], records);
  if (items.length === 0) {
    // All of them were removed, for their age: there is nothing to deliver any more.
    await settleDelivered(shared, track, delivery, { now: clock(), count: 0 });
    return track;
  }
  const parcel = await parcelOf(track, { ...delivery, items });
  const failure = await sendParcel(delivering, track, parcel);
  const now = clock();
  if (failure !== undefined) {
    await settleFailed(
      shared,
      track,
      delivery,
      setbackOf({ track, delivery, failure, now, random: random() }),
    );
    return undefined;
  }
  const { key, count, sha256 } = parcel;
  await settleDelivered(shared, track, delivery, {
    now,
    count,
    object: { key, bytes: parcel.body.length, sha256 },
  });
  const { failing: _failing, ...well } = track;
  return { ...well, failures: 0 };
}

/** Sends a parcel to where a set delivers to; gives what went wrong. */
export async function sendParcel(
  { secrets, tools, clock }: Pick<Delivering, 'secrets' | 'tools' | 'clock'>,
  track: Pick<DueTrack, 'id' | 'target' | 'sealed'>,
  parcel: Awaited<ReturnType<typeof parcelOf>>,
): Promise<Failure | undefined> {
  const target = await openTarget(secrets, track.id, track);
  if (target === undefined) return UNSEALED;
  const sent = await send(target, parcel, { ...tools, now: clock() });
  return sent.ok ? undefined : sent.failure;
}

/** The root secret is another one than when the credential was given. */
const UNSEALED: Failure = {
  kind: 'forbidden',
  text: 'the credential of the target cannot be read any more: give the target again',
};
