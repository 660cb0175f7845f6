import { expect, test } from 'vitest';
import { isChange } from '../../../shared/catalogue/change.ts';

function changes(name: string, more: { action?: 'read' | 'write' | ''; outcome?: 'failed' | 'denied' } = {}) {
  const [product = '', event = ''] = name.split(':');
  return isChange({ product, event, action: 'write', outcome: 'ok', ...more });
}

test.each(
  `cvm:ModifyInstancesAttribute cvm:StopInstances cvm:ResetInstancesPassword cvm:EnterRescueMode cvm:ImportKeyPair
  cbs:ApplySnapshot vpc:AssignPrivateIpAddresses vpc:EipUnBindNatGateway vpc:HaVipAssociateAddressIp
  clb:BatchRegisterTargets clb:DeregisterTargets clb:AutoRewrite cdb:ModifyInstanceParam cdb:OpenWanService
  cdb:RestartDBInstances redis:ModfiyInstancePassword redis:StartupInstance tke:DrainClusterNode ccs:MosifyIngress
  cam:AttachRolePolicy cam:RemoveUserFromGroup cam:UpdateAssumeRolePolicy cam:BatchOperateCamStrategy
  cos:PutBucketPolicy cos:PutObjectTagging kms:ScheduleKeyDeletion tag:UpdateResourceTagValue`.split(/\s+/),
)('%s changes a configuration', (name) => {
  expect(changes(name)).toBe(true);
});

test.each(
  `cvm:ResetInstancesType cvm:ResizeInstanceDisks cvm:ModifyInstancesChargeType cbs:ResizeDisk cdb:UpgradeDBInstance
  cbs:ModifyDisksRenewFlag tke:ScaleNodePool teo:IncreasePlanQuota emr:ScaleOutCluster`.split(/\s+/),
)('%s is a purchase and a change', (name) => {
  expect(changes(name)).toBe(true);
});

test.each(['vpc:CreateSecurityGroupPolicies', 'vpc:DeleteSecurityGroupPolicies', 'vpc:CreateRoutes'])(
  '%s changes what the rule or route is part of',
  (name) => {
    expect(changes(name)).toBe(true);
  },
);

test.each(
  `cvm:TerminateInstances cvm:DeleteSecurityGroup cvm:ReleaseAddresses vpc:DeleteVpc clb:DeleteLoadBalancer
  cdb:IsolateDBInstance redis:DestroyPostpaidInstance tke:UninstallClusterRelease cam:DeleteUser
  cos:DeleteBucketPolicy kms:DeleteImportedKeyMaterial cvm:PurgeInstances`.split(/\s+/),
)('%s deletes, which is no change', (name) => {
  expect(changes(name)).toBe(false);
});

test.each(
  `cvm:RunInstances cbs:CreateDisks vpc:AllocateAddresses cvm:RenewInstances cos:PutObject eb:PutEvents
  account:ConsoleLogin sts:AssumeRole tat:RunCommand as:Settle cvm:Additional cos:toString`.split(/\s+/),
)('%s neither sets nor ties anything', (name) => {
  expect(changes(name)).toBe(false);
});

test('an unknown product is judged by its verbs', () => {
  expect(changes('newproduct:UpdateThing')).toBe(true);
  expect(changes('newproduct:ApplyThing')).toBe(false);
  expect(changes('constructor:Update')).toBe(true);
});

test('what came to nothing changed nothing, and a read changes nothing', () => {
  expect(changes('cvm:StopInstances', { outcome: 'failed' })).toBe(false);
  expect(changes('cvm:StopInstances', { outcome: 'denied' })).toBe(false);
  expect(changes('cvm:StopInstances', { action: 'read' })).toBe(false);
  expect(changes('cvm:StopInstances', { action: '' })).toBe(false);
});
