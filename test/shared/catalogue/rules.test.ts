import { describe, expect, test } from 'vitest';
import { rule as ruleSchema } from '../../../shared/api/rules.ts';
import { SENSITIVE } from '../../../shared/catalogue/sensitive.ts';
import { classifier } from '../../../shared/classify/classify.ts';
import { readRuleQuery } from '../../../shared/classify/rule-query.ts';
import type { EventSummary } from '../../../shared/event/event.ts';
import * as v from 'valibot';

function event(product: string, name: string, changes: Partial<EventSummary> = {}): EventSummary {
  return {
    id: 'k3vq7x2m5ajc4tznbw6ey2hd7u',
    seq: 1,
    account: '1250000001',
    time: '2026-11-22T06:00:00Z',
    requestId: '6b0f1f0e-0000-4000-8000-000000000001',
    operator: { type: 'user', id: '100000000011', name: 'mei' },
    product,
    event: name,
    action: /^(?:Describe|Get|List|Query|Download)/.test(name) ? 'read' : 'write',
    via: 'console',
    region: '',
    resources: [],
    ip: '203.0.113.5',
    network: 'unknown',
    agent: '',
    outcome: 'ok',
    is: [],
    sources: [{ source: 'api', received: '2026-11-22T07:00:00Z' }],
    tags: [],
    ...changes,
  };
}

function reasons(which: 'on' | 'all', summary: EventSummary): string[] {
  const rules = SENSITIVE.filter(({ on }) => on || which === 'all').map(({ id, query }) => {
    const read = readRuleQuery(query);
    if (!read.ok) throw new Error(`${id}: ${read.error.message}`);
    return { id, query: read.query };
  });
  const { classify } = classifier({ version: 1, rules, networks: [] });
  return classify({ summary, request: null, response: null }).sensitive ?? [];
}

test.each(SENSITIVE)('$id can be read, and is shown as rules are', (rule) => {
  expect(readRuleQuery(rule.query)).toMatchObject({ ok: true });
  expect(rule.id).toMatch(/^std\.[a-z-]+$/);
  expect(rule.name.zh).toMatch(/[\u4e00-\u9fff]/);
  expect(v.is(ruleSchema, { ...rule, shipped: true })).toBe(true);
});

test('no two rules share an id or a query', () => {
  expect(new Set(SENSITIVE.map(({ id }) => id)).size).toBe(SENSITIVE.length);
  expect(new Set(SENSITIVE.map(({ query }) => query)).size).toBe(SENSITIVE.length);
});

interface Theme {
  theme: string;
  /** Names by product. */
  calls: { readonly [product: string]: string };
  changes?: Partial<EventSummary>;
}

/** What those who detect attacks on clouds look for, and the calls of Tencent Cloud that do it. */
const THEMES: readonly Theme[] = [
  {
    theme: 'logging switched off or narrowed',
    calls: {
      cloudaudit:
        'StopLogging UpdateAudit DeleteAuditTrack ModifyAuditTrack ModifyEventsAuditTrack DeleteAudit',
    },
  },
  { theme: 'root used', calls: { cvm: 'StopInstances', account: 'ConsoleLogin' }, changes: { is: ['root'] } },
  { theme: 'root key', calls: { cam: 'CreateAccessKey CreateApiKey' }, changes: { is: ['root'] } },
  {
    theme: 'key shown in clear',
    calls: { account: 'QueryKeyBySecretId', cam: 'GetProjectKey CreateApiKey' },
  },
  {
    theme: 'sign-in failed',
    calls: { account: 'ConsoleLogin', cam: 'ConsoleLogin' },
    changes: { outcome: 'failed' },
  },
  {
    theme: 'protection lowered',
    calls: { cam: 'SetMfaFlag SetSafeAuthFlag UnbindStoken', account: 'SetOffsiteLoginFlag UnbindToken' },
  },
  {
    theme: 'new keys, users, console access',
    calls: {
      cam: 'AddUser CreateAccessKey UpdateAccessKey AddSubAccount AddSubAccountCheckingMFA AddConsoleUser CreateApiKey CreateCollApiKey EnableCollApiKey CreateSubAccounts',
    },
  },
  {
    theme: 'keys and users gone',
    calls: {
      cam: 'DeleteApiKey DeleteCollApiKey DeleteProjectKey DeleteSubAccount DisableApiKey DisableCollApiKey',
    },
  },
  {
    theme: 'admin rights granted',
    calls: {
      cam: 'AttachUserPolicy AttachRolePolicy AttachGroupPolicy AttachUserPolicies AttachUsersPolicy AttachRolePolicies AttachGroupsPolicy CreatePolicyVersion SetDefaultPolicyVersion UpdatePolicy DeleteUserPermissionsBoundary PutUserPermissionsBoundary',
    },
  },
  {
    theme: 'trust changed',
    calls: {
      cam: 'CreateRole CreateRoleByConsole UpdateAssumeRolePolicy CreateSAMLProvider UpdateSAMLProvider DeleteSAMLProvider CreateOIDCConfig UpdateOIDCConfig DeleteOIDCConfig CreateUserSAMLConfig UpdateUserSAMLConfig',
    },
  },
  {
    theme: 'sign-in network loosened',
    calls: { cam: 'CreateSubAccountLoginIpPolicy CreateSubAccountBindPolicy CreateAssistApprover' },
  },
  {
    theme: 'organization membership',
    calls: { organization: 'QuitOrganization DeleteOrganizationMembers DisablePolicyType DetachPolicy' },
  },
  {
    theme: 'firewall opened',
    calls: {
      vpc: 'CreateSecurityGroupPolicies ModifySecurityGroupPolicies ReplaceSecurityGroupPolicies',
      cvm: 'ModifySecurityGroupPolicys',
      lighthouse: 'CreateFirewallRules ModifyFirewallRules',
    },
  },
  {
    theme: 'ACL, route, gateway, VPC',
    calls: {
      vpc: 'ModifyNetworkAclEntries ReplaceRoutes CreateRoutes DeleteRoutes DeleteRouteTable CreateNatGateway DeleteVpc CreateVpcPeeringConnection DeleteVpcPeeringConnection AttachCcnInstances CreateRoute DeleteRoute ModifyRoute AssociateRouteTable',
    },
  },
  { theme: 'flow logs and mirroring', calls: { vpc: 'DeleteFlowLog DisableFlowLogs CreateTrafficMirror' } },
  {
    theme: 'bucket public',
    calls: { cos: 'PutBucketACL PutBucketPolicy DeleteBucketPolicy PutBucketWebsite PutBucketCORS' },
  },
  {
    theme: 'bucket destroyed or its safety off',
    calls: {
      cos: 'DeleteBucket PutBucketVersioning DeleteBucketEncryption DeleteBucketReplication PutBucketLifecycle PutBucketLogging',
    },
  },
  {
    theme: 'keys and secrets',
    calls: { kms: 'ScheduleKeyDeletion DisableKey DisableKeys ImportKeyMaterial', ssm: 'DeleteSecret' },
  },
  {
    theme: 'database exposed',
    calls: {
      cdb: 'OpenWanService ModifyDBInstanceSecurityGroups',
      postgres: 'OpenDBExtranetAccess',
      redis: 'AllocateWanAddress',
      cynosdb: 'OpenWan',
    },
  },
  {
    theme: 'database destroyed, password changed',
    calls: {
      cdb: 'IsolateDBInstance OfflineIsolatedInstances DeleteBackup ModifyAccountPassword ModifyAccountPrivileges',
      redis: 'ClearInstance DestroyPostpaidInstance',
      postgres: 'DestroyDBInstance ResetAccountPassword ModifyDBInstanceDeletionProtection',
      mongodb: 'IsolateDBInstance TerminateDBInstances',
      cynosdb: 'IsolateCluster OfflineCluster',
    },
  },
  {
    theme: 'compute destroyed or taken over',
    calls: {
      cvm: 'TerminateInstances ResetInstance ResetInstancesPassword AssociateInstancesKeyPairs DescribeInstanceVncUrl EnterRescueMode StopInstances ApplySnapshot DeleteSnapshot DetachCbsStorages',
      cbs: 'TerminateDisks DeleteSnapshots ApplySnapshot DetachDisks DeleteAutoSnapshotPolicies',
    },
  },
  {
    theme: 'data leaves by sharing',
    calls: {
      cvm: 'ModifyImageSharePermission ExportImages SyncImages',
      cbs: 'ModifySnapshotsSharePermission',
    },
  },
  { theme: 'remote command', calls: { tat: 'RunCommand InvokeCommand CreateRegisterCode' } },
  {
    theme: 'function code or trigger',
    calls: { scf: 'UpdateFunctionCode UpdateFunctionConfiguration CreateTrigger PublishLayerVersion' },
  },
  {
    theme: 'cluster',
    calls: {
      tke: 'DescribeClusterKubeconfig AcquireClusterAdminRole CreateClusterEndpoint DeleteCluster DisableClusterAudit DisableClusterDeletionProtection',
    },
  },
  {
    theme: 'security tooling weakened',
    calls: {
      config: 'CloseConfigRecorder DeleteConfigRule',
      waf: 'DeleteHost ModifyHostMode SwitchDomainRules',
      cfw: 'ModifyAllPublicIPSwitchStatus RemoveAclRule',
      cls: 'DeleteTopic DeleteAlarm',
      monitor: 'DeleteAlarmPolicy',
      cdb: 'CloseAuditService',
    },
  },
  {
    theme: 'domain, DNS, certificate',
    calls: {
      domain: 'TransferInDomainBatch ModifyDomainDNSBatch ModifyDomainOwnerBatch',
      dnspod: 'DeleteDomain ModifyDomainOwner',
      ssl: 'DownloadCertificate DeleteCertificate RevokeCertificate',
    },
  },
  {
    theme: 'money',
    calls: {
      billing: 'PayDeals RefundInstance RenewInstance SetRenewal',
      cvm: 'RenewInstances ModifyInstancesChargeType ModifyInstancesRenewFlag',
      vpc: 'RenewAddresses',
      asr: 'SetPayMode',
    },
  },
  {
    theme: 'what Tencent Cloud itself calls sensitive',
    calls: {
      account:
        'ApplyAccountDeactivation BindAccountByTicket BindMailAccount BindMpAccount BindQQOpenIdAccount BindWechatAccount BindWechatV2 ModifyMail ModifyMailPassword ModifyPhoneNum SetOffsiteLoginFlag UnbindRegisterAccountWithMFA',
      cam: 'BindToken DescribeUserAnalysisReport DisableProjectKey EnableApiKey EnableProjectKey ListAllGroupsPolicies ModifySubContactEmailWithVerifyCode ModifySubContactPhoneWithVerifyCode UnbindContactInfo',
      cvm: 'RebootInstances ResetInstancesType ModifyInstancesVpcAttribute CreateImage DeleteImages',
      cdn: 'DeleteCdnDomain StopCdnDomain',
    },
  },
];

describe.each(THEMES)('$theme', ({ calls, changes = {} }) => {
  const names = Object.entries(calls).flatMap(([product, all]) =>
    all.split(' ').map((name) => [product, name] as const),
  );
  test.each(names)('%s:%s is sensitive', (product, name) => {
    expect(reasons('on', event(product, name, changes))).not.toEqual([]);
  });
});

/** Everyday work in many companies: there to be switched on. */
test.each([
  ['sts', 'AssumeRole'],
  ['sts', 'AssumeRoleWithSAML'],
  ['sts', 'AssumeRoleWithWebIdentity'],
  ['sts', 'GetFederationToken'],
  ['ssm', 'GetSecretValue'],
  ['cbs', 'CreateSnapshot'],
  ['cvm', 'RunInstances'],
  ['cvm', 'AllocateHosts'],
  ['cbs', 'CreateDisks'],
  ['cvm', 'CreateCbsStorages'],
  ['cdb', 'CreateDBInstance'],
  ['cdb', 'CreateDBInstanceHour'],
  ['redis', 'CreateInstances'],
  ['postgres', 'CreateInstances'],
  ['lighthouse', 'CreateInstances'],
  ['vpc', 'AllocateAddresses'],
])('%s:%s has a rule that is off', (product, name) => {
  const summary = event(product, name);
  expect(reasons('on', summary)).toEqual([]);
  expect(reasons('all', summary)).not.toEqual([]);
});

test.each([
  ['cvm', 'DescribeInstances', {}],
  ['cam', 'GetUser', {}],
  ['organization', 'DescribeOrganization', {}],
  ['account', 'ConsoleLogin', { is: ['login'] }],
  ['cvm', 'DescribeInstances', { is: ['root'] }],
  ['ckafka', 'DeleteTopic', {}],
] satisfies [string, string, Partial<EventSummary>][])(
  '%s:%s %j is not sensitive',
  (product, name, changes) => {
    expect(reasons('on', event(product, name, changes))).toEqual([]);
  },
);

test('a sign-in from outside is sensitive', () => {
  const { classify } = classifier({
    version: 1,
    rules: SENSITIVE.flatMap(({ id, query }) => {
      const read = readRuleQuery(query);
      return read.ok && id === 'std.sign-in-outside' ? [{ id, query: read.query }] : [];
    }),
    networks: [
      {
        id: 'office',
        name: 'Office',
        cidrs: [{ bytes: [198, 51, 100, 0], prefix: 24, text: '198.51.100.0/24' }],
      },
    ],
  });
  const summary = event('account', 'ConsoleLogin', { is: ['login'] });
  expect(classify({ summary, request: null, response: null }).sensitive).toEqual(['std.sign-in-outside']);
});
