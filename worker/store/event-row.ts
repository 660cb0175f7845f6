/** A row of the event table ⇄ the event it holds. */
import type { EventSummary } from '../../shared/event/event.ts';
import { hexToId, idToHex } from '../../shared/event/identity.ts';
import { packBody, unpackBody, type StoredRecord } from './body.ts';
import { int, text, type Row } from './meter.ts';
import { secondOf, secondOfRow } from './rowid.ts';
import { tokensOf } from './index-tokens.ts';

export interface StoredEvent {
  rowId: number;
  summary: EventSummary;
  record: StoredRecord;
}

/** An event on its way into the store. */
export interface NewEvent {
  summary: EventSummary;
  record: StoredRecord;
}

/** The stored event of a row with the columns `id`, `eid`, `seq` and `body` (BLOBs as hex). */
export function readEvent(row: Row): StoredEvent {
  const rowId = int(row, 'id');
  const part = { id: hexToId(text(row, 'eid')), seq: int(row, 'seq'), second: secondOfRow(rowId) };
  return { rowId, ...unpackBody(text(row, 'body'), part) };
}

/** What one event binds in a statement of write.ts, by place. */
export type BoundEvent = [
  eid: string,
  second: number,
  names: string,
  facts: string,
  body: string,
  account: string,
  seq: number,
  moved: number,
  conflict: number,
  address: string,
];

/** How a stored event came to change; for a new one `seq` is 0. */
export interface Change {
  /** The `seq` it was read at. */
  seq: number;
  /** Whether its operator or person changed: who could see it may no longer. */
  moved: boolean;
  /** Whether this arrival made it a conflict. */
  conflict: boolean;
}

export function bindEvent({ summary, record }: NewEvent, change: Change): BoundEvent {
  const eid = idToHex(summary.id);
  if (eid === undefined) throw new Error('an event to store has no id');
  const { names, facts, address } = tokensOf(summary);
  return [
    eid,
    secondOf(summary.time),
    names,
    facts,
    packBody(summary, record),
    summary.account,
    change.seq,
    Number(change.moved),
    Number(change.conflict),
    address,
  ];
}
