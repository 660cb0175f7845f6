import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { rowOfEvent } from '../../../extension/background/panel/rows.ts';
import { nameOf } from '../../../extension/panel/model/naming.ts';
import type { ListRow } from '../../../extension/protocol/panel.ts';
import { eventOf } from '../../support/panel-harness/events.ts';

const ID = 'ins-7k2m9xqd';

function row(time: number, id: string, name?: string): ListRow {
  const resources = { first: { id, ...(name !== undefined && { name }) }, count: 1 };
  return { ...rowOfEvent(eventOf(0), []), time, resources };
}

function open(...rows: ListRow[]) {
  const id = signal<string | undefined>(ID);
  const shown = signal<ReadonlyMap<number, ListRow>>(new Map(rows.entries()));
  return {
    id,
    name: nameOf(id, shown),
    show: (...next: ListRow[]) => (shown.value = new Map(next.entries())),
  };
}

test('a resource has the name that its newest event gives it', () => {
  const { name } = open(row(9, ID), row(8, 'ins-other', 'other'), row(7, ID, 'new'), row(6, ID, 'old'));
  expect(name.value).toBe('new');
});

test('the name stays among older rows, and goes with a newer one', () => {
  const { name, show } = open(row(7, ID, 'new'));
  show(row(6, ID, 'old'));
  expect(name.value).toBe('new');
  show(row(8, ID, 'newest'));
  expect(name.value).toBe('newest');
});

test('no event names it, or only by its id: it has no name', () => {
  expect(open(row(7, ID), row(6, ID, ''), row(5, ID, ID)).name.value).toBeUndefined();
});

test('another resource does not inherit the name', () => {
  const { id, name } = open(row(7, ID, 'new'), row(6, 'disk-3bq0lw1k', 'data'));
  id.value = 'disk-3bq0lw1k';
  expect(name.value).toBe('data');
  id.value = 'vpc-r1nq0x7t';
  expect(name.value).toBeUndefined();
});
