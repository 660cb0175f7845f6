/** The copy of the events in memory, and its cache behind it: read once, written at every step. */
import type { Copy, KeptDay, PartKey } from '../cache/copy.ts';
import type { Cache } from '../cache/database.ts';
import { EMPTY_SHELF, type Shelf, shelfOf } from '../cache/shelf.ts';

export interface Held {
  copy: Copy | undefined;
  shelf: Shelf;
}

/** A step of the copy; what is left out stays as it is. */
export interface Step {
  copy: Copy;
  shelf?: Shelf;
  written?: readonly KeptDay[];
  removed?: readonly PartKey[];
}

export interface Keeper {
  held: () => Promise<Held>;
  /** Grows when everything is forgotten: a step that began before then is not taken. */
  epoch: () => number;
  /** Keeps a step, then shows it. False where everything was forgotten since `epoch`. */
  step: (epoch: number, step: Step) => Promise<boolean>;
  /** Gives the epoch that begins with it. */
  forget: () => Promise<number>;
  details: Pick<Cache, 'details' | 'keepDetails'>;
}

/** `changed` is told after each step. The cache is opened when it is first needed. */
export function createKeeper(open: () => Promise<Cache>, changed: () => void): Keeper {
  let opened: Promise<Cache> | undefined;
  let loaded: Promise<Held> | undefined;
  let epoch = 0;
  const cache = (): Promise<Cache> => (opened ??= open());
  const load = async (): Promise<Held> => {
    const { copy, days } = await (await cache()).load();
    return { copy, shelf: shelfOf(days) };
  };
  const held = (): Promise<Held> => (loaded ??= load());

  return {
    held,
    epoch: () => epoch,

    async step(began, { copy, shelf, written = [], removed = [] }) {
      const before = await held();
      if (began !== epoch) return false;
      await (await cache()).save({ copy, written, removed });
      if (began !== epoch) {
        // Forgotten while this was being written.
        await (await cache()).clear();
        return false;
      }
      loaded = Promise.resolve({ copy, shelf: shelf ?? before.shelf });
      changed();
      return true;
    },

    async forget() {
      const begun = (epoch += 1);
      loaded = Promise.resolve({ copy: undefined, shelf: EMPTY_SHELF });
      await (await cache()).clear();
      changed();
      return begun;
    },

    details: {
      details: async (id) => await (await cache()).details(id),
      keepDetails: async (id, text, now) => await (await cache()).keepDetails(id, text, now),
    },
  };
}
