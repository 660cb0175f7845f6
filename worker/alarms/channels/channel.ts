/** What a channel is: one for each kind of chat, behind one contract. */
import type { ChannelKind } from '../../../shared/api/channels.ts';
import type { Message } from './message.ts';

/** Where a channel sends to, with its secrets. */
export interface Address {
  url: string;
  secret?: string;
}

/** One request: a POST. */
export interface Outgoing {
  url: string;
  headers: Record<string, string>;
  body: string;
}

export type FailureKind =
  /** It does not take this message; it may take others. */
  | 'refused'
  /** The signature is wrong, or it takes nothing from us. */
  | 'forbidden'
  /** There is no such robot or address any more. */
  | 'gone'
  /** It was called too often. */
  | 'busy'
  /** It failed. */
  | 'server'
  /** No answer: no such name, no connection, too slow. */
  | 'unreachable'
  /** It points to where a Worker may not call. */
  | 'inward';

/** Why a message did not arrive. Of the answer nothing else is kept. */
export interface Failure {
  kind: FailureKind;
  status?: number;
  /** As the chat names it: `45009`, `no_service`. */
  code?: string;
  /** At most 200 printable characters. */
  text: string;
  /** Seconds that it asks to be left alone. */
  after?: number;
}

export interface Answer {
  status: number;
  /** The beginning of its body. */
  body: string;
}

/** How often a channel may be sent to: a burst, and then once in so many ms. */
export interface Pace {
  everyMs: number;
  burst: number;
}

/** One kind of chat. */
export interface Channel {
  pace: Pace;
  /** The request that sends a message, at unix ms `now`. */
  compose: (message: Message, to: Address, now: number) => Promise<Outgoing>;
  /** What an answer with a status of success says: these, too, may mean failure. */
  judge: (answer: Answer) => Verdict;
}

export type Verdict =
  | { ok: true }
  /** `text` is the chat's own. */
  | { ok: false; kind: FailureKind; code?: string; text: string };

export type Channels = Readonly<Record<ChannelKind, Channel>>;
