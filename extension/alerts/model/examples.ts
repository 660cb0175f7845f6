/** The events that alerts name, beside the newest of each, asked for one alert at a time as somebody wants them. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { EventSummary } from '../../../shared/event/event.ts';
import type { FromAlertsPage } from '../../protocol/alerts.ts';

export type Example =
  | { kind: 'asking' }
  | { kind: 'failed' }
  /** Newest first, as far as they are still kept. */
  | { kind: 'read'; events: readonly EventSummary[] };

export interface Examples {
  /** By id of the alert. */
  of: ReadonlySignal<ReadonlyMap<string, Example>>;
  ask: (alert: string) => void;
  /** Asks again what was not answered. */
  askAgain: () => void;
  hear: (alert: string, events: readonly EventSummary[] | null) => void;
  forget: () => void;
}

export function createExamples(send: (message: FromAlertsPage) => void): Examples {
  const of = signal<ReadonlyMap<string, Example>>(new Map());
  const set = (id: string, example: Example): void => {
    of.value = new Map([...of.peek(), [id, example]]);
  };
  const ask = (id: string): void => {
    set(id, { kind: 'asking' });
    send({ kind: 'examples', id });
  };
  return {
    of,
    ask,
    askAgain() {
      for (const [id, { kind }] of of.peek()) if (kind === 'asking') ask(id);
    },
    hear(id, events) {
      if (of.peek().has(id)) set(id, events ? { kind: 'read', events } : { kind: 'failed' });
    },
    forget() {
      of.value = new Map();
    },
  };
}
