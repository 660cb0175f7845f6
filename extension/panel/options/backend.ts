/** What the options page needs of the browser. The page itself knows no browser API. */
import type { Credentials, Outcome, Saved } from '../../protocol/connection.ts';
import type { CacheSize } from '../../protocol/messages.ts';
import type { Preferences } from '../../protocol/preferences.ts';

/** A call that rejects is a bug; what can be expected to fail is a value. */
export interface Backend {
  saved(): Promise<Saved | null>;
  check(): Promise<Outcome>;
  /** Asks the user for a permission. To be called first thing in a click, or the browser refuses to ask. */
  allow(pattern: string): Promise<boolean>;
  connect(credentials: Credentials): Promise<Outcome>;
  signOut(): Promise<null>;
  /** Where the cache is being filled, answered when that is over. */
  cache(): Promise<CacheSize | null>;
  preferences(): Promise<Preferences>;
  setPreferences(preferences: Preferences): Promise<null>;
}
