import { afterEach, expect, test } from 'vitest';
import {
  HOUR,
  backfilled,
  recordAt,
  sourceRow,
  startFollowing,
  storedRequests,
  type Following,
} from '../support/followed.ts';

let following: Following;

afterEach(async () => {
  await following?.close();
});

test.each([
  ['of the very second of the mark is not late', 0, 0],
  ['of the second before it is', -1, 1],
])('an event %s', async (_, seconds, late) => {
  following = await startFollowing({ retention: 3 });
  const { worker, cloud } = following;
  await following.minutes(1);
  await backfilled(following);
  await following.minutes(80, 8);
  const settled = Number((await sourceRow(worker))['settled_to']);
  const time = (settled + seconds) * 1000;
  // Within the hour, but after that second was read again, or just before it is.
  cloud.add(recordAt(time, 1), { indexedAt: time + HOUR - 1_000 });
  await following.minutes(24, 8);
  if (late > 0) await following.minutes(26 * 60, 390);
  expect(await storedRequests(worker)).toHaveLength(1);
  const { results } = await worker.db.prepare('SELECT accepted, late FROM arrival').all();
  expect(results).toEqual([{ accepted: 1, late }]);
});
