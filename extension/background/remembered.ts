import type { Area } from './store.ts';

/**
 * Storage of which each value is read once, and again when it was changed: every answer to a panel looks at the
 * connection, and asking the browser's own process for it takes longer than much of the rest. `listen` is called with
 * what is to hear the keys of every change.
 */
export function remembered(area: Area, listen: (changed: (keys: readonly string[]) => void) => void): Area {
  const known = new Map<string, Promise<Record<string, unknown>>>();
  const forget = (keys: readonly string[]): void => {
    for (const key of keys) known.delete(key);
  };
  listen(forget);

  /** One's own changes are heard of later than they are done. */
  const change = async (keys: readonly string[], work: Promise<void>): Promise<void> => {
    forget(keys);
    try {
      await work;
    } finally {
      forget(keys);
    }
  };
  const read = (key: string): Promise<Record<string, unknown>> => {
    const reading = area.get(key);
    known.set(key, reading);
    reading.catch(() => forget([key]));
    return reading;
  };
  return {
    get: (key) => known.get(key) ?? read(key),
    set: (items) => change(Object.keys(items), area.set(items)),
    remove: (key) => change([key], area.remove(key)),
  };
}
