/** The one event that is read whole. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { AuditEvent, Json } from '../../../shared/event/event.ts';
import { isList, isObject, parseJson } from '../../../shared/event/json.ts';
import type { DetailsOutcome, FromPanel } from '../../protocol/panel.ts';

export type Reading =
  | { kind: 'loading'; id: string }
  | { kind: 'event'; id: string; event: AuditEvent }
  | { kind: 'failed'; id: string; outcome: Exclude<DetailsOutcome, { kind: 'event' }> };

export interface Details {
  /** Null while the list is read. */
  reading: ReadonlySignal<Reading | null>;
  open: (id: string) => void;
  /** Asks again, where asking failed or was lost. */
  askAgain: () => void;
  close: () => void;
  hear: (id: string, outcome: DetailsOutcome) => void;
}

export function createDetails(send: (message: FromPanel) => void): Details {
  const reading = signal<Reading | null>(null);
  const open = (id: string): void => {
    reading.value = { kind: 'loading', id };
    send({ kind: 'details', id });
  };
  return {
    reading,
    open,
    askAgain() {
      const now = reading.peek();
      if (now && now.kind !== 'event') open(now.id);
    },
    close() {
      reading.value = null;
    },
    hear(id, outcome) {
      if (reading.peek()?.id !== id) return;
      if (outcome.kind !== 'event') {
        reading.value = { kind: 'failed', id, outcome };
        return;
      }
      const event = readEvent(outcome.event);
      reading.value = event
        ? { kind: 'event', id, event }
        : { kind: 'failed', id, outcome: { kind: 'problem', problem: { kind: 'foreign' } } };
    },
  };
}

function readEvent(json: string): AuditEvent | undefined {
  const parsed = parseJson(json);
  return parsed.ok && isEvent(parsed.value) ? parsed.value : undefined;
}

/** The contract says so; this much is looked at, because a page is drawn from it. */
function isEvent(value: Json): value is AuditEvent & { [key: string]: Json } {
  return (
    isObject(value) &&
    [value['id'], value['time'], value['event'], value['product'], value['ip']].every(
      (one) => typeof one === 'string',
    ) &&
    isObject(value['operator']) &&
    [value['resources'], value['is'], value['sources'], value['tags']].every(isList)
  );
}
