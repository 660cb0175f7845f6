import { expect, test } from 'vitest';
import { printQuery } from '../../../shared/query/print.ts';
import { createFilter } from '../../../extension/panel/model/filter.ts';

function typed(...texts: string[]) {
  const filter = createFilter([]);
  for (const text of texts) filter.type(text);
  return filter;
}

function asked(filter: ReturnType<typeof createFilter>): string {
  return printQuery({ terms: filter.terms.value });
}

test('what is typed counts at once, as far as it can be read', () => {
  expect(asked(typed('product:cvm'))).toBe('product:cvm');
  expect(asked(typed('product:'))).toBe('');
});

test('a space behind a whole term makes it a chip', () => {
  const filter = typed('product:cvm ');
  expect([filter.chips.value.length, filter.draft.value]).toEqual([1, '']);
  expect(typed('"security ').chips.value).toEqual([]);
});

test('a mistake shows once more is typed behind it, or when it is to be a chip', () => {
  expect(typed('outc').problem.value).toBeUndefined();
  expect(typed('outcome:den').problem.value).toBeUndefined();
  expect(typed('outcom:denied').problem.value).toMatchObject({ at: 0, length: 6, suggestion: 'outcome' });
  const filter = typed('outcome:den');
  expect(filter.commit()).toBe(false);
  expect(filter.problem.value?.suggestion).toBe('denied');
});

test('a suggestion takes the place of the mistake', () => {
  const filter = typed('outcom:denied');
  filter.correct();
  expect([filter.draft.value, filter.problem.value]).toEqual(['outcome:denied', undefined]);
});

test('the last chip goes back into the field, others are taken away', () => {
  const filter = typed('product:cvm ', '-event:Renew* ', 'web ');
  filter.remove(0);
  filter.reopen();
  expect([filter.draft.value, asked(filter)]).toEqual(['web', '-event:Renew* web']);
});

test('a time takes the place of one that is there', () => {
  const filter = typed('from:7d ', 'from:30d ');
  expect(asked(filter)).toBe('from:30d');
});
