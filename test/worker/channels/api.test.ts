/** /v1/channels through the whole Worker: making them, trying them, and what nobody gets to see. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPolicy } from '../../support/alarms.ts';
import {
  robotSecret,
  ROBOT_KEYS,
  ROBOT_SECRETS,
  startRobots,
  type RobotKind,
  type Robots,
} from '../../support/robots.ts';
import { startWorker, type Reply, type TestWorker } from '../../support/worker.ts';

let worker: TestWorker;
let robots: Robots;
let answers = '';

beforeAll(async () => {
  robots = await startRobots();
  worker = await startWorker({
    SIDETRAIL_ALLOW_PRIVATE: robots.host,
    SIDETRAIL_PUBLIC_URL: 'https://sidetrail.example/ignored',
  });
});

afterAll(async () => {
  await worker?.close();
  await robots?.close();
});

async function call(method: string, path: string, json?: unknown, token?: string): Promise<Reply> {
  const reply = await worker.call(`/v1/channels${path}`, {
    method,
    ...(json === undefined ? {} : { json }),
    ...(token === undefined ? {} : { token }),
  });
  answers += `${reply.text} ${JSON.stringify([...reply.headers])}`;
  return reply;
}

const given = (kind: RobotKind): Record<string, unknown> => ({
  id: kind,
  kind,
  name: `To ${kind}`,
  url: robots.urls[kind],
  ...robotSecret(kind),
});

const KINDS: RobotKind[] = ['dingtalk', 'feishu', 'slack', 'webhook', 'wecom'];

test('a channel of each kind is made, and shows where it leads without the key', async () => {
  for (const kind of KINDS) {
    const made = await call('POST', '', given(kind));
    expect(made, made.text).toMatchObject({
      status: 201,
      json: {
        id: kind,
        kind,
        name: `To ${kind}`,
        url: `${robots.host}/…${robots.urls[kind].slice(-4)}`,
        signed: 'secret' in robotSecret(kind),
        language: 'en',
        health: 'ok',
        lastSent: null,
        waiting: 0,
        dead: 0,
      },
    });
    expect(made.headers.get('location')).toBe(`/v1/channels/${kind}`);
  }
  const { json } = await call('GET', '');
  expect(json.channels.map(({ id }: { id: string }) => id)).toEqual(KINDS);
  expect((await call('POST', '', given('slack'))).status).toBe(409);
});

test('a test sends a made-up message, and says that it arrived', async () => {
  for (const kind of KINDS) expect((await call('POST', `/${kind}/test`)).json).toEqual({ ok: true });
  expect(robots.taken.map(({ kind }) => kind)).toEqual(KINDS);
  expect(JSON.stringify(robots.taken[0]?.json)).toContain('all made up');
  expect((await call('GET', '/wecom')).json).toMatchObject({ health: 'ok', lastSent: expect.any(String) });
});

test('a test says what was answered, and the channel shows it until something arrives', async () => {
  robots.forced.set('wecom', { body: '{"errcode":93000,"errmsg":"invalid webhook url"}' });
  const problem = { kind: 'gone', status: 200, code: '93000', text: 'invalid webhook url' };
  expect((await call('POST', '/wecom/test')).json).toEqual({ ok: false, problem });
  expect((await call('GET', '/wecom')).json).toMatchObject({ health: 'failing', problem });
  robots.forced.clear();
  expect((await call('POST', '/wecom/test')).json).toEqual({ ok: true });
  const { json } = await call('GET', '/wecom');
  expect(json).toMatchObject({ health: 'ok' });
  expect(json).not.toHaveProperty('problem');
});

test('tests do not exceed the rate of a robot', async () => {
  const replies = await Promise.all(Array.from({ length: 12 }, () => call('POST', '/dingtalk/test')));
  expect(replies.filter(({ json }) => json.ok).length).toBeLessThanOrEqual(7);
  const busy = replies.find(({ json }) => !json.ok);
  expect(busy?.json.problem).toMatchObject({
    kind: 'busy',
    text: expect.stringMatching(/next message in \d+ s/),
  });
  expect(robots.refused.filter(({ kind }) => kind === 'dingtalk')).toEqual([]);
});

test.each<[string, unknown, string]>([
  ['no address', { kind: 'slack', name: 'x', url: 'nowhere' }, 'url'],
  ['an address that points inward', { kind: 'slack', name: 'x', url: 'https://169.254.169.254/x' }, 'url'],
  ['another port of this machine', { kind: 'slack', name: 'x', url: 'http://127.0.0.1:9/x' }, 'url'],
  ['a password in it', { kind: 'slack', name: 'x', url: 'https://Canary:Canary@hooks.slack.com/x' }, 'url'],
  ['another kind', { kind: 'pager', name: 'x', url: 'https://hooks.slack.com/x' }, 'kind'],
  [
    'a secret that its kind has not',
    { kind: 'slack', name: 'x', url: 'https://hooks.slack.com/x', secret: 'Canary' },
    'secret',
  ],
  ['no secret', { kind: 'webhook', name: 'x', url: 'https://hooks.slack.com/x' }, 'secret'],
  [
    'a secret of another form',
    { kind: 'webhook', name: 'x', url: 'https://hooks.slack.com/x', secret: 'Canary' },
    'secret',
  ],
  [
    'another language',
    { kind: 'slack', name: 'x', url: 'https://hooks.slack.com/x', language: 'fr' },
    'language',
  ],
])('%s is refused', async (_what, json, at) => {
  const reply = await call('POST', '', json);
  expect(reply.status).toBe(422);
  expect(reply.json.errors[0].at).toBe(at);
});

test('what is changed is checked with what stays', async () => {
  expect((await call('PATCH', '/slack', { name: 'Ops', language: 'zh-CN' })).json).toMatchObject({
    name: 'Ops',
    language: 'zh-CN',
    url: `${robots.host}/…${robots.urls.slack.slice(-4)}`,
  });
  expect((await call('PATCH', '/slack', { secret: 'Canary' })).status).toBe(422);
  expect((await call('PATCH', '/webhook', { secret: null })).status).toBe(422);
  expect((await call('PATCH', '/webhook', { url: 'https://localhost/x' })).status).toBe(422);
  expect((await call('PATCH', '/feishu', { secret: null })).json).toMatchObject({ signed: false });
  expect((await call('POST', '/feishu/test')).json).toMatchObject({
    ok: false,
    problem: { kind: 'forbidden' },
  });
  expect((await call('PATCH', '/feishu', { secret: ROBOT_SECRETS.feishu })).json).toMatchObject({
    signed: true,
  });
  expect((await call('POST', '/feishu/test')).json).toEqual({ ok: true });
  expect((await call('PATCH', '/nobody', { name: 'x' })).status).toBe(404);
});

test('a message in Chinese is in Chinese', async () => {
  robots.taken.length = 0;
  await call('PATCH', '/webhook', { language: 'zh-CN' });
  await call('POST', '/webhook/test');
  expect(robots.taken[0]?.json.data.text).toContain('以下内容均为虚构');
});

test('a channel that a policy names stays, and the policy is said', async () => {
  expect((await addPolicy(worker, { id: 'mine', channels: ['wecom', 'slack'] })).status).toBe(201);
  await worker.call('/v1/alarms/std.denied', { method: 'PATCH', json: { channels: ['slack'] } });
  const kept = await call('DELETE', '/slack');
  expect(kept.status).toBe(409);
  expect(kept.json.detail).toContain('mine, std.denied');
  expect((await call('GET', '/slack')).status).toBe(200);
  expect((await call('DELETE', '/dingtalk')).status).toBe(204);
  expect((await call('GET', '/dingtalk')).status).toBe(404);
  expect((await call('DELETE', '/dingtalk')).status).toBe(404);
});

test('who made, changed, tried and removed a channel is kept, without what is secret', async () => {
  const kinds = async (id: string) =>
    (await call('GET', `/${id}/changes`)).json.changes.map(({ kind }: { kind: string }) => kind);
  expect(await kinds('slack')).toEqual(['changed', 'tested', 'created']);
  expect((await kinds('dingtalk')).at(0)).toBe('deleted');
  const { json } = await call('GET', '/feishu/changes');
  expect(json.changes).toContainEqual({
    kind: 'changed',
    at: expect.any(String),
    by: 'admin',
    what: { url: `${robots.host}/…${robots.urls.feishu.slice(-4)}`, signed: false },
  });
  expect((await call('GET', '/nobody/changes')).status).toBe(404);
});

test('members and auditors see nothing of channels', async () => {
  for (const role of ['member', 'auditor']) {
    const id = `a-${role}`;
    await worker.call('/v1/members', {
      method: 'POST',
      json: { id, name: id, role, accounts: '*', operators: [] },
    });
    const { token } = (await worker.call('/v1/tokens', { method: 'POST', json: { member: id } })).json;
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/slack'],
      ['GET', '/slack/changes'],
      ['POST', '/slack/test'],
      ['DELETE', '/slack'],
    ] as const) {
      expect((await call(method, path, undefined, token)).status).toBe(403);
    }
  }
});

test('a sealed address opens for its own channel only', async () => {
  await worker.db
    .prepare(
      `UPDATE channel SET sealed = (SELECT sealed FROM channel WHERE id = 'webhook') WHERE id = 'wecom'`,
    )
    .run();
  expect((await call('POST', '/wecom/test')).json).toMatchObject({ problem: { kind: 'forbidden' } });
});

test('an address that opens no more is asked for again', async () => {
  await worker.db.prepare(`UPDATE channel SET sealed = 'AAAA' WHERE id = 'webhook'`).run();
  expect((await call('POST', '/webhook/test')).json).toMatchObject({
    ok: false,
    problem: { kind: 'forbidden', text: expect.stringContaining('give it again') },
  });
  const { url, secret } = given('webhook');
  expect((await call('PATCH', '/webhook', { url })).status).toBe(422);
  expect((await call('PATCH', '/webhook', { url, secret })).status).toBe(200);
  expect((await call('POST', '/webhook/test')).json).toEqual({ ok: true });
});

test('no answer, no row of the database and no line of the log has an address or a secret', async () => {
  let rows = '';
  for (const table of ['channel', 'channel_change', 'notice', 'alarm', 'setting', 'lease']) {
    rows += JSON.stringify((await worker.db.prepare(`SELECT * FROM "${table}"`).all()).results);
  }
  const log = JSON.stringify(worker.harness.getLogs());
  expect(answers.length).toBeGreaterThan(5000);
  for (const secret of [...Object.values(ROBOT_KEYS), ...Object.values(ROBOT_SECRETS), 'Canary']) {
    for (const [where, text] of Object.entries({ answers, rows, log })) {
      expect(text.includes(secret), `${where}: ${secret}`).toBe(false);
    }
  }
});
