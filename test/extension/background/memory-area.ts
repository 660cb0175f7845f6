import type { Area } from '../../../extension/background/store.ts';

/** Storage that outlives what uses it. Like the browser's, it takes a moment, and keeps copies. */
export function memoryArea(): Area & { items: Map<string, unknown> } {
  const items = new Map<string, unknown>();
  return {
    items,
    get: async (key) => (items.has(key) ? { [key]: structuredClone(items.get(key)) } : {}),
    async set(added) {
      for (const [key, value] of Object.entries(added)) items.set(key, structuredClone(value));
    },
    async remove(key) {
      items.delete(key);
    },
  };
}
