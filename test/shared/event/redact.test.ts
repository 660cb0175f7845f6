import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Json } from '../../../shared/event/event.ts';
import { parseJson, stringify } from '../../../shared/event/json.ts';
import { redact, redactText } from '../../../shared/event/redact.ts';
import { leaks, plantCanaries, SECRET_FIELDS } from '../../support/canary.ts';

const RECORD = {
  userIdentity: {
    type: 'Root',
    principalId: '100000000001',
    accountId: '100000000001',
    secretId: 'AKIDexample0123456789',
    userName: 'root',
    sessionContext: '{"token":"0f1e2d3c","uin":4611686018429146108,"mfa":0}',
  },
  requestID: '0b2b1c4e-1234-4f6a-9c1e-abcdefabcdef',
  eventTime: 1739981156,
  eventName: 'DescribeInstances',
  errorMessage: 'permission verify',
  resources: String.raw`["qcs:id/1:cvm:ap-guangzhou:uin\/100000000001:instance\/ins-0example"]`,
  tags: ['{"key":"team","value":"web"}'],
};

test('the token of a session goes, the rest of the record stays to the letter', () => {
  expect(redact(RECORD)).toEqual({
    ...RECORD,
    userIdentity: {
      ...RECORD.userIdentity,
      sessionContext: '{"token":"«redacted:token»","uin":4611686018429146108,"mfa":0}',
    },
  });
});

test.each(SECRET_FIELDS)('a field named %s is concealed', (field) => {
  expect(JSON.stringify(redact({ [field]: 'abc-123' }))).toMatch(/^\{"[^"]+":"«redacted:[a-z0-9]+»"\}$/);
  expect(redactText(`{"${field}":"abc-123`)).toMatch(/:"«redacted:[a-z0-9]+»$/);
});

test.each<[string, Json]>([
  ['SecretId', 'AKIDexample0123456789'],
  ['AccessKeyId', 'AKIDexample0123456789'],
  ['AccessKey', 'AKIDexample0123456789'],
  ['KeyId', 'skey-0example'],
  ['KeyIds', ['skey-0example']],
  ['ClientToken', 'retry-0a1b2c3d'],
  ['client_token', 'retry-0a1b2c3d'],
  ['NextToken', '16805138109322956'],
  ['PageToken', 'p2'],
  ['CreationToken', 'shared-files'],
  ['TokenFlag', 1],
  ['SetMfaFlag', { Token: 1, Phone: 0 }],
  ['MaxTokens', 4096],
  ['PasswordPolicy', { MinLength: 8, Symbols: true }],
  ['PasswordPolicy', 'strong'],
  ['NeedResetPassword', 1],
  ['Password', true],
  ['Password', null],
  ['Password', ''],
  ['Password', '******'],
  ['SecretName', 'db-main'],
  ['PublicKey', 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ example'],
  ['ResourceId', 'ins-0example'],
  ['Tags', [{ Key: 'team', Value: 'web' }]],
  ['RequestId', '0b2b1c4e-1234-4f6a-9c1e-abcdefabcdef'],
  ['Resource', 'qcs::cam::uin/100000000001:secret/creator'],
  ['Url', 'https://console.cloud.tencent.com:443/cvm/instance?rid=1&tab=token'],
  ['Time', '2026-01-31 12:30:00'],
  ['Note', 'basic information about bearer authentication; see key=value'],
  ['Certificate', '-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----'],
])('%s with %j stays', (key, value) => {
  expect(redact({ [key]: value })).toEqual({ [key]: value });
});

test('numbers that name a password are concealed, of any size', () => {
  expect(redact({ Password: 20261131, Pwd: JSON.rawJSON('12345678901234567890') })).toEqual({
    Password: '«redacted:password»',
    Pwd: '«redacted:password»',
  });
});

test.each<[string, Json, Json]>([
  [
    'a pair in either order',
    [
      { Key: 'password', Value: 'abc' },
      { CurrentValue: 'abc', ParamName: 'token' },
      { Key: 'a', Value: 'b' },
    ],
    [
      { Key: 'password', Value: '«redacted:password»' },
      { CurrentValue: '«redacted:token»', ParamName: 'token' },
      { Key: 'a', Value: 'b' },
    ],
  ],
  [
    'flattened pairs',
    { 'Env.0.Key': 'DB_PWD', 'Env.0.Value': 'abc', 'Env.1.Key': 'A', 'Env.1.Value': 'b' },
    { 'Env.0.Key': 'DB_PWD', 'Env.0.Value': '«redacted:password»', 'Env.1.Key': 'A', 'Env.1.Value': 'b' },
  ],
  [
    'the answer of an action that hands out credentials',
    {
      eventName: 'AssumeRole',
      responseElements: '{"Id":"AKIDx","Given":["abc"],"Error":{"Message":"no"},"ExpiredTime":1}',
    },
    {
      eventName: 'AssumeRole',
      responseElements:
        '{"Id":"AKIDx","Given":["«redacted:credential»"],"Error":{"Message":"no"},"ExpiredTime":1}',
    },
  ],
  [
    'an answer that does not parse',
    { EventName: 'CreateAccessKey', responseElements: '{"Given":"abc' },
    { EventName: 'CreateAccessKey', responseElements: '«redacted:credential»' },
  ],
  [
    'settings for signing in',
    { LoginSettings: '{"Password":"abc","KeyIds":["skey-0example"]}', Login: { loginSettings: 'abc' } },
    {
      LoginSettings: '{"Password":"«redacted:password»","KeyIds":["skey-0example"]}',
      Login: { loginSettings: '«redacted:credential»' },
    },
  ],
  [
    'the script of a command, and no other content',
    [{ eventName: 'RunCommand', requestParameters: '{"Content":"bHM="}' }, { Content: 'A record' }],
    [
      { eventName: 'RunCommand', requestParameters: '{"Content":"«redacted:command»"}' },
      { Content: 'A record' },
    ],
  ],
  [
    'arguments after a flag',
    ['--password', 'abc', '--user', 'bob'],
    ['--password', '«redacted:password»', '--user', 'bob'],
  ],
  [
    'an authorization with its key id',
    {
      Authorization:
        'TC3-HMAC-SHA256 Credential=AKIDexample0123456789/2026-01-31/cvm/tc3_request, Signature=abc',
    },
    {
      Authorization:
        'TC3-HMAC-SHA256 Credential=AKIDexample0123456789/2026-01-31/cvm/tc3_request, Signature=«redacted:signature»',
    },
  ],
  ['two fields of one name', '{"Password":"abc","Password":true}', '{"Password":true}'],
])('%s', (_, given, expected) => {
  expect(redact(given)).toEqual(expected);
});

test.each([
  ['form', 'a=1&password=x%26y&b=2', 'a=1&password=«redacted:password»&b=2'],
  ['ini', 'user = a\npassword = x y z\nport = 1', 'user = a\npassword = «redacted:password»\nport = 1'],
  ['yaml block', 'token: |\n  abc\n  def\nuser: a', 'token: «redacted:token»\nuser: a'],
  ['command line', 'mysql --password "x y" -u root', 'mysql --password "«redacted:password»" -u root'],
  ['url', 'redis://:p@s/s@10.0.0.1:6379/0', 'redis://:«redacted:password»@10.0.0.1:6379/0'],
  ['cut url', 'see mysql://root:secr', 'see mysql://root:«redacted:password»'],
  ['encoded url', '?a=1&to=https%3A%2F%2Fh%2F%3Ftoken%3Dabc&b=2', '?a=1&to=«redacted:encoded»&b=2'],
  ['header', 'Authorization: Bearer abc', 'Authorization: «redacted:authorization»'],
  ['base64', 'run cGFzc3dvcmQ9YWJjZGVmZ2hpamtsbW5vcA== now', 'run «redacted:base64» now'],
  [
    'cut JSON',
    '{"a":"{\\"token\\":\\"ab\\\\\\"c\\",\\"b\\":1',
    '{"a":"{\\"token\\":\\"«redacted:token»\\",\\"b\\":1',
  ],
  [
    'JSON with broken inner quotes',
    '{"p":"{"token":"abc","b":1}"}',
    '{"p":"{"token":"«redacted:token»","b":1}"}',
  ],
  ['escaped names', '{"Pass\\u0077ord":"abc', '{"Password":"«redacted:password»'],
  ['CSV', '1,"{""token"":""abc"",""b"":1}"', '1,"{""token"":""«redacted:token»"",""b"":1}"'],
  ['JSON', ' {"a": 1.0, "role": 4611686018429146108} ', ' {"a": 1.0, "role": 4611686018429146108} '],
])('%s in text', (_, given, expected) => {
  expect(redactText(given)).toBe(expected);
});

test('the value given is left alone, and the copy is deep', () => {
  const given = { list: [{ token: 'abc' }], kept: JSON.rawJSON('12345678901234567890') };
  const before = stringify(given);
  const copy = redact(given);
  expect(stringify(given)).toBe(before);
  expect(copy).not.toBe(given);
  expect(stringify(copy)).toBe('{"list":[{"token":"«redacted:token»"}],"kept":12345678901234567890}');
});

test('a field named __proto__ is a field like any other', () => {
  expect(redactText('{"__proto__":{"token":"abc"}}')).toBe('{"__proto__":{"token":"«redacted:token»"}}');
});

test('what lies deeper than 64 levels is concealed', () => {
  let deep: Json = { Note: 'abc' };
  for (let level = 0; level < 80; level += 1) deep = level % 2 === 0 ? [deep] : { inner: deep };
  const once = stringify(redact(deep));
  expect(once).toContain('«redacted:depth»');
  expect(once).not.toContain('abc');
  expect(redactText('['.repeat(100_000))).toBe('['.repeat(100_000));
});

test.each([1, 2])('no planted secret survives, and redacting twice changes nothing (seed %i)', (seed) => {
  for (const { record, canary, where } of plantCanaries(RECORD, seed)) {
    const value = redact(record);
    const text = redactText(typeof record === 'string' ? record : stringify(record));
    expect(leaks(typeof value === 'string' ? value : stringify(value), canary), where).toBe(false);
    expect(leaks(text, canary), where).toBe(false);
    expect(redact(value), where).toEqual(value);
    expect(redactText(text), where).toBe(text);
  }
});

test('no planted secret survives in a text that is cut anywhere', () => {
  const planted = plantCanaries({ eventName: 'DescribeInstances' }, 5).filter(
    // Cut before its name comes, such a value looks like any other.
    ({ where }) => !where.includes('value first'),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...planted),
      fc.double({ min: 0, max: 1, noNaN: true }),
      ({ record, canary }, part) => {
        const text = typeof record === 'string' ? record : stringify(record);
        const redacted = redactText(text.slice(0, Math.ceil(part * text.length)));
        expect(leaks(redacted, canary)).toBe(false);
        expect(redactText(redacted)).toBe(redacted);
      },
    ),
    { numRuns: 2000 },
  );
});

/** What scanners stumble over, to be strewn into texts. */
const FRAGMENTS = [
  [
    'password',
    'token=',
    '"token":',
    ':',
    '"',
    '\\"',
    '\\\\\\"',
    "'",
    '{',
    '}',
    '[',
    ']',
    ',',
    ' ',
    '\n',
    '\\n',
  ],
  [
    '&',
    '«redacted:token»',
    '«redacted:',
    '»',
    '-----BEGIN RSA PRIVATE KEY-----',
    '-----END RSA PRIVATE KEY-----',
  ],
  [
    'Bearer abc123def',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc',
    '--password ',
    '://',
    'a:b@c',
    'Key=password',
  ],
  [
    'Value=',
    'cGFzc3dvcmQ9YWJjZGVmZ2hpamtsbW5vcA==',
    '%3D',
    '%22',
    'password%3Dabc',
    'abc',
    '|',
    '\\u003d',
    '\t',
  ],
  [
    'eventName=AssumeRole',
    '"responseElements":',
    '"LoginSettings":',
    "identified by '",
    'Signature=',
    'AKIDx',
  ],
].flat();

test('redacting twice changes nothing, whatever the text', () => {
  const texts = fc.array(fc.oneof(fc.constantFrom(...FRAGMENTS), fc.string({ maxLength: 4 })), {
    maxLength: 14,
  });
  fc.assert(
    fc.property(texts, fc.constantFrom('', '{"a":"', '{"Password":'), (parts, head) => {
      const once = redactText(head + parts.join(''));
      expect(redactText(once)).toBe(once);
    }),
    { numRuns: 5000 },
  );
});

test('JSON stays JSON', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      expect(parseJson(redactText(json)).ok).toBe(true);
    }),
  );
});

const LONG = [
  [
    '"',
    '\\',
    ':',
    '=',
    '-',
    '%25',
    '{"a":',
    '[',
    '\\"',
    'password=',
    'password="',
    '"password":{',
    '"data":{',
  ],
  [
    '"key":"password","value":',
    '"name":',
    '-eyJaaaaaaaa',
    '-----BEGIN RSA PRIVATE KEY-----"',
    '://a:',
    'bearer ',
  ],
  ["identified by '", '--password ', 'token: |\n  ', 'password=a,b', 'cGFzc3dv', '\\u003d', 'eventName"""'],
].flat();

test.each(LONG)('a long text of %j takes time in proportion to its length', (unit) => {
  const time = (length: number): number => {
    const text = unit.repeat(length / unit.length);
    const start = performance.now();
    redactText(text);
    redactText(`{"x":"${text}`);
    return performance.now() - start;
  };
  time(10_000);
  // Ten times the length; a quadratic scan would take a hundred times as long.
  expect(time(500_000)).toBeLessThan(40 * Math.max(5, time(50_000)));
});
