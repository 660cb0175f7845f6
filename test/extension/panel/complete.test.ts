import { expect, test } from 'vitest';
import { keyToLookUp, suggest, tokenOf } from '../../../extension/panel/model/complete.ts';
import { parseQuery } from '../../../shared/query/parse.ts';

const drafts = (draft: string, known = [] as { value: string }[]): string[] =>
  suggest(draft, known).map((one) => one.draft);

test.for([
  ['oper', ['operator:', 'oper']],
  ['product:cvm out', ['product:cvm outcome:', 'product:cvm network:outside', 'product:cvm out']],
  ['den', ['outcome:denied', 'den']],
  ['-den', ['-outcome:denied', '-den']],
  ['outcome:', ['outcome:ok', 'outcome:failed', 'outcome:denied']],
  ['-outcome:ok,f', ['-outcome:ok,failed']],
  ['OUTCOME:D', ['OUTCOME:denied']],
  ['from:3', ['from:30d']],
  ['nosuchkey:x', []],
  ['', []],
] as const)('"%s" may become %j', ([draft, expected]) => {
  expect(drafts(draft)).toEqual(expected);
});

test('values that are known come with it, written so that they can be read', () => {
  const known = [{ value: 'lin.wei' }, { value: 'a "b", c*' }];
  const written = drafts('product:cvm operator:l', known);
  expect(written).toEqual(['product:cvm operator:lin.wei', 'product:cvm operator:"a \\"b\\", c\\*"']);
  for (const text of written) expect(parseQuery(text).ok).toBe(true);
});

test.for([
  ['lin', 'operator'],
  ['l', undefined],
  ['event:Run', 'event'],
  ['-resource:ins', 'resource'],
  ['outcome:d', undefined],
  ['from:7', undefined],
] as const)('for "%s" values of %s are looked up', ([draft, key]) => {
  expect(keyToLookUp(tokenOf(draft))).toBe(key);
});
