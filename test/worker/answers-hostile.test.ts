/** Counted answers over records that mislead: names that look like ids, clocks that are ahead. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { by, record, secondsAgo } from '../support/record.ts';
import { pagesOf } from '../support/pages.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const ACCOUNT = '1250000001';
const MEI = '100000000011';
const BO = '100000000012';
const CAI = '100000000013';
const FAILED = { apiErrorCode: 'ResourceNotFound' };

let worker: TestWorker;
let sent = 0;

function deed(ago: number, changes: Record<string, unknown>) {
  sent += 1;
  return record({ requestID: `hostile-${sent}`, eventTime: secondsAgo(ago), ...changes });
}

/** Somebody without an id, who is called what another's id is. */
const POSER = { userIdentity: { type: 'CAMUser', principalId: '', accountId: ACCOUNT, userName: MEI } };

beforeAll(async () => {
  worker = await startWorker();
  const early = [
    deed(500, { ...by(MEI), ...FAILED }),
    deed(400, { ...POSER, ...FAILED }),
    deed(450, { ...by(MEI), sourceIPAddress: '198.51.100.7' }),
    deed(440, { ...POSER, sourceIPAddress: '198.51.100.66' }),
  ];
  const ahead = [
    deed(300, { ...by(BO), resourceName: 'instance/ins-00000001' }),
    deed(-7_200, { ...by(BO), resourceName: 'instance/ins-00000001' }),
    deed(200, { ...by(CAI), resourceName: 'instance/ins-00000002' }),
    deed(190, { ...by(CAI), resourceName: 'instance/ins-00000002' }),
  ];
  await worker.send([...early, ...ahead], { source: 'api' });
  await worker.tick(new Date());
});

afterAll(async () => {
  await worker?.close();
});

async function get(path: string, parameters: Record<string, string> = {}) {
  const reply = await worker.call(`${path}?${new URLSearchParams(parameters)}`);
  expect(reply.status, reply.text).toBe(200);
  return reply.json;
}

const countsOf = (list: { operator: { id: string; name: string }; count: number }[]) =>
  list
    .filter(({ operator }) => operator.id === MEI || operator.name === MEI)
    .map(({ operator, count }) => `${operator.id} ${count}`)
    .toSorted((one, other) => one.localeCompare(other));

test('somebody without an id is not who has that id for a name', async () => {
  expect(countsOf((await get('/v1/problems')).problems)).toEqual([' 1', `${MEI} 1`]);
  expect(countsOf((await get('/v1/access')).access)).toEqual([' 2', `${MEI} 2`]);
  const { by: totals } = await get('/v1/purchases');
  const persons: { id: string; name: string }[] = totals.person;
  expect(persons.filter(({ id, name }) => id === MEI || name === MEI)).toHaveLength(2);
});

test.each([
  ['/v1/resources', 'resources', 'id'],
  ['/v1/operators', 'operators', 'id'],
  ['/v1/facets?by=resource', 'facets', 'value'],
  ['/v1/access', 'access', 'operator'],
])(
  '%s counts what is ahead of the clock on every page, and shows nothing twice',
  async (path, list, name) => {
    const [route = '', search = ''] = path.split('?');
    const more = Object.fromEntries(new URLSearchParams(search));
    const whole = (await get(route, more))[list];
    const found: object[] = [];
    for await (const page of pagesOf((further) => get(route, { ...more, limit: '1', ...further }))) {
      found.push(...page[list]);
    }
    expect(found).toEqual(whole);
    expect(
      new Set(found.map((each) => JSON.stringify(Object.entries(each).find(([key]) => key === name)))).size,
    ).toBe(found.length);
  },
);
