/** The copy in IndexedDB, and the events that were opened last. The only IndexedDB there is. */
import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Copy, KeptDay, PartKey } from './copy.ts';

interface Schema extends DBSchema {
  days: { key: PartKey; value: KeptDay };
  copy: { key: string; value: Copy };
  /** `text` is the answer of GET /v1/events/{id}. */
  details: { key: string; value: { id: string; text: string; at: number }; indexes: { at: number } };
}

const NAME = 'sidetrail';
const VERSION = 1;
const ONLY = 'copy';

/** Events whose details are kept: those that were opened last, none of them longer than this (UTF-16 units). */
const MAX_DETAILS = 100;
const MAX_TEXT = 300_000;

export interface Step {
  copy: Copy;
  written?: readonly KeptDay[];
  removed?: readonly PartKey[];
}

export interface Cache {
  load: () => Promise<{ copy: Copy | undefined; days: KeptDay[] }>;
  /** All of the step or nothing of it. */
  save: (step: Step) => Promise<void>;
  /** Forgets everything. */
  clear: () => Promise<void>;
  details: (id: string) => Promise<string | undefined>;
  /** `now` is ms since 1970. */
  keepDetails: (id: string, text: string, now: number) => Promise<void>;
  close: () => void;
}

/** Opens the cache. One that cannot be opened holds nothing that the Worker does not: it is made anew. */
export async function openCache(): Promise<Cache> {
  const database = await open().catch(async () => {
    await deleteDB(NAME);
    return await open();
  });
  return {
    async load() {
      const transaction = database.transaction(['copy', 'days']);
      const [copy, days] = await Promise.all([
        transaction.objectStore('copy').get(ONLY),
        transaction.objectStore('days').getAll(),
        transaction.done,
      ]);
      return { copy, days };
    },

    async save({ copy, written = [], removed = [] }) {
      const transaction = database.transaction(['copy', 'days'], 'readwrite');
      const days = transaction.objectStore('days');
      await Promise.all([
        transaction.objectStore('copy').put(copy, ONLY),
        ...written.map((day) => days.put(day)),
        ...removed.map((key) => days.delete(key)),
        transaction.done,
      ]);
    },

    async clear() {
      const transaction = database.transaction(['copy', 'days', 'details'], 'readwrite');
      const stores = (['copy', 'days', 'details'] as const).map((name) =>
        transaction.objectStore(name).clear(),
      );
      await Promise.all([...stores, transaction.done]);
    },

    async details(id) {
      return (await database.get('details', id))?.text;
    },

    async keepDetails(id, text, now) {
      if (text.length > MAX_TEXT) return;
      const transaction = database.transaction('details', 'readwrite');
      await transaction.store.put({ id, text, at: now });
      const over = (await transaction.store.count()) - MAX_DETAILS;
      const oldest = over > 0 ? await transaction.store.index('at').getAllKeys(null, over) : [];
      await Promise.all([...oldest.map((key) => transaction.store.delete(key)), transaction.done]);
    },

    close: () => database.close(),
  };
}

function open(): Promise<IDBPDatabase<Schema>> {
  return openDB<Schema>(NAME, VERSION, {
    upgrade(database) {
      database.createObjectStore('days', { keyPath: ['account', 'day', 'part'] });
      database.createObjectStore('copy');
      database.createObjectStore('details', { keyPath: 'id' }).createIndex('at', 'at');
    },
    // Another version of the extension wants to open it: let it.
    blocking: (_current, _blocked, event) => {
      if (event.target instanceof IDBDatabase) event.target.close();
    },
  });
}
