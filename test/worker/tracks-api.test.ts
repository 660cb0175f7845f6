import { afterAll, beforeAll, expect, test } from 'vitest';
import { record, secondsAgo } from '../support/record.ts';
import { addTrack, deliveriesOf, plainTrack } from '../support/tracks.ts';
import { startWorker, type Reply, type TestWorker } from '../support/worker.ts';

const SECRET = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
const R2 = { type: 'r2', prefix: 'p' };

let worker: TestWorker;
let mia: string;
let auditor: string;
beforeAll(async () => {
  worker = await startWorker({ SIDETRAIL_ALLOW_PRIVATE: '127.0.0.1:9' });
  const member = async (json: object): Promise<string> => {
    const { id } = (await worker.call('/v1/members', { method: 'POST', json })).json;
    return (await worker.call('/v1/tokens', { method: 'POST', json: { member: id } })).json.token;
  };
  mia = await member({ name: 'Mia', accounts: '*', operators: [] });
  auditor = await member({ name: 'Al', role: 'auditor', accounts: '*' });
});
afterAll(async () => {
  await worker?.close();
});

function add(json: unknown, token?: string): Promise<Reply> {
  return worker.call('/v1/tracks', { method: 'POST', json, ...(token === undefined ? {} : { token }) });
}

test.each([
  ['a query with a range', { q: 'product:cvm from:7d' }, 400],
  ['a query that cannot be read', { q: 'colour:red' }, 400],
  ['neither query nor filters', {}, 422],
  ['both', { q: '', filters: [{ product: '*', action: '*', events: ['*'] }] }, 422],
  ['no filter', { filters: [] }, 422],
  ['a filter without events', { filters: [{ product: 'cvm', action: '*', events: [] }] }, 422],
  ['an unknown action', { filters: [{ product: 'cvm', action: 'delete', events: ['*'] }] }, 422],
  ['a past that is no past', { q: '', backfill: { from: '2999-01-01T00:00:00Z' } }, 422],
  [
    'a past that ends before it begins',
    { q: '', backfill: { from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' } },
    422,
  ],
  ['an unknown format', { q: '', format: 'xml' }, 422],
  ['an unknown status', { q: '', status: 'off' }, 422],
  ['a hostile id', { q: '', id: '../etc' }, 422],
  ['a prefix that leads upwards', { q: '', target: { type: 'r2', prefix: '../other' } }, 422],
  ['a prefix with a blank part', { q: '', target: { type: 'r2', prefix: 'a//b' } }, 422],
  ['a prefix with a line break', { q: '', target: { type: 'r2', prefix: 'a\nb' } }, 422],
  ['an unknown target', { q: '', target: { type: 'ftp', prefix: 'a' } }, 422],
  [
    'a number for a host',
    { q: '', target: { type: 'webhook', url: 'https://2130706433/', secret: SECRET } },
    422,
  ],
  [
    'a private address',
    { q: '', target: { type: 'webhook', url: 'https://10.0.0.1/', secret: SECRET } },
    422,
  ],
  [
    'an address without TLS',
    { q: '', target: { type: 'webhook', url: 'http://hooks.example.com/', secret: SECRET } },
    422,
  ],
  [
    'a host of one label',
    { q: '', target: { type: 'webhook', url: 'https://intranet/', secret: SECRET } },
    422,
  ],
])('%s is refused', async (_name, json, status) => {
  const { json: before } = await worker.call('/v1/tracks');
  const reply = await add({ name: 'Bad', target: R2, ...json });
  expect(reply.status, reply.text).toBe(status);
  expect((await worker.call('/v1/tracks')).json).toEqual(before);
});

test('a name may be anything that can be shown, and many names of events do', async () => {
  const name = `<b>"';-- 审计 😀 \u202e`;
  const events = Array.from({ length: 2_000 }, (_, i) => `Event${i}`);
  const made = await add({
    name,
    filters: [{ product: '*', action: '*', events }],
    target: { type: 'r2', prefix: '' },
  });
  expect(made).toMatchObject({ status: 201, json: { name: name.trim(), filters: [{ events }] } });
});

test('an id is taken once', async () => {
  await addTrack(worker, plainTrack('once'));
  expect((await add(plainTrack('once', { backfill: { from: '2026-01-01T00:00:00Z' } }))).status).toBe(409);
  expect((await worker.call('/v1/tracks/once')).json.backfill).toBeUndefined();
  const { json } = await worker.call('/v1/tracks/once/changes');
  expect(json.changes).toHaveLength(1);
});

test('only admins make, change, test and remove sets; every member reads them', async () => {
  await addTrack(worker, plainTrack('guarded'));
  const asked: [string, string, unknown?][] = [
    ['POST', '/v1/tracks', plainTrack('other')],
    ['PATCH', '/v1/tracks/guarded', { status: 'paused' }],
    ['DELETE', '/v1/tracks/guarded'],
    ['POST', '/v1/tracks/guarded/test'],
    ['POST', '/v1/tracks/guarded/replay'],
    ['GET', '/v1/tracks/guarded/changes'],
    ['GET', '/v1/tracks/guarded/deliveries'],
  ];
  for (const [method, path, json] of asked) {
    for (const token of [mia, auditor]) {
      expect((await worker.call(path, { method, token, json })).status, path).toBe(403);
    }
  }
  expect((await worker.call('/v1/tracks/guarded', { token: mia })).status).toBe(200);
});

test('how much there is, only those learn who see all of it', async () => {
  await addTrack(
    worker,
    plainTrack('counted', { backfill: { from: new Date(secondsAgo(600) * 1000).toISOString() } }),
  );
  await worker.send([record()]);
  await worker.tick(new Date());
  const { json: shown } = await worker.call('/v1/tracks/counted', { token: mia });
  for (const key of ['backlog', 'lag', 'dead', 'lastDelivered', 'problem'])
    expect(shown).not.toHaveProperty(key);
  expect(shown).toMatchObject({ health: 'ok', backfill: { state: 'done' } });
  expect(shown.backfill).not.toHaveProperty('events');
  const { json } = await worker.call('/v1/tracks/counted', { token: auditor });
  expect(json).toMatchObject({ backlog: 0, dead: 0, backfill: { state: 'done' } });
});

test('nothing secret of a target is shown, stored in the clear, or written into the history', async () => {
  const url = 'https://127.0.0.1:9/hooks/very-secret-path?key=very-secret-key';
  const secretKey = 'very-secret-cloud-key';
  const credential = { secretId: 'AKIDmadeup', secretKey };
  const cos = { type: 'cos', bucket: 'audit-1250000001', region: 'ap-guangzhou', prefix: 'a', credential };
  await addTrack(worker, plainTrack('cos', { target: cos }));
  await addTrack(worker, plainTrack('hook', { target: { type: 'webhook', url, secret: SECRET } }));
  await worker.call('/v1/tracks/cos', { method: 'PATCH', json: { target: cos } });
  const { results } = await worker.db.prepare(`SELECT * FROM track, track_change`).all();
  const everything = [
    JSON.stringify(results),
    (await worker.call('/v1/tracks')).text,
    (await worker.call('/v1/tracks/cos')).text,
    (await worker.call('/v1/tracks/cos/changes')).text,
    (await worker.call('/v1/tracks/hook/changes')).text,
  ].join('\n');
  expect(everything).not.toContain(secretKey);
  expect(everything).not.toContain(SECRET.slice(6));
  const { text } = await worker.call('/v1/tracks', { token: mia });
  expect(text).not.toContain('very-secret');
});

test('the history says who changed what, a page at a time', async () => {
  await addTrack(worker, plainTrack('told'));
  await worker.call('/v1/tracks/told', { method: 'PATCH', json: { q: 'product:cam', status: 'paused' } });
  await worker.call('/v1/tracks/told', { method: 'PATCH', json: { name: 'Told' } });
  const { json: first } = await worker.call('/v1/tracks/told/changes?limit=2');
  expect(first.changes).toMatchObject([
    { by: 'admin', kind: 'changed', what: { name: 'Told' } },
    { by: 'admin', kind: 'changed', what: { q: 'product:cam', status: 'paused' } },
  ]);
  const { json: second } = await worker.call(`/v1/tracks/told/changes?limit=2&before=${first.next}`);
  expect(second).toMatchObject({
    changes: [{ kind: 'created', what: { q: '', target: { type: 'r2' } } }],
    next: null,
  });
  expect((await worker.call('/v1/tracks/told')).json).toMatchObject({ name: 'Told', q: 'product:cam' });
});

test('deliveries come a page at a time, newest first', async () => {
  await addTrack(worker, plainTrack('paged'));
  for (let i = 0; i < 5; i += 1) {
    await worker.send([record({ requestID: `paged-${i}` })]);
    await worker.tick(new Date());
  }
  const all = await deliveriesOf(worker, 'paged');
  const { json } = await worker.call('/v1/tracks/paged/deliveries?limit=2');
  expect(json.deliveries).toEqual(all.slice(0, 2));
  const { json: next } = await worker.call(`/v1/tracks/paged/deliveries?limit=2&before=${json.next}`);
  expect(next.deliveries).toEqual(all.slice(2, 4));
});

test('there is room for two hundred sets', async () => {
  const { json } = await worker.call('/v1/tracks');
  const left = Array.from({ length: 200 - json.tracks.length }, (_, i) => i);
  const replies = await Promise.all([...left, 'more'].map((i) => add(plainTrack(`many-${i}`))));
  const refused = replies.filter(({ status }) => status !== 201);
  expect(refused).toMatchObject([{ status: 409 }]);
});
