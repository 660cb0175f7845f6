/**
 * Round trips that several share who work side by side: a trip costs more than most of what is done in one.
 */
import type { Store } from './meter.ts';

type Results = D1Result[];

interface Asked {
  statements: D1PreparedStatement[];
  resolve: (results: Results) => void;
  reject: (reason: unknown) => void;
}

/**
 * The same store for those: what they ask while a trip is under way goes along in the next one, each one's statements
 * one after another. Where it fails each is asked alone, so that nobody fails for another.
 */
export function together(store: Store): Store {
  let waiting: Asked[] = [];
  let isUnderWay = false;
  const go = async (): Promise<void> => {
    isUnderWay = true;
    // Who asks at the same moment goes along.
    await Promise.resolve();
    while (waiting.length > 0) {
      const asked = waiting;
      waiting = [];
      await ask(store, asked);
    }
    isUnderWay = false;
  };
  return {
    ...store,
    batch: (statements) =>
      new Promise((resolve, reject) => {
        waiting.push({ statements, resolve, reject });
        if (!isUnderWay) void go();
      }),
  };
}

/** Never rejects: who asked is told. */
async function ask(store: Store, asked: readonly Asked[]): Promise<void> {
  try {
    const results = await store.batch(asked.flatMap(({ statements }) => statements));
    for (const { statements, resolve } of asked) resolve(results.splice(0, statements.length));
  } catch (error) {
    const [only, ...others] = asked;
    if (others.length === 0) only?.reject(error);
    else await Promise.all(asked.map((one) => ask(store, [one])));
  }
}
