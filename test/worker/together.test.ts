import { expect, test } from 'vitest';
import { openStore, run, type Store } from '../../worker/store/meter.ts';
import { together } from '../../worker/store/together.ts';

type Batch = Store['batch'];

/** A store whose statements are names; each has a result of its own name. */
function storeOf(batch: Batch): Store {
  const db: unknown = {};
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- no statement is run
  return { ...openStore(db as D1Database), batch };
}

function named(name: string): D1PreparedStatement {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- no statement is run
  return name as unknown as D1PreparedStatement;
}

function resultsOf(statements: readonly unknown[]): D1Result[] {
  const meta = {
    duration: 0,
    size_after: 0,
    rows_read: 1,
    rows_written: 0,
    last_row_id: 0,
    changed_db: false,
  };
  return statements.map((name) => ({ success: true, results: [name], meta: { ...meta, changes: 0 } }));
}

async function namesOf(results: Promise<D1Result[]>): Promise<unknown[]> {
  return (await results).flatMap((result) => result.results);
}

test('who asks at the same time, or while a trip is under way, shares one; each gets its own results', async () => {
  const trips: unknown[][] = [];
  const store = storeOf(async (statements) => {
    trips.push([...statements]);
    return resultsOf(statements);
  });
  const shared = together(store);
  const ask = (...names: string[]): Promise<unknown[]> => namesOf(run(shared, names.map(named)));
  const first = [ask('a1', 'a2'), ask('b1')];
  const later = first[0]?.then(() => ask('c1'));
  expect(await Promise.all([...first, later])).toEqual([['a1', 'a2'], ['b1'], ['c1']]);
  expect(trips).toEqual([['a1', 'a2', 'b1'], ['c1']]);
  expect(await ask('d1')).toEqual(['d1']);
  expect(store.cost.rowsRead).toBe(5);
});

test('where one cannot be done the others are, and only who asked for it is told', async () => {
  const shared = together(
    storeOf(async (statements) => {
      if (statements.map(String).includes('bad')) throw new Error('no such table');
      return resultsOf(statements);
    }),
  );
  const asked = await Promise.allSettled(
    ['a', 'bad', 'c'].map((name) => namesOf(run(shared, [named(name)]))),
  );
  expect(asked).toMatchObject([
    { status: 'fulfilled', value: ['a'] },
    { status: 'rejected', reason: { message: 'no such table' } },
    { status: 'fulfilled', value: ['c'] },
  ]);
});
