import { expect, test } from 'vitest';
import { createList } from '../../../extension/panel/model/list.ts';
import { topOfRow } from '../../../extension/panel/model/layout.ts';
import type { FromPanel, ListMessage, ListRow } from '../../../extension/protocol/panel.ts';

const QUESTION = { q: 'from:7d', tz: 'Asia/Shanghai', by: null, about: [] };

function row(id: string): ListRow {
  return {
    id,
    time: 0,
    operator: { type: 'user', id: '1', name: 'lin.wei' },
    event: 'RunInstances',
    product: 'cvm',
    action: 'write',
    via: 'console',
    region: '',
    resources: { count: 0 },
    outcome: 'ok',
    is: [],
    ip: '',
    network: 'inside',
  };
}

/** A list of so many rows in one day, whose ids count down to `r0`, the oldest: what is new gets a new id. */
function message(count: number, change: Partial<ListMessage> = {}, from = 0, size = 200): ListMessage {
  const rows = Array.from({ length: Math.min(size, count - from) }, (_, i) =>
    row(`r${count - 1 - from - i}`),
  );
  return {
    kind: 'list',
    generation: 1,
    revision: 1,
    count,
    complete: true,
    days: [{ date: '2026-11-20', rows: count }],
    window: { from, rows },
    kept: {},
    server: { kind: 'idle' },
    ...change,
  };
}

function open() {
  const said: FromPanel[] = [];
  const list = createList((one) => said.push(one));
  list.resize({ row: 50, day: 30 });
  list.ask(QUESTION, 'nothing');
  list.look(0, 500);
  return { list, said };
}

test('asks for a list with its first rows', () => {
  const { said } = open();
  expect(said).toEqual([
    { kind: 'list', generation: 1, question: QUESTION, window: { from: 0, to: 60, keep: [] } },
  ]);
});

test('answers to a former list, and older states of this one, are worth nothing', () => {
  const { list } = open();
  list.hear(message(5, { revision: 2 }));
  list.hear(message(9, { revision: 1 }));
  list.hear(message(7, { generation: 0 }));
  expect(list.message.value?.count).toBe(5);
});

test('draws what is in sight, and asks for more before it comes to an end', () => {
  const { list, said } = open();
  list.hear(message(1000, {}, 0, 120));
  expect(said).toHaveLength(1);
  expect(list.sight.value).toEqual({ first: 0, last: 15 });
  list.look(30 + 50 * 90, 500);
  expect(said.at(-1)).toEqual({
    kind: 'window',
    generation: 1,
    window: { from: 24, to: 167, keep: ['r909'] },
  });
  list.look(30 + 50 * 92, 500);
  expect(said).toHaveLength(2);
});

test('asks beyond the end of a list that goes on, and not of one that is complete', () => {
  for (const complete of [true, false]) {
    const { list, said } = open();
    list.hear(message(60, { complete }, 0, 60));
    list.look(30 + 50 * 45, 500);
    expect(said.length > 1).toBe(!complete);
  }
});

test('a list that is flung asks for nothing, and for what is in sight once it rests', () => {
  const { list, said } = open();
  list.hear(message(1000));
  for (const at of [200, 400, 600]) list.look(30 + 50 * at, 500, true);
  expect([list.isFlung.value, said.length]).toEqual([true, 1]);
  list.look(30 + 50 * 600, 500);
  expect(list.isFlung.value).toBe(false);
  expect(said.at(-1)).toMatchObject({ kind: 'window', window: { from: 536, to: 675 } });
});

test('an answer without other rows leaves those that are here as they are', () => {
  const { list } = open();
  list.hear(message(1000, { server: { kind: 'asking' } }));
  const { value } = list.rows;
  list.hear(message(1000));
  expect(list.rows.value).toBe(value);
});

test('rows that come in above do not move what is read', () => {
  const { list } = open();
  list.hear(message(1000));
  list.look(30 + 50 * 40, 500);
  list.takeShift();
  list.hear(
    message(1003, {
      revision: 2,
      days: [
        { date: '2026-11-21', rows: 2 },
        { date: '2026-11-20', rows: 1001 },
      ],
    }),
  );
  // Three rows and the bar of a new day.
  expect(list.takeShift()).toBe(3 * 50 + 30);
  expect(list.takeShift()).toBe(0);
});

test('at the top new rows show, but not under the pointer or the focus', () => {
  const { list } = open();
  list.hear(message(1000));
  list.takeShift();
  list.hear(message(1001, { revision: 2 }));
  expect(list.takeShift()).toBe(0);
  list.hold(true);
  list.hear(message(1002, { revision: 3 }));
  expect(list.takeShift()).toBe(50);
});

test('the current row stays the same event, wherever it moves', () => {
  const { list } = open();
  list.hear(message(1000));
  list.select(5);
  list.hear(message(1002, { revision: 2 }));
  expect(list.current.value).toEqual({ index: 7, id: 'r994' });
});

test('a current row that is gone leaves its place to the next', () => {
  const { list } = open();
  list.hear(message(3));
  list.select(2);
  list.hear(message(2, { revision: 2, window: { from: 0, rows: [row('r2'), row('r1')] } }));
  expect(list.current.value?.index).toBe(1);
});

test('another zone keeps the place, another question does not', () => {
  const { list } = open();
  list.hear(message(1000));
  list.look(30 + 50 * 40, 500);
  list.takeShift();
  list.ask({ ...QUESTION, tz: 'UTC' }, 'place');
  const before = topOfRow(list.layout.value, 40);
  const days = [
    { date: '2026-11-20', rows: 10 },
    { date: '2026-11-19', rows: 990 },
  ];
  list.hear(message(1000, { generation: 2, days }));
  expect(list.takeShift()).toBe(topOfRow(list.layout.value, 40) - before);
  list.ask({ ...QUESTION, q: '' }, 'rows');
  expect(list.isBehind.value).toBe(true);
  list.hear(message(10, { generation: 3 }));
  expect([list.isBehind.value, list.takeShift()]).toEqual([false, -Infinity]);
});

test('a background that was stopped is asked the same again', () => {
  const { list, said } = open();
  list.hear(message(1000));
  list.select(3);
  list.askAgain();
  expect(said.at(-1)).toEqual({
    kind: 'list',
    generation: 1,
    question: QUESTION,
    window: { from: 0, to: 60, keep: ['r999', 'r996'] },
  });
});

test('what is wrong with a question is told until the next one', () => {
  const { list } = open();
  list.hearProblem(1, { at: 0, length: 1, message: 'to must be later than from', fault: { kind: 'range' } });
  expect([list.problem.value?.message, list.isBehind.value]).toEqual(['to must be later than from', false]);
  list.ask(QUESTION, 'rows');
  expect(list.problem.value).toBeNull();
});
