/** The copy, as far as it may be shown to who is connected now. */
import type { CacheSize } from '../protocol/messages.ts';
import type { Held, Keeper } from './keeper.ts';
import type { Store } from './store.ts';
import { shownTo } from './sync/run.ts';

export interface ShownPorts {
  store: Pick<Store, 'connection'>;
  keeper: Pick<Keeper, 'held'>;
  /** SHA-256 of a text, hex. */
  digest: (text: string) => Promise<string>;
  /** ms since 1970. */
  now: () => number;
}

/** What may be shown; undefined where that is nothing. */
export async function readShown({ store, keeper, digest, now }: ShownPorts): Promise<Held | undefined> {
  const connection = await store.connection();
  if (connection === undefined) return undefined;
  return shownTo(await keeper.held(), connection, await digest(connection.token), now());
}

/** How much of it there is; null where nothing is kept that may be shown. */
export async function readCacheSize(ports: ShownPorts): Promise<CacheSize | null> {
  const { copy, shelf } = (await readShown(ports)) ?? {};
  return copy?.from == null || shelf === undefined ? null : { events: shelf.rows, from: copy.from };
}
