import * as v from 'valibot';
import { expect, test } from 'vitest';
import { alarm } from '../../../shared/api/alarms.ts';
import { ALARM_POLICIES, SYSTEM_ALARMS } from '../../../shared/catalogue/alarm-policies.ts';
import { matches } from '../../../shared/query/matches.ts';
import { readStoredQuery } from '../../../shared/query/stored.ts';
import { parseRecord } from '../../../shared/event/parse.ts';
import { record } from '../../support/record.ts';

test.each(ALARM_POLICIES.map((policy) => [policy.id, policy] as const))('%s is a policy', (id, policy) => {
  expect(v.is(alarm, policy)).toBe(true);
  expect(readStoredQuery(policy.q, 'an alarm policy').ok).toBe(true);
  expect(id.startsWith('sys.')).toBe(policy.condition.kind === 'system');
  // Only what is wrong with Sidetrail itself is told unasked.
  expect(policy.on).toBe(policy.condition.kind === 'system');
});

test('ids and names are told apart', () => {
  for (const key of ['en', 'zh'] as const) {
    expect(new Set(ALARM_POLICIES.map(({ name }) => name[key])).size).toBe(ALARM_POLICIES.length);
  }
  expect(new Set(ALARM_POLICIES.map(({ id }) => id)).size).toBe(ALARM_POLICIES.length);
  expect(Object.keys(SYSTEM_ALARMS)).toHaveLength(5);
});

test.each([
  ['StopLogging', 'cloudaudit'],
  ['DeleteAudit', 'cloudaudit'],
  ['QueryKeyBySecretId', 'account'],
  ['AddSubAccountCheckingMFA', 'cam'],
  ['AddConsoleUser', 'cam'],
  ['CreateCollApiKey', 'cam'],
  ['EnableCollApiKey', 'cam'],
  ['DeleteCollApiKey', 'cam'],
  ['CreateRoleByConsole', 'cam'],
  ['AttachUsersPolicy', 'cam'],
  ['SetSafeAuthFlag', 'cam'],
  ['UnbindStoken', 'cam'],
  ['SetOffsiteLoginFlag', 'account'],
  ['ApplyAccountDeactivation', 'account'],
  ['CreateSubAccountLoginIpPolicy', 'cam'],
  ['QuitOrganization', 'organization'],
  ['ModifySecurityGroupPolicies', 'vpc'],
  ['DeleteFlowLog', 'vpc'],
  ['PutBucketACL', 'cos'],
  ['ScheduleKeyDeletion', 'kms'],
  ['OpenWanService', 'cdb'],
  ['TerminateInstances', 'cvm'],
  ['ModifySnapshotsSharePermission', 'cbs'],
  ['InvokeCommand', 'tat'],
  ['UpdateFunctionCode', 'scf'],
  ['DescribeClusterKubeconfig', 'tke'],
  ['CloseConfigRecorder', 'config'],
  ['ModifyDomainDNSBatch', 'domain'],
  ['PayDeals', 'billing'],
])('%s of %s has a policy that names it, or all of its product', (eventName, resourceType) => {
  const parsed = parseRecord(record({ eventName, resourceType }), {
    source: 'api',
    received: '2026-11-22T00:00:00Z',
  });
  if (!parsed.ok) throw new Error(parsed.refusal.reason);
  const { summary } = parsed.event;
  const found = ALARM_POLICIES.filter(({ q, condition }) => {
    const query = readStoredQuery(q, 'an alarm policy');
    const names = q.includes(eventName) || q.includes(`product:${resourceType} `);
    return condition.kind !== 'system' && names && query.ok && matches(query.query, summary);
  });
  expect(found.length).toBeGreaterThan(0);
});
