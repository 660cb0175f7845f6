/** The messages that the extension's pages send to the background, and what each is answered with. */
import type { Credentials, Outcome, Saved } from './connection.ts';
import type { Preferences } from './preferences.ts';

/** The copy of the events that this browser has: how many there are, and since when (unix s) it is whole. */
export interface CacheSize {
  events: number;
  from: number;
}

export interface Messages {
  /** The connection that is kept, without a look at the network. */
  saved: { request: null; reply: Saved | null };
  /** Tries an address and a token, and keeps them if they work. */
  connect: { request: Credentials; reply: Outcome };
  /** Asks the Worker again with what is kept. */
  check: { request: null; reply: Outcome };
  /** Forgets the token and gives the permission back. */
  signOut: { request: null; reply: null };
  /** Null where nothing is kept that may be shown. Where it is being filled, answered when that is over. */
  cache: { request: null; reply: CacheSize | null };
  preferences: { request: null; reply: Preferences };
  setPreferences: { request: Preferences; reply: null };
}

export type MessageName = keyof Messages;

export interface Message<M extends MessageName = MessageName> {
  name: M;
  request: Messages[M]['request'];
}

/** `ok: false` is a bug in the background: its own words stay in its console. */
export type Reply<M extends MessageName = MessageName> =
  | { ok: true; value: Messages[M]['reply'] }
  | { ok: false };
