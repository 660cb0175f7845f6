/**
 * Sends the messages about alerts. Channels do not wait for each other, and one that fails waits alone.
 *
 * What was sent but not written down, since the Worker ended in between, is sent again under the same name.
 */
import type { RootSecrets } from '../access/secrets.ts';
import type { StoredChannel } from '../store/channels.ts';
import { dropLease, takeLease } from '../store/leases.ts';
import type { Store } from '../store/meter.ts';
import {
  dueChannels,
  nextMessage,
  settleFailed,
  settleSent,
  takeTurn,
  type DueChannel,
  type DueMessage,
} from '../store/notices.ts';
import type { Failure } from './channels/channel.ts';
import { openAddress } from './channels/keep.ts';
import { CHANNELS } from './channels/kinds.ts';
import { messageOf, type Message, type Notice } from './channels/message.ts';
import { sendMessage, type Network } from './channels/send.ts';
import { setbackOf } from './channels/setback.ts';

export interface Notifying {
  store: Store;
  secrets: RootSecrets;
  network: Network;
  /** Origin that links lead to. */
  origin: string | undefined;
  /** Unix ms. */
  clock: () => number;
  /** From 0 to below 1. */
  random: () => number;
  /** Waits so many ms. */
  pause: (ms: number) => Promise<void>;
}

/** Channels that are sent to side by side: a Worker has six connections. */
const SIDE_BY_SIDE = 5;

/** What one run may take, and how often it may send: others want to be told, too. */
const RUN_MS = 5_000;
const RUN_SENDS = 150;

/** Whoever dies with a channel's lease holds that channel up no longer than this. A run takes less. */
const LEASE_MS = 60_000;

/**
 * Sends what is due to every channel; gives whether something is left that is due soon. Throws in the end where a channel
 * failed by a fault of ours.
 */
export async function notify(notifying: Notifying): Promise<'done' | 'left'> {
  const { store, clock } = notifying;
  const part = partOf(clock);
  const waiting = await dueChannels(store, secondOf(clock));
  const faults: unknown[] = [];
  let isLeft = false;
  const work = async (): Promise<void> => {
    for (let channel = waiting.shift(); channel !== undefined; channel = waiting.shift()) {
      try {
        const isServed = part.left() > 0 && (await serve(notifying, channel, part));
        isLeft ||= !isServed;
      } catch (error) {
        faults.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  if (faults.length > 0) throw faults[0];
  return isLeft ? 'left' : 'done';
}

/** What a run has left to do its part. */
interface Part {
  /** Ms; 0 or less when it has done enough. */
  left: () => number;
  /** To be called for each message. */
  sent: () => void;
}

function partOf(clock: () => number): Part {
  const end = clock() + RUN_MS;
  let sends = 0;
  return {
    left: () => (sends < RUN_SENDS ? end - clock() : 0),
    sent: () => {
      sends += 1;
    },
  };
}

/**
 * Sends a channel what is due; false where something is left. Whoever comes while another does leaves it to them; so they
 * look once more whether something came in before they were done.
 */
async function serve(notifying: Notifying, channel: DueChannel, part: Part): Promise<boolean> {
  const { store, clock } = notifying;
  const lease = `notices ${channel.id}`;
  for (let present: DueChannel | undefined = channel; present !== undefined;) {
    const holder = crypto.randomUUID();
    if (!(await takeLease(store, lease, { holder, now: clock(), forMs: LEASE_MS }))) return true;
    try {
      if (!(await drain(notifying, present, part))) return false;
    } finally {
      await dropLease(store, lease, holder);
    }
    [present] = await dueChannels(store, secondOf(clock), channel.id);
  }
  return true;
}

/** Sends while the channel takes it, within its rate; false where something is left. */
async function drain(notifying: Notifying, channel: DueChannel, part: Part): Promise<boolean> {
  const { store, clock, pause } = notifying;
  let { failures } = channel;
  for (;;) {
    const due = await nextMessage(store, channel.id, secondOf(clock));
    if (due === undefined) return true;
    if (part.left() <= 0) return false;
    const wait = await takeTurn(store, channel.id, CHANNELS[channel.kind].pace, clock());
    if (wait > part.left()) return false;
    if (wait > 0) {
      await pause(wait);
      continue;
    }
    part.sent();
    const failure = await tell(notifying, { ...channel, failures }, due);
    if (failure !== undefined && failure.kind !== 'refused') return true;
    failures = failure === undefined ? 0 : failures + 1;
  }
}

/** Sends one message and writes down what came of it. */
async function tell(
  notifying: Notifying,
  channel: DueChannel,
  due: DueMessage,
): Promise<Failure | undefined> {
  const { store, origin, clock, random } = notifying;
  const { alert, zone } = due;
  const ids = due.notices.map(({ id }) => id);
  const message = messageOf(noticeOf(due), { language: channel.language, zone, origin });
  const failure = await sendTo(notifying, channel, message);
  const now = secondOf(clock);
  if (failure === undefined) {
    await settleSent(store, channel.id, { ids, count: alert.count, now });
    return undefined;
  }
  const attempts = Math.max(...due.notices.map((notice) => notice.attempts));
  const setback = setbackOf({ failure, failures: channel.failures, attempts, now, random: random() });
  await settleFailed(store, channel.id, ids, setback);
  return failure;
}

/**
 * One message for all that waits. It has the name of the newest: the same as long as nothing comes to it, and another
 * when something did, so that whoever knows the former does not take it for a repeat.
 */
function noticeOf({ notices, alert, events, before }: DueMessage): Notice {
  const isNew = notices.some(({ kind }) => kind === 'opened');
  return {
    id: `notice-${Math.max(...notices.map(({ id }) => id))}`,
    told: isNew ? 'opened' : alert.recovered === undefined ? 'summary' : 'recovered',
    alert,
    events,
    ...(before === undefined ? {} : { before }),
  };
}

/** Sends a message to a channel; gives what went wrong. */
export async function sendTo(
  { secrets, network, clock }: Pick<Notifying, 'secrets' | 'network' | 'clock'>,
  channel: StoredChannel,
  message: Message,
): Promise<Failure | undefined> {
  const address = await openAddress(secrets, channel);
  if (address === undefined) return UNSEALED;
  return await sendMessage({ kind: channel.kind, address }, message, network, clock());
}

/** The root secret is another one than when the address was given. */
const UNSEALED: Failure = {
  kind: 'forbidden',
  text: 'the address of the channel cannot be read any more: give it again',
};

function secondOf(clock: () => number): number {
  return Math.floor(clock() / 1000);
}
