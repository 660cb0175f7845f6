import { expect, test } from 'vitest';
import official from 'tencentcloud-sdk-nodejs/tencentcloud/common/sign.js';
import { callApi, type ApiAnswer, type ApiClient } from '../../../worker/tencent/call.ts';
import type { Credential } from '../../../worker/tencent/credential.ts';
import { adviceOf, isTransient, type Failure } from '../../../worker/tencent/failure.ts';
import { KEY, NOW, TEMPORARY } from './keys.ts';
import { json, plain, serve, type Respond } from './server.ts';

const CALL = {
  service: 'cloudaudit',
  version: '2019-03-19',
  action: 'DescribeEvents',
  region: 'ap-guangzhou',
  payload: '{"MaxResults":50}',
};

async function ask(respond: Respond, credential: Credential = KEY, timeoutMs = 2000): Promise<ApiAnswer> {
  const { origin } = await serve(respond);
  return await callApi({ credential, endpoint: origin, fetch, timeoutMs }, CALL, NOW);
}

async function failureOf(respond: Respond, credential?: Credential, timeoutMs?: number): Promise<Failure> {
  const answer = await ask(respond, credential, timeoutMs);
  if (answer.ok) throw new Error('the call succeeded');
  return answer.failure;
}

function error(code: string, message = 'no', status = 200): Respond {
  return json({ Response: { Error: { Code: code, Message: message }, RequestId: 'req-1' } }, status);
}

test.each<[string, Respond, Partial<Failure>, boolean]>([
  ['an unknown key', error('AuthFailure.SecretIdNotFound'), { kind: 'key' }, false],
  ['a wrong secret', error('AuthFailure.SignatureFailure'), { kind: 'key' }, false],
  ['a token that ran out', error('AuthFailure.TokenFailure'), { kind: 'key' }, false],
  ['a missing permission', error('AuthFailure.UnauthorizedOperation'), { kind: 'permission' }, false],
  ['the same of the service', error('UnauthorizedOperation.CamNoAuth'), { kind: 'permission' }, false],
  ['a member account', error('FailedOperation.MemberNotAuditRole'), { kind: 'permission' }, false],
  ['clocks that differ', error('AuthFailure.SignatureExpire'), { kind: 'clock' }, false],
  ['too many requests', error('RequestLimitExceeded'), { kind: 'limit' }, true],
  ['too many of one uin', error('RequestLimitExceeded.UinLimitExceeded'), { kind: 'limit' }, true],
  ['an error inside', error('InternalError.SearchError'), { kind: 'server' }, true],
  [
    'an error inside, by status too',
    error('InternalError', 'no', 500),
    { kind: 'server', status: 500 },
    true,
  ],
  ['a bad parameter', error('InvalidParameterValue.Time'), { kind: 'refused' }, false],
  ['a region without it', error('UnsupportedRegion'), { kind: 'refused' }, false],
  ['a gateway', plain('<h1>Bad Gateway</h1>', 502), { kind: 'server', code: 'HTTP502' }, true],
  ['a gateway that limits', plain('slow down', 429), { kind: 'limit', code: 'HTTP429' }, true],
  ['a page that is not there', plain('no', 404), { kind: 'refused', code: 'HTTP404' }, false],
  ['no JSON', plain('<html>welcome to the hotel</html>'), { kind: 'unreadable', code: 'NotJson' }, true],
  ['half the JSON', plain('{"Response":{"Events":[{'), { kind: 'unreadable', code: 'NotJson' }, true],
  ['other JSON', json({ hello: 1 }), { kind: 'unreadable', code: 'NoResponse' }, true],
])('%s is told apart', async (_, respond, expected, transient) => {
  const failure = await failureOf(respond);
  expect(failure).toMatchObject(expected);
  expect(isTransient(failure)).toBe(transient);
});

test('the code, message and request id of the cloud are kept', async () => {
  expect(await failureOf(error('AuthFailure.SecretIdNotFound', 'The SecretId is not found.'))).toEqual({
    kind: 'key',
    code: 'AuthFailure.SecretIdNotFound',
    message: 'The SecretId is not found.',
    status: 200,
    requestId: 'req-1',
  });
});

test('a redirect is refused and its target never asked', async () => {
  const target = await serve(json({ Response: { RequestId: 'elsewhere' } }));
  const failure = await failureOf(plain('', 302, { location: target.origin }));
  expect(failure).toMatchObject({ kind: 'refused', code: 'Redirect', status: 302 });
  expect(target.asked).toEqual([]);
});

test('no connection is told apart from no answer in time', async () => {
  const client: ApiClient = { credential: KEY, endpoint: 'http://127.0.0.1:9', fetch, timeoutMs: 2000 };
  const nobody = await callApi(client, CALL, NOW);
  expect(nobody).toMatchObject({ failure: { kind: 'unreachable', code: 'NoConnection' } });
  expect(await failureOf(() => {}, KEY, 50)).toMatchObject({ kind: 'unreachable', code: 'Timeout' });
});

const silent: Respond = (response) => void response.writeHead(200).write('{"Response":');

const trickling: Respond = (response) => {
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
};

function cut(status: number): Respond {
  return (response) => {
    response.writeHead(status, { 'content-length': '1000' });
    response.write('{"Response":{"Events":[]', () => response.destroy());
  };
}

test('an answer that falls silent half-way is not waited for as one that has not begun', async () => {
  const begun = performance.now();
  expect(await failureOf(silent, KEY, 1_500)).toMatchObject({ kind: 'unreachable', code: 'Silence' });
  expect(performance.now() - begun).toBeLessThan(1_300);
});

test('an answer that comes on and on is waited for no longer than it may take', async () => {
  expect(await failureOf(trickling, KEY, 300)).toMatchObject({ kind: 'unreachable', code: 'Timeout' });
});

test('an answer that is cut off is no answer, and a broken one of a failing server is its failure', async () => {
  expect(await failureOf(cut(200))).toMatchObject({ kind: 'unreadable', code: 'CutOff' });
  expect(await failureOf(cut(503))).toMatchObject({ kind: 'server', code: 'HTTP503' });
});

test('an answer of more than 8 MB is given up', async () => {
  const filler = 'x'.repeat(9 * 1024 * 1024);
  const failure = await failureOf(json({ Response: { filler } }));
  expect(failure).toMatchObject({ kind: 'unreadable', code: 'TooLong' });
  expect(isTransient(failure)).toBe(false);
});

test('an answer of nearly 8 MB is read', async () => {
  const filler = 'x'.repeat(7 * 1024 * 1024);
  expect(await ask(json({ Response: { filler, RequestId: 'r' } }))).toMatchObject({
    ok: true,
    requestId: 'r',
  });
});

test('the request is one that the official SDK would have signed, token included', async () => {
  const { origin, asked } = await serve(json({ Response: { RequestId: 'r' } }));
  const client: ApiClient = { credential: TEMPORARY, endpoint: origin, fetch, timeoutMs: 2000 };
  await callApi(client, CALL, NOW);
  const [one] = asked;
  expect(one).toMatchObject({
    method: 'POST',
    url: '/',
    headers: {
      'content-type': 'application/json',
      'x-tc-action': 'DescribeEvents',
      'x-tc-version': '2019-03-19',
      'x-tc-region': 'ap-guangzhou',
      'x-tc-timestamp': String(NOW / 1000),
      'x-tc-token': TEMPORARY.token,
    },
  });
  expect(one?.body.toString()).toBe(CALL.payload);
  expect(one?.headers['authorization']).toBe(
    official.sign3({
      ...KEY,
      method: 'POST',
      url: origin,
      payload: one?.body,
      timestamp: NOW / 1000,
      service: 'cloudaudit',
      multipart: false,
      boundary: '',
      headers: { 'Content-Type': 'application/json' },
    }),
  );
});

test('a lasting key sends no token, and an action without region names none', async () => {
  const { origin, asked } = await serve(json({ Response: {} }));
  const { region: _, ...call } = CALL;
  await callApi({ credential: KEY, endpoint: origin, fetch, timeoutMs: 2000 }, call, NOW);
  expect(Object.keys(asked[0]?.headers ?? {})).not.toContain('x-tc-token');
  expect(Object.keys(asked[0]?.headers ?? {})).not.toContain('x-tc-region');
});

test.each([
  [undefined, 'https://cloudaudit.tencentcloudapi.com/'],
  ['https://sts.intl.tencentcloudapi.com', 'https://cloudaudit.intl.tencentcloudapi.com/'],
  ['https://cvm.ap-hongkong.tencentcloudapi.com', 'https://cloudaudit.ap-hongkong.tencentcloudapi.com/'],
  ['https://audit.example.com', 'https://audit.example.com/'],
  ['https://x.tencentcloudapi.com.example.com', 'https://x.tencentcloudapi.com.example.com/'],
])('with the endpoint %s the service answers at %s', async (endpoint, expected) => {
  const urls: string[] = [];
  const spy: typeof fetch = async (input) => {
    urls.push(input instanceof Request ? input.url : String(input));
    return Response.json({ Response: {} });
  };
  await callApi(
    { credential: KEY, fetch: spy, timeoutMs: 2000, ...(endpoint !== undefined && { endpoint }) },
    CALL,
    NOW,
  );
  expect(urls).toEqual([expected]);
});

function strict(this: unknown): Promise<Response> {
  if (this !== undefined) throw new TypeError('Illegal invocation');
  return Promise.resolve(Response.json({ Response: {} }));
}

test('fetch is called by itself, as workerd demands', async () => {
  const client: ApiClient = { credential: KEY, fetch: strict, timeoutMs: 2000 };
  expect(await callApi(client, CALL, NOW)).toMatchObject({ ok: true });
});

test.each([
  ['the secret key', KEY.secretKey],
  ['the secret id', KEY.secretId],
  ['the token', TEMPORARY.token ?? ''],
  ['a key of a known shape', 'password=Tr0ub4dor-and-3'],
])('%s that the other side repeats is in no part of a failure', async (_, secret) => {
  const echo: Respond = json({
    Response: { Error: { Code: `Bad.${secret}`, Message: `you sent ${secret}!` }, RequestId: secret },
  });
  const failure = await failureOf(echo, TEMPORARY);
  expect(JSON.stringify(failure)).not.toContain(secret.replace('password=', ''));
  expect(adviceOf(failure, 'cloudaudit:DescribeEvents')).not.toContain(secret);
});

test('a message is one line of at most 200 printable characters', async () => {
  const message = `a\n\u001b[31mb\u2028c\u202ed${'e '.repeat(500)}`;
  const failure = await failureOf(error('X', message));
  expect(failure.message).toMatch(/^a \[31mb c d/);
  expect(failure.message).toMatch(/^[\P{C}]{1,200}$/u);
});

test.each<[Failure['kind'], string, RegExp]>([
  ['key', 'AuthFailure.SecretIdNotFound', /TENCENT_SECRET_ID/],
  ['key', 'AuthFailure.TokenFailure', /temporary token/],
  ['key', 'AuthFailure.MFAFailure', /MFA/],
  ['permission', 'UnauthorizedOperation', /allows finance:DescribeDealsByCond/],
  ['clock', 'AuthFailure.SignatureExpire', /five minutes/],
  ['limit', 'RequestLimitExceeded', /more slowly/],
  ['server', 'InternalError', /again by itself/],
  ['unreachable', 'Timeout', /network and endpoint/],
  ['refused', 'UnsupportedRegion', /UnsupportedRegion/],
  ['refused', 'Redirect', /TENCENT_ENDPOINT/],
  ['unreadable', 'NotJson', /TENCENT_ENDPOINT/],
])('a failure of kind %s (%s) comes with what to do', (kind, code, advice) => {
  expect(adviceOf({ kind, code, message: '' }, 'billing:DescribeDealsByCond')).toMatch(advice);
});
