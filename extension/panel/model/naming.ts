/** How the resource that a page is about is called, where the page itself does not say. */
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { ListRow } from '../../protocol/panel.ts';

interface Naming {
  id: string;
  name: string;
  /** Unix seconds of the event that has the name. */
  time: number;
}

/** The name that the newest of all rows seen has for an id; it stays while the reader is among older ones. */
export function nameOf(
  id: ReadonlySignal<string | undefined>,
  rows: ReadonlySignal<ReadonlyMap<number, ListRow>>,
): ReadonlySignal<string | undefined> {
  const known = signal<Naming>();
  effect(() => {
    for (const { resources, time } of rows.value.values()) {
      const { first } = resources;
      if (!first?.name || first.id !== id.value || first.name === first.id) continue;
      const before = known.peek();
      if (before?.id !== first.id || before.time < time)
        known.value = { id: first.id, name: first.name, time };
    }
  });
  return computed(() => (known.value?.id === id.value ? known.value?.name : undefined));
}
