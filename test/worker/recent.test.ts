import { expect, test } from 'vitest';
import type { StoredEvent } from '../../worker/store/event-row.ts';
import { createRecent } from '../../worker/store/recent.ts';
import { itemOf } from '../support/parcel.ts';
import { record } from '../support/record.ts';

function eventOf(rowId: number, seq: number, characters = 10): StoredEvent {
  const { summary } = itemOf(record());
  return { rowId, summary: { ...summary, seq }, record: { kind: 'inline', text: 'x'.repeat(characters) } };
}

test('an event is found as it was at its number, and no other', () => {
  const recent = createRecent();
  const event = eventOf(1, 7);
  recent.keep(event);
  expect(recent.find(1, 7)).toBe(event);
  expect(recent.find(1, 8)).toBeUndefined();
  expect(recent.find(2, 7)).toBeUndefined();
  recent.keep(eventOf(1, 8));
  expect(recent.find(1, 7)).toBeUndefined();
});

test('only so many events and characters are kept, the latest', () => {
  const recent = createRecent({ events: 3, characters: 100 });
  const kept = (): number[] => [1, 2, 3, 4, 5].filter((rowId) => recent.find(rowId, 1) !== undefined);
  for (const rowId of [1, 2, 3, 4]) recent.keep(eventOf(rowId, 1));
  expect(kept()).toEqual([2, 3, 4]);
  recent.keep(eventOf(5, 1, 85));
  expect(kept()).toEqual([4, 5]);
  recent.keep(eventOf(1, 1, 1000));
  expect(kept()).toEqual([]);
  for (const rowId of [2, 2, 2, 3]) recent.keep(eventOf(rowId, 1, 50));
  expect(kept()).toEqual([2, 3]);
});
