import type { Kind } from './kinds.ts';

/** One action of a product, as CloudAudit names it. */
export interface Action {
  /** `resourceType` of the record, lower case. */
  product: string;
  event: string;
  write: boolean;
  /** What it acts on, if anything. */
  kind: Kind | undefined;
  /** The request field that an everyday write sets. */
  field: string | undefined;
  sensitive: boolean;
  /** Exists in the console only, not in the public API. */
  consoleOnly: boolean;
}

/** What people look at and do around one kind of resource: the actions behind one page of the console. */
export interface Page {
  product: string;
  kind: Kind | undefined;
  reads: readonly Action[];
  /** Writes that anyone may do at any time; the others belong to a story. */
  everyday: readonly Action[];
}

interface Row {
  product: string;
  kind?: Kind;
  reads: string;
  /** `Event=Field` where the write sets a field. */
  everyday?: string;
  /** Writes that only stories do: what is bought, deleted or has its own before and after. */
  stories?: string;
}

const ROWS: readonly Row[] = [
  {
    product: 'cvm',
    kind: 'instance',
    reads:
      'DescribeInstances DescribeInstancesStatus DescribeZones DescribeInstanceTypeConfigs DescribeRegions DescribeInstancesOperationLimit DescribeZoneInstanceConfigInfos DescribeInternetChargeTypeConfigs DescribeInstancesModification DescribeAccountQuota InquiryPriceRunInstances DescribeInstanceVncUrl DescribeDisasterRecoverGroups DescribeTaskInfo DescribeReservedInstances',
    everyday:
      'StartInstances=InstanceState StopInstances=InstanceState RebootInstances ModifyInstancesAttribute=InstanceName ModifyInstancesProject=ProjectId AssociateInstancesKeyPairs=KeyIds DisassociateInstancesKeyPairs=KeyIds ModifyInstancesRenewFlag=RenewFlag ResetInstancesPassword=Password AssociateSecurityGroups=SecurityGroupIds DisassociateSecurityGroups=SecurityGroupIds EnterRescueMode ExitRescueMode',
    stories: 'RunInstances TerminateInstances RenewInstances ResetInstancesType ModifyInstancesChargeType',
  },
  {
    product: 'cvm',
    kind: 'image',
    reads: 'DescribeImages DescribeImageSharePermission DescribeImportImageOs DescribeImageQuota',
    everyday: 'ModifyImageAttribute=ImageName ModifyImageSharePermission=AccountIds SyncImages CreateImage',
  },
  {
    product: 'cvm',
    kind: 'keypair',
    reads: 'DescribeKeyPairs',
    everyday: 'ModifyKeyPairAttribute=KeyName ImportKeyPair',
  },
  {
    product: 'cbs',
    kind: 'disk',
    reads:
      'DescribeDisks DescribeDiskConfigQuota InquiryPriceCreateDisks DescribeDiskAssociatedAutoSnapshotPolicy DescribeInstancesDiskNum DescribeDiskBackups',
    everyday:
      'AttachDisks=InstanceId DetachDisks=InstanceId ModifyDiskAttributes=DiskName ModifyDisksRenewFlag=RenewFlag BindAutoSnapshotPolicy=AutoSnapshotPolicyId UnbindAutoSnapshotPolicy=AutoSnapshotPolicyId',
    stories: 'CreateDisks ResizeDisk RenewDisk ModifyDisksChargeType TerminateDisks',
  },
  // The old console still buys disks under the old product and name.
  { product: 'cvm', kind: 'disk', reads: 'DescribeCbsStorages', stories: 'CreateCbsStorages' },
  {
    product: 'cbs',
    kind: 'snapshot',
    reads: 'DescribeSnapshots DescribeAutoSnapshotPolicies DescribeSnapshotSharePermission',
    everyday:
      'CreateSnapshot ApplySnapshot ModifySnapshotAttribute=SnapshotName ModifySnapshotsSharePermission=AccountIds',
    stories: 'DeleteSnapshots',
  },
  {
    product: 'vpc',
    kind: 'vpc',
    reads:
      'DescribeVpcs DescribeVpcLimits DescribeVpcResourceDashboard DescribeVpcPrivateIpAddresses DescribeFlowLogs',
    everyday: 'ModifyVpcAttribute=VpcName CreateFlowLog EnableGatewayFlowMonitor',
  },
  {
    product: 'vpc',
    kind: 'subnet',
    reads: 'DescribeSubnets DescribeNetworkAcls DescribeNetworkInterfaces DescribeUsedIpAddress',
    everyday: 'ModifySubnetAttribute=SubnetName CreateNetworkInterface AttachNetworkInterface=InstanceId',
  },
  {
    product: 'vpc',
    kind: 'securityGroup',
    reads:
      'DescribeSecurityGroups DescribeSecurityGroupPolicies DescribeSecurityGroupAssociationStatistics DescribeSecurityGroupReferences DescribeServiceTemplates',
    everyday: 'ModifySecurityGroupAttribute=GroupName CloneSecurityGroup',
    stories: 'CreateSecurityGroupPolicies DeleteSecurityGroupPolicies',
  },
  {
    product: 'vpc',
    kind: 'address',
    reads: 'DescribeAddresses DescribeAddressQuota DescribeBandwidthPackages DescribeTaskResult',
    everyday: 'AssociateAddress=InstanceId DisassociateAddress=InstanceId ModifyAddressAttribute=AddressName',
    stories: 'AllocateAddresses ReleaseAddresses ModifyAddressesBandwidth',
  },
  {
    product: 'vpc',
    kind: 'routeTable',
    reads: 'DescribeRouteTables DescribeRoutes DescribeNatGateways DescribeCcns DescribeVpnGateways',
    everyday:
      'ModifyRouteTableAttribute=RouteTableName CreateRoutes ReplaceRoutes EnableRoutes DisableRoutes',
  },
  {
    product: 'clb',
    kind: 'balancer',
    reads:
      'DescribeLoadBalancers DescribeListeners DescribeTargets DescribeTargetHealth DescribeTargetGroups DescribeQuota DescribeTaskStatus DescribeLoadBalancersDetail DescribeRewrite InquiryPriceCreateLoadBalancer',
    everyday:
      'RegisterTargets DeregisterTargets ModifyTargetWeight=Weight ModifyListener=HealthSwitch CreateListener CreateRule ModifyRule=Scheduler ReplaceCert=CertificateId SetLoadBalancerSecurityGroups=SecurityGroupIds ModifyDomainAttributes=Domain ModifyLoadBalancerAttributes=LoadBalancerName DeleteListener DeleteRule',
    stories: 'CreateLoadBalancer DeleteLoadBalancer',
  },
  {
    product: 'cdb',
    kind: 'mysql',
    reads:
      'DescribeDBInstances DescribeDBInstanceInfo DescribeInstanceParams DescribeBackups DescribeSlowLogs DescribeAccounts DescribeAccountPrivileges DescribeDBZoneConfig DescribeTasks DescribeDBSecurityGroups DescribeErrorLogData DescribeDBPrice DescribeParamTemplates DescribeRollbackRangeTime DescribeDatabases DescribeRoGroups DescribeSlowLogData DescribeTimeWindow',
    everyday:
      'ModifyDBInstanceName=InstanceName ModifyAccountPassword=Password ModifyAccountPrivileges=GlobalPrivileges ModifyBackupConfig=ExpireDays ModifyTimeWindow=TimeRanges RestartDBInstances CreateBackup CreateAccounts ModifyAutoRenewFlag=AutoRenew OpenWanService=WanStatus CloseWanService=WanStatus ModifyDBInstanceSecurityGroups=SecurityGroupIds KillDBProcessByIds StartBatchRollback',
    stories:
      'CreateDBInstance CreateDBInstanceHour ModifyInstanceParam UpgradeDBInstance RenewDBInstance IsolateDBInstance',
  },
  {
    product: 'redis',
    kind: 'redis',
    reads:
      'DescribeInstances DescribeInstanceParams DescribeInstanceBackups DescribeSlowLog DescribeProductInfo DescribeInstanceAccount DescribeInstanceMonitorBigKey DescribeTaskList DescribeInstanceSecurityGroup DescribeMaintenanceWindow',
    everyday:
      'ModifyInstance=InstanceName ModifyInstanceParams=maxmemory-policy ManualBackupInstance ModifyAutoBackupConfig=TimePeriod ModifyInstanceAccount=Privilege ResetPassword=Password',
    stories: 'CreateInstances UpgradeInstance RenewInstance DestroyPostpaidInstance DestroyPrepaidInstance',
  },
  {
    product: 'cos',
    kind: 'bucket',
    reads:
      'GetService GetBucket HeadBucket GetBucketACL GetBucketPolicy GetBucketCORS GetBucketLifecycle GetBucketLogging GetBucketTagging GetBucketVersioning GetBucketReferer GetBucketEncryption GetBucketInventory',
    everyday:
      'PutBucketCORS=AllowedOrigin PutBucketLifecycle=Rule PutBucketTagging=Tagging PutBucketVersioning=Status PutBucketReferer=RefererList PutBucketLogging=TargetPrefix PutBucketEncryption=SSEAlgorithm PutBucketWebsite=IndexDocument',
    stories: 'PutBucketACL PutBucketPolicy',
  },
  {
    product: 'cam',
    kind: 'user',
    reads:
      'ListUsers GetUser ListAttachedUserPolicies ListGroupsForUser DescribeSubAccounts ListAccessKeys DescribeSafeAuthFlag DescribeSafeAuthFlagColl ListUsersForGroup ListGroups GetSecurityLastUsed LookupRecentlyLogin ListAllGroupsPolicies DescribeSubAccountLoginIpPolicy',
    everyday:
      'UpdateUser=Remark AddUserToGroup=GroupId RemoveUserFromGroup=GroupId SetSafeAuthFlag=LoginFlag DisableApiKey=Status EnableApiKey=Status AttachUserPolicies=PolicyIds DetachUserPolicies=PolicyIds',
    stories: 'CreateAccessKey DeleteSubAccount AddSubAccountCheckingMFA',
  },
  {
    product: 'cam',
    kind: 'role',
    reads: 'DescribeRoleList GetRole ListAttachedRolePolicies GetRolePermissionBoundary',
    everyday:
      'AttachRolePolicy=PolicyId DetachRolePolicy=PolicyId UpdateAssumeRolePolicy=PolicyDocument UpdateRoleDescription=Description',
  },
  {
    product: 'cam',
    kind: 'policy',
    reads: 'ListPolicies GetPolicy ListEntitiesForPolicy ListPolicyVersions GetPolicyVersion',
    stories: 'UpdatePolicy AttachUserPolicy',
  },
  {
    product: 'tke',
    kind: 'cluster',
    reads:
      'DescribeClusters DescribeClusterInstances DescribeClusterSecurity DescribeClusterKubeconfig DescribeClusterNodePools DescribeClusterEndpoints DescribeAddon DescribeClusterStatus DescribeClusterReleases DescribeClusterLevelAttribute ForwardApplicationRequestV3 DescribeEKSClusters',
    everyday:
      'ModifyClusterAttribute=ClusterName ModifyClusterNodePool=MaxNodesNum AddExistedInstances DrainClusterNode UpgradeClusterRelease UpdateAddon=AddonVersion CreateClusterEndpoint InstallAddon',
    stories: 'DeleteClusterInstances',
  },
  {
    product: 'kms',
    kind: 'key',
    reads: 'ListKeys ListKeyDetail DescribeKey GetKeyRotationStatus GetServiceStatus ListAlgorithms',
    everyday:
      'UpdateAlias=Alias UpdateKeyDescription=Description EnableKeyRotation=KeyRotation DisableKeyRotation=KeyRotation DisableKey=KeyState EnableKey=KeyState',
    stories: 'ScheduleKeyDeletion CancelKeyDeletion',
  },
  {
    product: 'scf',
    kind: 'function',
    reads:
      'ListFunctions GetFunction ListVersionByFunction GetFunctionLogs ListAliases ListNamespaces GetAccount ListTriggers GetReservedConcurrencyConfig',
    everyday:
      'UpdateFunctionCode=CodeSha256 UpdateFunctionConfiguration=Timeout PublishVersion CreateTrigger UpdateAlias=FunctionVersion PutReservedConcurrencyConfig=ReservedConcurrencyMem Invoke',
  },
  {
    product: 'cls',
    kind: 'topic',
    reads:
      'DescribeTopics DescribeLogsets DescribeIndex SearchLog DescribeAlarms DescribeLogHistogram DescribeMachineGroups DescribeConfigs DescribeDashboards',
    everyday:
      'ModifyTopic=TopicName ModifyIndex=Rule CreateAlarm ModifyAlarm=Status CreateConfig CreateExport',
  },
  {
    product: 'tat',
    kind: 'command',
    reads: 'DescribeCommands DescribeInvocations DescribeInvocationTasks DescribeAutomationAgentStatus',
    everyday: 'RunCommand InvokeCommand ModifyCommand=Description CreateCommand',
  },
  {
    product: 'account',
    reads: 'DescribeAccountInfo DescribeUserContact DescribeSafeInfo QueryKeyBySecretId ConsoleLogin',
    stories: 'ModifyPhoneNum SetOffsiteLoginFlag',
  },
  {
    product: 'finance',
    reads: 'DescribeOrders DescribeOrderDetail DescribeVoucherList DescribeContractList',
    stories: 'CreateOrders CreateOrdersAndPay ConfirmBill',
  },
  {
    product: 'billing',
    reads:
      'DescribeAccountBalance DescribeDealsByCond DescribeBillSummaryByProduct DescribeBillResourceSummary DescribeBillDetail DescribeVoucherInfo DescribeRenewInstances DescribeCostSummaryByProduct',
    stories: 'RefundInstance',
  },
  {
    product: 'monitor',
    kind: 'alarm',
    reads:
      'GetMonitorData DescribeAlarmPolicies DescribeAlarmHistories DescribeBaseMetrics DescribeAlarmNotices DescribeProductEventList DescribeBindingPolicyObjectList DescribeStatisticData DescribeAlarmMetrics',
    everyday:
      'ModifyAlarmPolicyStatus=Enable ModifyAlarmPolicyCondition=Condition BindingPolicyObject CreateAlarmNotice UnBindingPolicyObject SetDefaultAlarmPolicy',
    stories: 'DeleteAlarmPolicy',
  },
  {
    product: 'cloudaudit',
    kind: 'track',
    reads:
      'DescribeEvents LookUpEvents DescribeAuditTracks GetAttributeKey DescribeAuditTrack DescribeRecentlyLoginExcludeMina ListCosEnableRegion',
    stories: 'ModifyAuditTrack StopLogging',
  },
  {
    product: 'tag',
    reads:
      'DescribeTags DescribeTagKeys DescribeTagValues DescribeResourceTagsByResourceIds GetResources GetTagKeys',
    everyday: 'TagResources UnTagResources CreateTag ModifyResourceTags',
  },
  { product: 'sts', reads: 'GetCallerIdentity', stories: 'AssumeRole' },
];

const SENSITIVE = new Set(
  `account:ModifyPhoneNum account:SetOffsiteLoginFlag cam:AddSubAccountCheckingMFA cam:DeleteSubAccount
cam:DisableApiKey cam:EnableApiKey cam:ListAllGroupsPolicies cam:SetSafeAuthFlag account:QueryKeyBySecretId
cbs:ApplySnapshot cbs:DeleteSnapshots cbs:DetachDisks cbs:TerminateDisks
cloudaudit:ModifyAuditTrack cloudaudit:StopLogging cvm:AssociateInstancesKeyPairs cvm:CreateImage
cvm:DescribeInstanceVncUrl cvm:ModifyInstancesRenewFlag cvm:RebootInstances cvm:ResetInstancesPassword
cvm:ResetInstancesType cvm:StopInstances cvm:TerminateInstances vpc:CreateRoutes vpc:DisableRoutes
vpc:EnableRoutes vpc:ReplaceRoutes`.split(/\s+/u),
);

const CONSOLE_ONLY = new Set(
  `account:ConsoleLogin account:DescribeAccountInfo account:DescribeSafeInfo account:DescribeUserContact
account:ModifyPhoneNum account:QueryKeyBySecretId account:SetOffsiteLoginFlag cam:AddSubAccountCheckingMFA
cam:AttachUserPolicies cam:DeleteSubAccount cam:DescribeSubAccountLoginIpPolicy cam:DetachUserPolicies
cam:DisableApiKey cam:EnableApiKey cam:ListAllGroupsPolicies cam:LookupRecentlyLogin cam:SetSafeAuthFlag
cloudaudit:DescribeRecentlyLoginExcludeMina cvm:CreateCbsStorages cvm:DescribeCbsStorages finance:ConfirmBill
 finance:CreateOrders finance:CreateOrdersAndPay 
finance:DescribeContractList finance:DescribeOrderDetail finance:DescribeOrders finance:DescribeVoucherList`.split(
    /\s+/u,
  ),
);

const byName = new Map<string, Action>();

/** Actions of one column of a row; `StartInstances=InstanceState` names the field it sets. */
function column(row: Row, words: string | undefined, write: boolean): Action[] {
  return (words ?? '')
    .split(' ')
    .filter(Boolean)
    .map((word) => {
      const [event = '', field] = word.split('=');
      const name = `${row.product}:${event}`;
      const made: Action = {
        product: row.product,
        event,
        write: write,
        sensitive: SENSITIVE.has(name),
        consoleOnly: CONSOLE_ONLY.has(name),
        kind: row.kind,
        field,
      };
      byName.set(name, made);
      return made;
    });
}

/** The pages of the console, in the order of the table. */
export const PAGES: readonly Page[] = ROWS.map((row) => {
  column(row, row.stories, true);
  return {
    product: row.product,
    // A sign-in is a story of its own, though the vendor counts it as a read.
    reads: column(row, row.reads, false).filter(({ event }) => event !== 'ConsoleLogin'),
    everyday: column(row, row.everyday, true),
    kind: row.kind,
  };
});

/** The action called `product:event`. Throws when the table has none. */
export function action(name: string): Action {
  const found = byName.get(name);
  if (found === undefined) throw new Error(`no action ${name}`);
  return found;
}
