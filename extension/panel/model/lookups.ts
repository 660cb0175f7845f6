/** Small questions beside the list: values that may be meant, and how much a wider search would find. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { FromBackground, FromPanel, KnownValue, ListQuestion } from '../../protocol/panel.ts';
import { keyToLookUp, tokenOf } from './complete.ts';

/** Null until it is counted, or where it cannot be. */
export type Count = { events: number; complete: boolean } | null;

export interface Lookups {
  /** Values for what is being typed. */
  values: ReadonlySignal<readonly KnownValue[]>;
  /** By the text of the query. */
  counts: ReadonlySignal<ReadonlyMap<string, Count>>;
  /** Looks up values for a draft of the filter. */
  lookUp: (draft: string) => void;
  /** Counts what a question would find, once. */
  count: (question: ListQuestion) => void;
  hear: (message: Extract<FromBackground, { kind: 'values' | 'count' }>) => void;
  /** What was counted is of another list now. */
  forgetCounts: () => void;
}

export function createLookups(send: (message: FromPanel) => void): Lookups {
  const values = signal<readonly KnownValue[]>([]);
  const counts = signal<ReadonlyMap<string, Count>>(new Map());
  const counting = new Map<number, string>();
  let counted = 0;
  let lookedUp = { request: 0, what: '' };

  return {
    values,
    counts,
    lookUp(draft) {
      const token = tokenOf(draft);
      const key = keyToLookUp(token);
      const what = `${key}:${token.typed}`;
      if (what === lookedUp.what) return;
      lookedUp = { request: lookedUp.request + 1, what };
      values.value = [];
      if (key !== undefined) send({ kind: 'values', request: lookedUp.request, key, typed: token.typed });
    },
    count(question) {
      if (counts.peek().has(question.q)) return;
      counts.value = new Map([...counts.peek(), [question.q, null]]);
      counted += 1;
      counting.set(counted, question.q);
      send({ kind: 'count', request: counted, question });
    },
    hear(message) {
      if (message.kind === 'values') {
        if (message.request === lookedUp.request) values.value = message.values;
        return;
      }
      const q = counting.get(message.request);
      counting.delete(message.request);
      if (q !== undefined) counts.value = new Map([...counts.peek(), [q, message.count]]);
    },
    forgetCounts() {
      counting.clear();
      counts.value = new Map();
    },
  };
}
