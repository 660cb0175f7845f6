import { createHash, createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAlarm, createAlarmNotice, uploadLogs, type ClsClient } from '../../../worker/tencent/cls.ts';
import { encodeLogs, type ClsLog } from '../../../worker/tencent/cls-logs.ts';
import { authorization, httpRequestInfo, stringToSign } from '../../../worker/tencent/cls-signature.ts';
import { isTransient } from '../../../worker/tencent/failure.ts';
import type { Credential } from '../../../worker/tencent/credential.ts';
import { KEY, NOW, TEMPORARY } from './keys.ts';
import { json, plain, serve, type Asked, type Respond } from './server.ts';

const TOPIC = '0e6f1a52-0000-4000-8000-000000example';

const UNRESERVED = /[A-Za-z0-9._~-]/;

function encoded(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) => {
      const char = String.fromCharCode(byte);
      return UNRESERVED.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

function fieldList(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map((pair) => pair.map(encoded).join('='))
    .join('&');
}

/** The signature that a request should have, from the vendor's description, with Node's own cryptography. */
function signatureOf(
  { method, path, params, headers }: Parameters<typeof httpRequestInfo>[0],
  secretKey: string,
  time: string,
): string {
  const info = `${method.toLowerCase()}\n${path}\n${fieldList(params)}\n${fieldList(headers)}\n`;
  const key = createHmac('sha1', secretKey).update(time).digest('hex');
  const digest = createHash('sha1').update(info).digest('hex');
  return createHmac('sha1', key).update(`sha1\n${time}\n${digest}\n`).digest('hex');
}

async function upload(
  respond: Respond,
  logs: readonly ClsLog[] = [{ time: NOW, contents: [['record', '{}']] }],
  credential: Credential = KEY,
): Promise<{ answer: Awaited<ReturnType<typeof uploadLogs>>; asked: Asked[] }> {
  const { origin, asked } = await serve(respond);
  const client: ClsClient = { credential, region: 'ap-guangzhou', endpoint: origin, fetch, timeoutMs: 500 };
  return { answer: await uploadLogs(client, { topicId: TOPIC, logs }, NOW), asked };
}

test('the signed form has each part on its line, in lower case and order, percent-encoded', () => {
  const request = {
    method: 'POST' as const,
    path: '/structuredlog',
    params: { topic_id: 'a b', another: "(x)'" },
    headers: { host: 'ap-guangzhou.cls.tencentcs.com', 'content-type': 'application/x-protobuf' },
  };
  expect(httpRequestInfo(request)).toBe(
    'post\n/structuredlog\nanother=%28x%29%27&topic_id=a%20b\n' +
      'content-type=application%2Fx-protobuf&host=ap-guangzhou.cls.tencentcs.com\n',
  );
});

test('nothing signed leaves empty lines', async () => {
  const info = httpRequestInfo({ method: 'GET', path: '/logset', params: {}, headers: {} });
  expect(info).toBe('get\n/logset\n\n\n');
  const digest = createHash('sha1').update(info).digest('hex');
  expect(await stringToSign('1;2', info)).toBe(`sha1\n1;2\n${digest}\n`);
});

test('the signature is the one that an independent implementation gives', async () => {
  const fields = fc.dictionary(fc.stringMatching(/^[a-z_-]{1,10}$/), fc.string({ unit: 'grapheme' }));
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        method: fc.constantFrom('GET' as const, 'POST' as const),
        path: fc.constantFrom('/structuredlog', '/logset'),
        params: fields,
        headers: fields,
      }),
      fc.stringMatching(/^[\x21-\x7e]{1,40}$/),
      fc.nat(),
      async (request, secretKey, start) => {
        const time = `${start};${start + 300}`;
        const text = await authorization(request, { secretId: 'AKIDexample', secretKey, time });
        expect(text).toBe(
          `q-sign-algorithm=sha1&q-ak=AKIDexample&q-sign-time=${time}&q-key-time=${time}` +
            `&q-header-list=${Object.keys(request.headers).toSorted().join(';')}` +
            `&q-url-param-list=${Object.keys(request.params).toSorted().join(';')}` +
            `&q-signature=${signatureOf(request, secretKey, time)}`,
        );
      },
    ),
  );
});

test('an upload names the topic, is signed with host and type, and says when it is good for', async () => {
  const { answer, asked } = await upload(plain('', 200, { 'x-cls-requestid': 'req-1' }));
  expect(answer).toEqual({ ok: true, requestId: 'req-1' });
  const [one] = asked;
  expect(one).toMatchObject({ method: 'POST', url: `/structuredlog?topic_id=${TOPIC}` });
  expect(one?.headers).not.toHaveProperty('x-cls-token');
  const start = NOW / 1000 - 60;
  const time = `${start};${start + 360}`;
  const signed = {
    method: 'POST' as const,
    path: '/structuredlog',
    params: { topic_id: TOPIC },
    headers: { 'content-type': 'application/x-protobuf', host: one?.headers['host'] ?? '' },
  };
  expect(one?.headers['content-type']).toBe('application/x-protobuf');
  expect(one?.headers['authorization']).toBe(
    `q-sign-algorithm=sha1&q-ak=${KEY.secretId}&q-sign-time=${time}&q-key-time=${time}` +
      `&q-header-list=content-type;host&q-url-param-list=topic_id` +
      `&q-signature=${signatureOf(signed, KEY.secretKey, time)}`,
  );
  const logs = [{ time: NOW, contents: [['record', '{}']] }] as const;
  expect(one?.body).toEqual(Buffer.from(encodeLogs(logs, 'sidetrail')));
});

test('a temporary key sends its token beside', async () => {
  const { asked } = await upload(plain(''), undefined, TEMPORARY);
  expect(asked[0]?.headers['x-cls-token']).toBe(TEMPORARY.token);
});

test('without an endpoint the logs go to the region', async () => {
  const urls: string[] = [];
  const spy: typeof fetch = async (input) => {
    urls.push(input instanceof Request ? input.url : String(input));
    return new Response('');
  };
  const client: ClsClient = { credential: KEY, region: 'ap-hongkong', fetch: spy, timeoutMs: 500 };
  await uploadLogs(client, { topicId: TOPIC, logs: [] }, NOW);
  expect(urls).toEqual([`https://ap-hongkong.cls.tencentcs.com/structuredlog?topic_id=${TOPIC}`]);
});

function error(errorcode: string, status: number): Respond {
  return json({ errorcode, errormessage: `no ${KEY.secretKey}` }, status);
}

test.each<[string, Respond, object, boolean]>([
  ['a wrong key', error('Unauthorized', 401), { kind: 'key', code: 'Unauthorized' }, false],
  ['clocks that differ', error('SignatureExpired', 401), { kind: 'clock' }, false],
  ['a missing permission', error('NotAllowed', 403), { kind: 'permission', status: 403 }, false],
  ['logs that are too long', error('LogSizeExceed', 403), { kind: 'refused' }, false],
  ['a topic that is gone', error('TopicNotExist', 404), { kind: 'refused', status: 404 }, false],
  ['a closed topic', error('TopicClosed', 400), { kind: 'refused', code: 'TopicClosed' }, false],
  ['too much at once', error('SpeedQuotaExceed', 403), { kind: 'limit' }, true],
  ['too many requests', plain('', 429), { kind: 'limit', code: 'HTTP429' }, true],
  ['an error inside', error('InternalError', 500), { kind: 'server' }, true],
  ['a gateway', plain('<html>', 502), { kind: 'server', code: 'HTTP502' }, true],
  ['a redirect', plain('', 301, { location: '/x' }), { kind: 'refused', code: 'Redirect' }, false],
  ['no answer', () => {}, { kind: 'unreachable', code: 'Timeout' }, true],
])('%s is told apart', async (_, respond, expected, transient) => {
  const { answer } = await upload(respond);
  if (answer.ok) throw new Error('it succeeded');
  expect(answer.failure).toMatchObject(expected);
  expect(isTransient(answer.failure)).toBe(transient);
  expect(JSON.stringify(answer.failure)).not.toContain(KEY.secretKey);
});

test('a notice group and an alarm policy are made as the API wants them', async () => {
  const { origin, asked } = await serve((response, one) =>
    json({
      Response:
        one.headers['x-tc-action'] === 'CreateAlarm'
          ? { AlarmId: 'alarm-0example' }
          : { AlarmNoticeId: 'notice-0example' },
    })(response, one),
  );
  const client = { credential: KEY, endpoint: origin, fetch, timeoutMs: 500 };
  const notice = {
    name: 'sidetrail',
    webhooks: [
      { type: 'WeCom' as const, url: 'https://robot.example.com/a' },
      { type: 'Http' as const, url: 'https://hook.example.com/b' },
    ],
    receivers: [{ type: 'Uin' as const, ids: [100000000002], channels: ['Email' as const] }],
  };
  expect(await createAlarmNotice(client, 'ap-guangzhou', notice, NOW)).toEqual({
    ok: true,
    id: 'notice-0example',
  });
  const policy = {
    name: 'sensitive operations',
    logsetId: 'logset-0example',
    topicId: TOPIC,
    query: 'sensitiveAction:1 | select count(*) as n',
    condition: '$1.n > 0',
    level: 'critical' as const,
    minutes: 5,
    quietMinutes: 15,
    noticeIds: ['notice-0example'],
  };
  expect(await createAlarm(client, 'ap-guangzhou', policy, NOW)).toEqual({ ok: true, id: 'alarm-0example' });
  expect(asked.map(({ headers }) => [headers['x-tc-version'], headers['x-tc-region']])).toEqual([
    ['2020-10-16', 'ap-guangzhou'],
    ['2020-10-16', 'ap-guangzhou'],
  ]);
  expect(asked.map(({ body }) => JSON.parse(body.toString()))).toEqual([
    {
      Name: 'sidetrail',
      Type: 'All',
      NoticeReceivers: [{ ReceiverType: 'Uin', ReceiverIds: [100000000002], ReceiverChannels: ['Email'] }],
      WebCallbacks: [
        { CallbackType: 'WeCom', Url: 'https://robot.example.com/a' },
        { CallbackType: 'Http', Url: 'https://hook.example.com/b', Method: 'POST' },
      ],
    },
    {
      Name: 'sensitive operations',
      AlarmTargets: [
        {
          TopicId: TOPIC,
          LogsetId: 'logset-0example',
          Query: 'sensitiveAction:1 | select count(*) as n',
          Number: 1,
          StartTimeOffset: -5,
          EndTimeOffset: 0,
          SyntaxRule: 1,
        },
      ],
      MonitorTime: { Type: 'Period', Time: 5 },
      TriggerCount: 1,
      AlarmPeriod: 15,
      Condition: '$1.n > 0',
      AlarmLevel: 2,
      AlarmNoticeIds: ['notice-0example'],
      Status: true,
    },
  ]);
});

test('an answer without an id is none', async () => {
  const { origin } = await serve(json({ Response: {} }));
  const client = { credential: KEY, endpoint: origin, fetch, timeoutMs: 500 };
  expect(await createAlarmNotice(client, 'ap-guangzhou', { name: 'x' }, NOW)).toMatchObject({
    failure: { kind: 'unreadable', code: 'NoId' },
  });
});
