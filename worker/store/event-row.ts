/** A row of the event table ⇄ the event it holds. */
import type { EventSummary } from '../../shared/event/event.ts';
import { hexToId, idToHex } from '../../shared/event/identity.ts';
import { packBody, unpackBody, type StoredRecord } from './body.ts';
import { int, text, type Row } from './meter.ts';
import { secondOf, secondOfRow } from './rowid.ts';
import { tokensOf } from './index-tokens.ts';
import type { Whose } from './scope.ts';

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

/** What one event binds in the statements of write.ts, by the names they use. */
export interface BoundEvent {
  eid: string;
  second: number;
  names: string;
  facts: string;
  listed: string[];
  address: string;
  body: string;
  account: string;
  /** The `seq` that a stored event was read at; 0 for a new one. */
  seq: number;
  /** 1 where this arrival made it a conflict. */
  conflict: number;
  /** Whose it was before, where that changed: who could see it may no longer. */
  moved: Whose | null;
}

/** How a stored event comes to change. */
export interface Revision {
  /** The `seq` it was read at. */
  seq: number;
  conflict: boolean;
  moved: Whose | null;
}

/** The revision of an event that is not stored yet. */
export function firstRevision({ summary }: NewEvent): Revision {
  return { seq: 0, conflict: summary.is.includes('conflict'), moved: null };
}

export function bindEvent({ summary, record }: NewEvent, revision: Revision): BoundEvent {
  const eid = idToHex(summary.id);
  if (eid === undefined) throw new Error('an event to store has no id');
  return {
    eid,
    second: secondOf(summary.time),
    ...tokensOf(summary),
    body: packBody(summary, record),
    account: summary.account,
    seq: revision.seq,
    conflict: Number(revision.conflict),
    moved: revision.moved,
  };
}
