import { expect, test } from 'vitest';
import { denialOf, type Missing } from '../../../shared/catalogue/permission.ts';
import type { EventError } from '../../../shared/event/event.ts';

function denied(error: Partial<EventError>, call = { product: 'cvm', event: 'RunInstances' }) {
  return denialOf(call, { code: 'UnauthorizedOperation', message: '', ...error });
}

const MESSAGE =
  '[request id:6b0f1f0e-0000-4000-8000-000000000001]you are not authorized to perform operation';

test.each<[string, string, Missing[]]>([
  ['one right on everything', '(sms:SendSms)\nresource (*) has no permission', [need('sms:SendSms', '*')]],
  [
    'a resource with colons',
    '(cvm:StopInstances)\nresource (qcs::cvm:ap-guangzhou:uin/100000000001:instance/ins-0a1b2c3d) has no permission',
    [need('cvm:StopInstances', 'qcs::cvm:ap-guangzhou:uin/100000000001:instance/ins-0a1b2c3d')],
  ],
  [
    'quoted names',
    '(`cvm:StopInstances`)\r\nresource (`qcs::cvm:::instance/ins-0a1b2c3d`) has no permission',
    [need('cvm:StopInstances', 'qcs::cvm:::instance/ins-0a1b2c3d')],
  ],
  [
    'a line break that was escaped',
    String.raw`(tcb:DescribeEnvs)\nresource (qcs::tcb:ap-shanghai::env/e1) has no permission`,
    [need('tcb:DescribeEnvs', 'qcs::tcb:ap-shanghai::env/e1')],
  ],
  [
    'what was escaped twice',
    String.raw`(\"cvm:StopInstances\")\\nresource (\"*\") has no permission`,
    [need('cvm:StopInstances', '*')],
  ],
  [
    'full-width brackets',
    '（cvm：StopInstances）resource （*） has no permission',
    [need('cvm:StopInstances', '*')],
  ],
  [
    'several resources in one bracket',
    '(cvm:StopInstances) resource (qcs::cvm:::instance/ins-1,qcs::cvm:::instance/ins-2) has no permission',
    [need('cvm:StopInstances', 'qcs::cvm:::instance/ins-1', 'qcs::cvm:::instance/ins-2')],
  ],
  [
    'several resources in several brackets',
    '(cvm:StopInstances) resource (qcs::cvm:::instance/ins-1), (qcs::cvm:::instance/ins-2) have no permission',
    [need('cvm:StopInstances', 'qcs::cvm:::instance/ins-1', 'qcs::cvm:::instance/ins-2')],
  ],
  [
    'a resource with brackets and a blank',
    '(cos:GetObject) resource (qcs::cos::uid/125:b-125/report (1).txt) has no permission',
    [need('cos:GetObject', 'qcs::cos::uid/125:b-125/report (1).txt')],
  ],
  [
    'several rights',
    '(cvm:RunInstances)\nresource (*) has no permission; operation (finance:trade)\nresource (*) has no permission',
    [need('cvm:RunInstances', '*'), need('finance:trade', '*')],
  ],
  ['a right without a resource', '(cvm:StopInstances), please contact', [need('cvm:StopInstances', '*')]],
  [
    'a resource that no policy can name',
    '(cvm:StopInstances) resource (ins-0a1b2c3d) has no permission',
    [need('cvm:StopInstances', '*')],
  ],
])('a message with %s says what is missing', (_, rest, missing) => {
  expect(denied({ message: `${MESSAGE} ${rest}` })).toEqual({
    about: 'permission',
    missing,
    suggestion: {
      version: '2.0',
      statement: missing.map(({ action, resources }) => ({
        effect: 'allow',
        action: [action],
        resource: resources,
      })),
    },
  });
});

function need(action: string, ...resources: string[]): Missing {
  return { action, resources };
}

test('what the message names counts, not the call', () => {
  const call = { product: 'cbs', event: 'AttachDisks' };
  expect(
    denied({ message: `${MESSAGE} (cvm:AttachDisks)\nresource (*) has no permission` }, call),
  ).toMatchObject({
    missing: [{ action: 'cvm:AttachDisks' }],
  });
});

test.each([
  [{ product: 'cvm', event: 'StopInstances' }, 'cvm:StopInstances'],
  [{ product: 'cbs', event: 'AttachDisks' }, 'cvm:AttachDisks'],
  [{ product: 'vpc', event: 'CreateSecurityGroupWithPolicies' }, 'cvm:CreateSecurityGroup'],
])('without a message the right is guessed from the call %o', (call, action) => {
  expect(denied({ code: '4102', message: 'resource not authorised' }, call)).toMatchObject({
    about: 'permission',
    missing: [{ action, resources: ['*'] }],
    guessed: true,
    suggestion: { statement: [{ effect: 'allow', action: [action], resource: ['*'] }] },
  });
});

test.each([
  'AuthFailure.SignatureFailure',
  'AuthFailure.SignatureExpire',
  'AuthFailure.SecretIdNotFound',
  'AuthFailure.TokenFailure',
  'AuthFailure.InvalidSecretId',
  'AuthFailure.MFAFailure',
  'AuthFailure.InvalidAuthorization',
  'AuthFailure',
  '4100',
  '4104',
  '4106',
])('%s is about who called, and no policy is suggested', (code) => {
  expect(denied({ code, message: 'no' })).toEqual({ about: 'identity' });
});

test.each(['AuthFailure.UnauthorizedOperation', 'UnauthorizedOperation.CamNoAuth', 'AccessDenied', '4101'])(
  '%s is about a right',
  (code) => {
    expect(denied({ code, message: 'no' })).toMatchObject({ about: 'permission', guessed: true });
  },
);

test('a number that is not known is told by its message', () => {
  expect(denied({ code: '9001', message: 'the token has expired' })).toEqual({ about: 'identity' });
});

test.each([
  ['a quota', { code: '4400' }, { product: 'cvm', event: 'StopInstances' }],
  ['a block above all policies', { message: 'system policy not verify' }, { product: 'cvm', event: 'X' }],
  ['a call without a product', {}, { product: '', event: 'StopInstances' }],
  ['a name that no policy can hold', {}, { product: 'cvm', event: '停止 *' }],
])('%s gets no suggestion', (_, error, call) => {
  expect(denied(error, call)).toEqual({ about: 'other' });
});

test('text that anybody may have written suggests no right with a star', () => {
  expect(denied({ message: `${MESSAGE} (cam:*)\nresource (*) has no permission` })).toMatchObject({
    missing: [{ action: 'cvm:RunInstances' }],
    guessed: true,
  });
});

test('a long message of brackets is read in time that grows with its length only', () => {
  const message = `${MESSAGE} (cvm:StopInstances) resource ${'('.repeat(2000)}`;
  const brackets = denied({ message: `${message}${'a)'.repeat(2000)}` });
  expect(brackets).toMatchObject({ about: 'permission', missing: [{ resources: ['*'] }] });
});

test('a message of nothing but separators or backslashes is read in no time', () => {
  const start = 'operation (cvm:StopInstances) resource (';
  const messages = [',', '|,;', '\\'].map(
    (piece) => start + piece.repeat(2_000 / piece.length) + ') has no permission',
  );
  for (let times = 0; times < 400; times += 1) {
    for (const message of messages) {
      expect(denied({ message })).toMatchObject({ missing: [need('cvm:StopInstances', '*')] });
    }
  }
});
