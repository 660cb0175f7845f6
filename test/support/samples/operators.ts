import { ACCOUNT, record, user, type Sample } from './sample.ts';

const SESSION = {
  token: 'hunter2-mEIIiWX6AfO3vMvXl2Ka0d9FZx',
  ua: '',
  userIp: '198.51.100.7',
  uin: 100012345678,
  ownerUin: 100004811620,
  appId: 1300000042,
  expireTime: '2025-02-20 02:05:13',
  mfa: 1,
  mfaExpireTime: '0000-00-00 00:00:00',
};

/** Role ids are past 2^53, and stand unquoted in sessions. */
const ROLE = '4611686018429146108';

function roleSession(extra: object): string {
  const session = { ...SESSION, mfa: 0, uin: 0, extraInfo: JSON.stringify(extra) };
  return JSON.stringify(session).replace('"uin":0', `"uin":${ROLE}`);
}

/** Who acted, and from where. */
export const OPERATOR_SAMPLES: Sample[] = [
  {
    name: 'a sub-user with an access key',
    record: record({}),
    title: '关机',
    location: '中国 广东省 深圳市 电信',
    expected: {
      account: ACCOUNT,
      time: '2025-02-19T16:05:56Z',
      requestId: '3f0c9a51-7e0d-4c54-9a55-0d6f1b7e2c11',
      operator: {
        type: 'user',
        id: '100012345678',
        name: 'lin-yue',
        key: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE',
      },
      product: 'cvm',
      event: 'StopInstances',
      title: { zh: '关机' },
      action: 'write',
      via: 'api',
      region: 'ap-guangzhou',
      resources: [{ type: 'instance', id: 'ins-8kq2m1zd' }],
      ip: '203.0.113.24',
      network: 'unknown',
      place: '中国 广东省 深圳市 电信',
      agent: 'SDK_GO_1.0.594',
      outcome: 'ok',
      is: [],
      tags: [],
    },
  },
  {
    name: 'the root account in the console, with MFA and a sensitive operation',
    record: record({
      userIdentity: user({
        principalId: ACCOUNT,
        type: 'Root',
        userName: 'root',
        secretId: '',
        sessionContext: JSON.stringify(SESSION),
      }),
      eventType: 'ConsoleCall',
      sensitiveAction: '1',
      resourceType: 'cloudaudit',
      eventName: 'CreateAuditTrack',
      requestParameters: '{"Name": "all-writes", "ActionType": "Write"}',
      responseElements: '{"TrackId": 18}',
    }),
    expected: {
      operator: { type: 'root', id: ACCOUNT, name: 'root', mfa: true },
      via: 'console',
      product: 'cloudaudit',
      is: ['sensitive', 'root'],
    },
  },
  {
    name: 'a role of which only the caller says who used it',
    record: record({
      userIdentity: user({
        principalId: ROLE,
        type: 'AssumedRole',
        userName: 'roleUser',
        roleSessionName: 'chen.wei',
        sessionContext: '{"token": "hunter2-mEIIiWX6AfO3vMvXl2Ka0d9FZx"}',
      }),
      requestID: '5f8f6ff4-8c55-4d43-a0f6-6b6f21f3a201',
    }),
    expected: {
      operator: { type: 'role', id: ROLE, name: 'roleUser', key: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE' },
      person: { name: 'chen.wei', status: 'claimed' },
    },
  },
  {
    name: 'a role whose session names the sub-user who assumed it',
    record: record({
      userIdentity: user({
        principalId: ROLE,
        type: 'AssumedRole',
        userName: 'ops-deploy',
        secretId: '',
        sessionContext: roleSession({ assumerUin: 100012345678, roleSessionName: 'lin-yue', roleType: 2 }),
      }),
      requestID: '63c0ae0e-9b2c-4a44-8d33-1a6cbb7a1a77',
    }),
    expected: {
      operator: { type: 'role', id: ROLE, name: 'ops-deploy', mfa: false },
      person: { id: '100012345678', name: 'lin-yue', status: 'exact' },
    },
  },
  {
    name: 'a role session of an identity provider',
    record: record({
      userIdentity: user({
        principalId: ROLE,
        type: 'AssumedRole',
        userName: 'sso-admin',
        secretId: '',
        sessionContext: roleSession({ roleSessionName: 'zhao@corp.example', samlProvider: 'corp-idp' }),
      }),
      requestID: '0b3c3f1e-77a4-4d3a-93f5-2a3f0f6e9d02',
    }),
    expected: {
      operator: { type: 'federated', id: ROLE, name: 'sso-admin', mfa: false },
      person: { name: 'zhao@corp.example', status: 'claimed' },
    },
  },
  {
    name: 'a service on behalf of a user, from an address inside the vendor',
    record: record({
      userIdentity: user({
        principalId: ROLE,
        type: 'TencentCloudService',
        userName: 'ES_QCSLinkedRoleInBeatsCollector',
        secretId: '',
        roleSessionName: 'es',
        sessionContext: roleSession({
          assumerUin: 100000000917,
          roleSessionName: 'es',
          userUin: 100012345678,
        }),
      }),
      requestID: 'd0d2a8a1-2f5f-4a07-8f2e-8d1c5a1f6b03',
      actionType: 'Read',
      sourceIPAddress: '9.83.55.32',
      eventName: 'DescribeAutomationAgentStatus',
      resourceType: 'tat',
      resourceName: 'instance/*',
    }),
    expected: {
      operator: { type: 'service', id: ROLE, name: 'ES_QCSLinkedRoleInBeatsCollector', mfa: false },
      person: { id: '100012345678', name: 'es', status: 'exact' },
      via: 'service',
      network: 'service',
      ip: '198.51.100.7',
      action: 'read',
      resources: [{ type: 'instance', id: 'ins-8kq2m1zd' }],
    },
  },
  {
    name: 'a sign-in to the console',
    record: record({
      userIdentity: user({ secretId: '' }),
      requestID: 'a1c9d3f2-0d19-45d8-8d5b-6b1f3f9f0c55',
      eventType: 'ConsoleCall',
      resourceType: 'account',
      eventName: 'ConsoleLogin',
      requestParameters: '',
    }),
    title: '登录',
    expected: { event: 'ConsoleLogin', title: { zh: '登录' }, is: ['login'], via: 'console', resources: [] },
  },
  {
    name: 'a sign-in through an identity provider',
    record: record({
      requestID: 'bb6a6ad8-1f4a-46f6-a7d4-5f2f2ec5a0c6',
      eventName: 'AssumeRoleWithSAML',
      eventSource: 'sts.tencentcloudapi.com',
      resourceType: 'sts',
      requestParameters: '{"RoleSessionName": "zhao@corp.example"}',
    }),
    expected: { product: 'sts', is: ['login'] },
  },
  {
    name: 'an operation of the platform, not of a tenant',
    record: record({ requestID: 'cc1f7b1c-8c02-4a39-8a5c-3b0f2b9d7d08', eventPlatform: 1 }),
    expected: { via: 'service' },
  },
  {
    name: 'an address mapped into IPv6, beside an empty one',
    record: record({
      requestID: 'e7f1de7b-3d53-4b67-8e6b-0c5a7c6d9e09',
      sourceIPAddress: '',
      cliIp: '::ffff:198.51.100.20',
    }),
    expected: { ip: '198.51.100.20' },
  },
  {
    name: 'numbers for ids, a local time, a session as object and a request that is not JSON',
    record: record({
      userIdentity: {
        principalId: 100004811620,
        accountId: 100004811620,
        secretId: '',
        type: 'Root',
        userName: 'root',
        sessionContext: { mfa: '0', userIp: '172.16.0.9' },
      },
      requestID: '1553_1553056587.4172_v2',
      eventTime: '2019-03-20 12:36:27',
      errorCode: 0,
      errorMessage: '',
      apiErrorCode: 0,
      eventName: 'LookupEvents',
      resourceType: 'cloudaudit',
      actionType: 'Read',
      sourceIPAddress: '10.0.3.8',
      requestParameters: '{"LookupAttributes":"[{"key":"x"}]"}',
    }),
    expected: {
      account: ACCOUNT,
      time: '2019-03-20T04:36:27Z',
      operator: { type: 'root', id: ACCOUNT, name: 'root', mfa: false },
      outcome: 'ok',
      ip: '10.0.3.8',
      resources: [],
    },
  },
];
