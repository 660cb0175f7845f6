import { expect, test } from 'vitest';
import { recordsOf } from '../support/cloud/records.ts';

test('the demo company’s records come about as many as asked, some late and some twice', () => {
  const to = 1_795_000_000;
  const from = to - 10 * 86_400;
  const arrivals = [...recordsOf(3, 2000, from, to, { accounts: ['100010001000', '100020002000'] })];
  const first = arrivals.filter(({ comes }) => comes !== 'again');
  expect(first.length).toBeGreaterThan(1960);
  expect(first.length).toBeLessThan(2040);
  expect(new Set(arrivals.map(({ account }) => account)).size).toBe(2);
  expect(new Set(arrivals.map(({ comes }) => comes))).toEqual(new Set(['soon', 'late', 'beyond', 'again']));
  for (const { eventTime, indexedAt, text: json, requestId, account } of arrivals) {
    expect(indexedAt).toBeGreaterThan(eventTime * 1000);
    expect(JSON.parse(json)).toMatchObject({ requestID: requestId, userIdentity: { accountId: account } });
  }
  expect([...recordsOf(3, 2000, from, to, { accounts: ['100010001000', '100020002000'] })]).toEqual(arrivals);
});
