/** The policies about Sidetrail itself, from what goes wrong to the message that tells of it: through the whole Worker. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Alert } from '../../shared/api/alerts.ts';
import { SYSTEM_ALARMS } from '../../shared/catalogue/alarm-policies.ts';
import { openStore } from '../../worker/store/meter.ts';
import { noteTick } from '../../worker/store/ticks.ts';
import { ago, at, tickIn } from '../support/alarms.ts';
import { startCloud } from '../support/cloud/cloud.ts';
import { KEY, variablesOf } from '../support/followed.ts';
import { ROBOT_SECRETS } from '../support/robots.ts';
import { SOON, startTold, type Told } from '../support/told.ts';
import { addTrack, plainTrack } from '../support/tracks.ts';

let cloud: Awaited<ReturnType<typeof startCloud>>;
let told: Told;
beforeAll(async () => {
  cloud = await startCloud({ keys: [{ ...KEY, secretKey: 'anotherSecretKey0000000000000001' }] });
  told = await startTold({ ...variablesOf(KEY, cloud.url), SIDETRAIL_MAX_DATABASE: '1000' });
});
afterAll(async () => {
  await told?.close();
  await cloud?.close();
});

async function system(query = '', token?: string): Promise<Alert[]> {
  const init = token === undefined ? {} : { token };
  const { json } = await told.worker.call(`/v1/alerts?limit=1000&${query}`, init);
  return json.alerts.filter((alert: Alert) => alert.system);
}

async function idsOf(query = ''): Promise<string[]> {
  return (await system(query)).map(({ alarm }) => alarm).toSorted();
}

test('whatever is wrong with Sidetrail is told to admins, a tick that stood still by whatever runs next', async () => {
  const { worker, robots } = told;
  await noteTick(openStore(worker.db), { at: Date.now() - 600_000, failed: 0 });
  // Any request will do.
  await told.add('webhook');
  await expect.poll(() => idsOf('alarm=sys.tick'), SOON).toEqual(['sys.tick']);
  expect(await system('alarm=sys.tick')).toMatchObject([
    {
      subject: 'tick',
      note: { en: expect.stringContaining('10 minutes'), zh: expect.stringContaining('10') },
      state: 'open',
    },
  ]);

  robots.forced.set('slack', { status: 403, body: 'no' });
  const target = { type: 'webhook', url: robots.urls.slack, secret: ROBOT_SECRETS.webhook };
  await addTrack(worker, plainTrack('hook', { target }));
  await worker.send([at(ago(60)), { eventName: 'NothingElse' }]);
  // What the first finds out the second tells.
  for (const seconds of [20, 80]) await tickIn(worker, seconds);
  const every = Object.values(SYSTEM_ALARMS);
  expect(await idsOf()).toEqual(every.map(({ id }) => id).toSorted());
  expect(await idsOf('state=recovered')).toEqual(['sys.tick']);
  const messages = (await told.taken('webhook', every.length)).map(({ json }) => json.data);
  for (const { id, name } of every) {
    const message = messages.find(({ alert }) => alert.alarm === id);
    expect(message?.text).toContain(name.en);
    expect(message?.text).toContain('What is wrong:');
  }

  const { json: member } = await worker.call('/v1/members', {
    method: 'POST',
    json: { name: 'A', role: 'auditor', accounts: '*' },
  });
  const { json } = await worker.call('/v1/tokens', { method: 'POST', json: { member: member.id } });
  expect(await system('', json.token)).toEqual([]);

  // What is switched off is over.
  await worker.call('/v1/alarms/sys.dead-letters', { method: 'PATCH', json: { on: false } });
  await tickIn(worker, 140);
  expect(await idsOf('state=recovered')).toEqual(['sys.dead-letters', 'sys.tick']);
});
