import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { ChannelKind } from '../../../shared/api/channels.ts';
import type { Address } from '../../../worker/alarms/channels/channel.ts';
import { CHANNELS } from '../../../worker/alarms/channels/kinds.ts';
import { messageOf } from '../../../worker/alarms/channels/message.ts';
import { sendMessage } from '../../../worker/alarms/channels/send.ts';
import { someNotice } from '../../support/alert-notice.ts';
import { toolsFor } from '../../support/parcel.ts';
import {
  robotSecret,
  ROBOT_KEYS,
  ROBOT_SECRETS,
  startRobots,
  type RobotKind,
  type Robots,
} from '../../support/robots.ts';
import { startTarget } from '../../support/target.ts';

let robots: Robots;

beforeAll(async () => {
  robots = await startRobots();
});

afterEach(() => {
  robots.taken.length = 0;
  robots.refused.length = 0;
  robots.forced.clear();
  vi.restoreAllMocks();
});

afterAll(async () => {
  await robots?.close();
});

const KINDS: RobotKind[] = ['wecom', 'dingtalk', 'feishu', 'slack', 'webhook'];
function addressOf(kind: RobotKind): Address {
  return { url: robots.urls[kind], ...robotSecret(kind) };
}

function send(kind: ChannelKind, address = addressOf(kind), hosts = [robots.host]) {
  const message = messageOf(someNotice(), {
    language: 'en',
    zone: 'UTC',
    origin: 'https://sidetrail.example',
  });
  return sendMessage({ kind, address }, message, toolsFor(hosts), Date.now());
}

test.each(KINDS)('%s takes what it is sent', async (kind) => {
  expect(await send(kind)).toBeUndefined();
  expect(robots.taken).toMatchObject([{ kind }]);
  expect(robots.refused).toEqual([]);
});

test.each<[RobotKind, Partial<Address>, object]>([
  [
    'wecom',
    { url: '/cgi-bin/webhook/send?key=other' },
    { kind: 'gone', code: '93000', text: 'invalid webhook url' },
  ],
  ['dingtalk', { secret: 'SECother' }, { kind: 'forbidden', code: '310000', text: 'sign not match' }],
  ['dingtalk', { url: '/robot/send?access_token=other' }, { kind: 'gone', code: '300005' }],
  ['feishu', { secret: 'other' }, { kind: 'forbidden', code: '19021' }],
  ['slack', { url: '/services/other' }, { kind: 'gone', status: 404, code: 'no_service' }],
  ['webhook', { secret: `whsec_${Buffer.alloc(32).toString('base64')}` }, { kind: 'forbidden', status: 401 }],
])('%s with a wrong address or secret (%o) says so', async (kind, changes, failure) => {
  const { url = robots.urls[kind], ...secret } = changes;
  const address = { ...addressOf(kind), ...secret, url: new URL(url, robots.urls[kind]).href };
  expect(await send(kind, address)).toMatchObject(failure);
  expect(robots.taken).toEqual([]);
});

test.each<[RobotKind, string, object]>([
  ['wecom', '{"errcode":45009,"errmsg":"api freq out of limit"}', { kind: 'busy', code: '45009' }],
  ['wecom', '{"errcode":-1,"errmsg":"system busy"}', { kind: 'server', code: '-1' }],
  ['wecom', '{"errcode":40058,"errmsg":"content too long"}', { kind: 'refused', code: '40058' }],
  ['dingtalk', '{"errcode":130101,"errmsg":"send too fast, exceed 20 times per minute"}', { kind: 'busy' }],
  ['dingtalk', '{"errcode":999999,"errmsg":"too many requests"}', { kind: 'busy', code: '999999' }],
  ['feishu', '{"code":11232,"msg":"frequency limited"}', { kind: 'busy', code: '11232' }],
  ['feishu', '{"StatusCode":19001,"StatusMessage":"token invalid"}', { kind: 'gone', code: '19001' }],
  ['feishu', '<html>sign in</html>', { kind: 'server' }],
  ['slack', '<html>sign in</html>', { kind: 'server' }],
])('%s answering 200 with %s means no', async (kind, body, failure) => {
  robots.forced.set(kind, { body });
  expect(await send(kind)).toMatchObject({ status: 200, ...failure });
});

test.each<[number, string]>([
  [400, 'refused'],
  [403, 'forbidden'],
  [410, 'gone'],
  [429, 'busy'],
  [500, 'server'],
  [503, 'server'],
])('a status of %i is %s', async (status, kind) => {
  robots.forced.set('webhook', { status, body: 'why\u0000\u202e not' });
  expect(await send('webhook')).toEqual({ kind, status, text: 'why not' });
});

test('whoever says how long to wait is asked for no longer than an hour', async () => {
  robots.forced.set('slack', { status: 429, body: 'rate_limited', headers: { 'retry-after': '30' } });
  expect(await send('slack')).toMatchObject({ kind: 'busy', code: 'rate_limited', after: 30 });
  robots.forced.set('slack', { status: 429, body: '', headers: { 'retry-after': '999999' } });
  expect(await send('slack')).toMatchObject({ after: 3600 });
});

test('a redirect is not followed', async () => {
  const target = await startTarget();
  target.next.push({ does: 'redirect', to: robots.urls.webhook, status: 307 });
  const address = { ...addressOf('webhook'), url: target.url };
  const failure = await send('webhook', address, [robots.host, target.host]);
  expect(failure).toMatchObject({ kind: 'gone', status: 307 });
  expect(robots.taken).toEqual([]);
  await target.close();
});

test('whoever does not answer is left', async () => {
  vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('late')), 50);
    return controller.signal;
  });
  robots.forced.set('webhook', 'hang');
  expect(await send('webhook')).toEqual({ kind: 'unreachable', text: 'no answer within 10 s' });
});

test('an address that points inward is not called', async () => {
  for (const url of ['https://169.254.169.254/x', 'https://localhost/x', robots.urls.webhook]) {
    expect(await send('webhook', { ...addressOf('webhook'), url }, [])).toMatchObject({ kind: 'inward' });
  }
  expect(robots.taken).toEqual([]);
});

test('an answer of any length is read in part, and nothing secret is kept of it', async () => {
  const secrets = [
    ...Object.values(ROBOT_KEYS),
    ...Object.values(ROBOT_SECRETS),
    ROBOT_SECRETS.webhook.slice(6),
  ];
  for (const kind of KINDS) {
    const echo = [...secrets, addressOf(kind).url].join(' ');
    robots.forced.set(kind, {
      status: 403,
      body: JSON.stringify({ errcode: 1, errmsg: echo }) + 'x'.repeat(1 << 20),
    });
    const failure = await send(kind);
    expect(failure?.text.length).toBeLessThanOrEqual(200);
    const own = [ROBOT_KEYS[kind], robotSecret(kind).secret].filter((secret) => secret !== undefined);
    for (const secret of own) expect(JSON.stringify(failure)).not.toContain(secret);
    robots.forced.set(kind, { status: 404, body: ROBOT_KEYS[kind] });
    expect(JSON.stringify(await send(kind))).not.toContain(ROBOT_KEYS[kind]);
  }
});

const inMinute = ({ everyMs, burst }: { everyMs: number; burst: number }) => 60_000 / everyMs + burst;

test('a burst at the pace of a channel is within what its robot takes', () => {
  expect(inMinute(CHANNELS.wecom.pace)).toBeLessThanOrEqual(20);
  expect(inMinute(CHANNELS.dingtalk.pace)).toBeLessThanOrEqual(20);
  expect(inMinute(CHANNELS.feishu.pace)).toBeLessThanOrEqual(100);
  expect(CHANNELS.feishu.pace.burst + 1000 / CHANNELS.feishu.pace.everyMs).toBeLessThanOrEqual(5);
  expect(CHANNELS.slack.pace).toMatchObject({ burst: 1 });
});
