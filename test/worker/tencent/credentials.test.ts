import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { credentialsFrom, type CredentialEnv } from '../../../worker/tencent/credentials.ts';
import { KEY, TEMPORARY } from './keys.ts';

const FIRST: CredentialEnv = { TENCENT_SECRET_ID: KEY.secretId, TENCENT_SECRET_KEY: KEY.secretKey };
const OTHER = { secretId: 'AKIDother0example', secretKey: 'other0secret0example' };

function accounts(value: unknown): CredentialEnv {
  return { TENCENT_ACCOUNTS: JSON.stringify(value) };
}

function problemOf(env: CredentialEnv): string | undefined {
  const read = credentialsFrom(env);
  return read.ok ? undefined : read.problem;
}

test('without keys there is nothing to follow, and that is fine', () => {
  expect(credentialsFrom({})).toEqual({ ok: true, keys: [] });
  expect(credentialsFrom({ TENCENT_SECRET_ID: '', TENCENT_SECRET_KEY: '', TENCENT_ACCOUNTS: ' ' })).toEqual({
    ok: true,
    keys: [],
  });
});

test('a key alone is asked in Guangzhou', () => {
  expect(credentialsFrom(FIRST)).toEqual({
    ok: true,
    keys: [{ ...KEY, region: 'ap-guangzhou', buckets: [] }],
  });
});

test('everything that can be set is read, and white space around it is not', () => {
  const env: CredentialEnv = {
    TENCENT_SECRET_ID: ` ${KEY.secretId}\n`,
    TENCENT_SECRET_KEY: KEY.secretKey,
    TENCENT_TOKEN: TEMPORARY.token ?? '',
    TENCENT_REGION: 'ap-hongkong',
    TENCENT_ENDPOINT: 'https://cloudaudit.intl.tencentcloudapi.com/',
    TENCENT_BUCKETS: 'audit-1250000000/ap-guangzhou/cloudaudit/v1, plain-1250000000/eu-frankfurt',
  };
  expect(credentialsFrom(env)).toEqual({
    ok: true,
    keys: [
      {
        ...TEMPORARY,
        region: 'ap-hongkong',
        endpoint: 'https://cloudaudit.intl.tencentcloudapi.com',
        buckets: [
          { bucket: 'audit-1250000000', region: 'ap-guangzhou', prefix: 'cloudaudit/v1' },
          { bucket: 'plain-1250000000', region: 'eu-frankfurt', prefix: '' },
        ],
      },
    ],
  });
});

test('more accounts come after the first', () => {
  const env = { ...FIRST, ...accounts([{ ...OTHER, buckets: 'b-1250000000/ap-seoul/x' }]) };
  expect(credentialsFrom(env)).toMatchObject({
    ok: true,
    keys: [
      KEY,
      {
        ...OTHER,
        region: 'ap-guangzhou',
        buckets: [{ bucket: 'b-1250000000', region: 'ap-seoul', prefix: 'x' }],
      },
    ],
  });
});

test.each<[string, CredentialEnv, string]>([
  ['an id without its key', { TENCENT_SECRET_ID: KEY.secretId }, 'TENCENT_SECRET_KEY is not set'],
  ['a key without its id', { TENCENT_SECRET_KEY: KEY.secretKey }, 'TENCENT_SECRET_ID is not set'],
  [
    'a key with a line break in it',
    { ...FIRST, TENCENT_SECRET_KEY: 'one\ntwo' },
    'TENCENT_SECRET_KEY has characters that no key has',
  ],
  [
    'no region',
    { ...FIRST, TENCENT_REGION: 'Guangzhou' },
    'TENCENT_REGION is no region such as ap-guangzhou',
  ],
  [
    'no bucket',
    { ...FIRST, TENCENT_BUCKETS: 'audit/ap-seoul' },
    'TENCENT_BUCKETS: item 1 has no bucket-appid',
  ],
  [
    'a bucket without its region',
    { ...FIRST, TENCENT_BUCKETS: 'a-1250000000/ap-seoul,b-1250000000' },
    'TENCENT_BUCKETS: item 2 has no region after the bucket',
  ],
  ['no JSON', { TENCENT_ACCOUNTS: `[{"secretId":"${KEY.secretId}"` }, 'TENCENT_ACCOUNTS is not valid JSON'],
  ['no list', accounts({ ...OTHER }), 'TENCENT_ACCOUNTS is no list'],
  ['an entry that is no object', accounts([OTHER, KEY.secretKey]), 'TENCENT_ACCOUNTS[1] is no object'],
  ['an entry without its key', accounts([{ secretId: 'x' }]), 'TENCENT_ACCOUNTS[0].secretKey is not set'],
  ['a number for a key', accounts([{ ...OTHER, secretKey: 7 }]), 'TENCENT_ACCOUNTS[0].secretKey is no text'],
  [
    'a field that there is not',
    accounts([{ ...OTHER, [KEY.secretKey]: '' }]),
    'TENCENT_ACCOUNTS[0] has a field that is none of secretId, secretKey, token, region, endpoint, buckets',
  ],
  ['the same key twice', { ...FIRST, ...accounts([KEY]) }, 'the same secret id is given twice'],
])('%s is said by its place', (_, env, problem) => {
  expect(problemOf(env)).toBe(problem);
});

test.each([
  ['http://127.0.0.1:8080', '1', true],
  ['http://127.0.0.1:8080', undefined, false],
  ['http://127.0.0.1', '1', false],
  ['http://127.0.0.1.example.com:80', '1', false],
  ['http://localhost:8080', '1', false],
  ['http://audit.example.com:8080', '1', false],
  ['https://audit.example.com', undefined, true],
  ['https://audit.example.com:8443', undefined, true],
  ['https://user:pass@audit.example.com', '1', false],
  ['https://audit.example.com/path', undefined, false],
  ['https://audit.example.com?x=1', undefined, false],
  ['audit.example.com', undefined, false],
])('the endpoint %s with SIDETRAIL_LOCAL=%s: taken %s', (endpoint, local, taken) => {
  const env = {
    ...FIRST,
    TENCENT_ENDPOINT: endpoint,
    ...(local !== undefined && { SIDETRAIL_LOCAL: local }),
  };
  expect(credentialsFrom(env).ok).toBe(taken);
});

test('a problem holds no part of any value, whatever is wrong', () => {
  const value = fc.oneof(fc.string({ minLength: 12 }), fc.json(), fc.constant(KEY.secretKey));
  const variable = fc.constantFrom(
    'TENCENT_SECRET_ID',
    'TENCENT_SECRET_KEY',
    'TENCENT_TOKEN',
    'TENCENT_REGION',
    'TENCENT_ENDPOINT',
    'TENCENT_BUCKETS',
    'TENCENT_ACCOUNTS',
  );
  fc.assert(
    fc.property(fc.dictionary(variable, value), (env) => {
      const problem = problemOf(env) ?? '';
      const values = Object.values(env).map((given) => given.trim());
      expect(values.filter((given) => given.length >= 12 && problem.includes(given))).toEqual([]);
    }),
  );
});
