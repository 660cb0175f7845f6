/** Which tabs show a console page: as long as one does, somebody may look at any moment. */
import type { Area } from './store.ts';

export interface ConsoleTabsPorts {
  /** `storage.session`: outlives the background, not the browser. */
  area: Area;
  /** Whether the dock of a tab answers. */
  isThere: (tabId: number) => Promise<boolean>;
}

export interface ConsoleTabs {
  /** The dock of a tab said that it is there. */
  seen(tabId: number): Promise<void>;
  /** Whether one is still there. What does not answer any more is forgotten. */
  isAny(): Promise<boolean>;
}

const KEY = 'console-tabs';

/** Of more tabs the oldest are forgotten: it takes one to know that somebody may look. */
const MAX_TABS = 50;

/**
 * Docks say when a page with one loads. Nothing says reliably when it is gone (closed, left, put to sleep), and the
 * browser would tell addresses of tabs only for a permission more: so they are asked, when it matters.
 */
export function openConsoleTabs({ area, isThere }: ConsoleTabsPorts): ConsoleTabs {
  const recall = async (): Promise<number[]> => {
    const { [KEY]: kept } = await area.get(KEY);
    return Array.isArray(kept) ? kept.filter((each) => typeof each === 'number') : [];
  };
  // One after another, or two tabs that load at once would forget each other.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work);
    last = next.catch(() => {});
    return next;
  };

  return {
    seen: (tabId) =>
      inTurn(async () => {
        const others = (await recall()).filter((each) => each !== tabId);
        await area.set({ [KEY]: [...others, tabId].slice(-MAX_TABS) });
      }),
    isAny: () =>
      inTurn(async () => {
        const tabs = await recall();
        const answers = await Promise.all(tabs.map(isThere));
        const there = tabs.filter((_, index) => answers[index]);
        if (there.length < tabs.length) await area.set({ [KEY]: there });
        return there.length > 0;
      }),
  };
}
