/**
 * The sensitive operations that everybody is told about, by what they are about, as queries. Among the names are
 * those that only the console calls, older names, and reads that hand something out.
 *
 * Not here, since one event does not decide it: bursts of denied calls, the first use of a region, a session over
 * many roles, the console used where programs usually are. Nor what no key of a query asks for: a sign-in without a
 * second factor, which policy was attached, which port was opened to whom. Those are for alarms.
 */
import type { Severity } from '../api/rules.ts';

/** A rule that comes with the code. */
export interface ShippedRule {
  id: string;
  severity: Severity;
  name: { en: string; zh: string };
  query: string;
  /** Whether it is on where no admin decided. Off: true of much that is everyday work. */
  on: boolean;
}

export const SENSITIVE: readonly ShippedRule[] = [
  rule('logging', 'critical', 'Audit logging stopped or narrowed', '操作审计被关闭或缩小范围', {
    products: 'cloudaudit',
    events: 'StopLogging UpdateAudit DeleteAudit DeleteAuditTrack ModifyAuditTrack ModifyEventsAuditTrack',
  }),
  rule('keys-shown', 'critical', 'Key handed out in clear', '明文获取密钥', {
    products: 'account,cam',
    events: 'QueryKeyBySecretId GetProjectKey CreateApiKey CreateCollApiKey',
  }),
  rule('root-key', 'critical', 'Access key made by the root account', '主账号创建访问密钥', {
    events: 'CreateAccessKey CreateApiKey EnableApiKey UpdateAccessKey',
    more: 'is:root',
  }),
  rule('root-sign-in', 'high', 'Root account signed in', '主账号登录', {
    events: 'ConsoleLogin',
    more: 'is:root',
  }),
  rule('root', 'high', 'Root account used', '使用主账号操作', { more: 'is:root -action:read' }),
  rule('sign-in-failed', 'medium', 'Sign-in failed', '登录失败', {
    events: 'ConsoleLogin',
    more: 'outcome:failed,denied',
  }),
  rule('sign-in-outside', 'high', 'Sign-in from outside', '从受限环境之外登录', {
    more: 'is:login network:outside',
  }),
  rule('protection', 'high', 'Sign-in or operation protection lowered', '登录或操作保护被变更', {
    products: 'cam,account',
    events:
      'SetMfaFlag SetSafeAuthFlag SetOffsiteLoginFlag UnbindToken UnbindStoken UnbindRegisterAccountWithMFA',
  }),
  rule('fence', 'high', 'Limits on where sub-users sign in from changed', '子用户登录限制被变更', {
    products: 'cam,account',
    events: 'CreateSubAccountLoginIpPolicy CreateSubAccountBindPolicy CreateAssistApprover',
  }),
  rule(
    'account',
    'high',
    'Account contact or binding changed, or account closed',
    '账号联系方式或绑定变更、注销账号',
    {
      products: 'account,cam',
      events:
        'ApplyAccountDeactivation BindAccountByTicket BindMailAccount BindMpAccount BindQQOpenIdAccount BindWechatAccount BindWechatV2 UnbindAccount ModifyMail ModifyMailPassword ModifyPhoneNum ModifySubContactEmailWithVerifyCode ModifySubContactPhoneWithVerifyCode UnbindContactInfo BindToken',
    },
  ),
  rule(
    'identities',
    'medium',
    'User, key or console access made or enabled',
    '新建或启用用户、密钥、控制台访问',
    {
      products: 'cam,account',
      events:
        'AddUser AddSubAccount AddSubAccountCheckingMFA AddConsoleUser CreateSubAccounts UpdateUser UpdateSubAccount CreateAccessKey UpdateAccessKey CreateApiKey CreateCollApiKey EnableApiKey EnableCollApiKey EnableProjectKey',
    },
  ),
  rule('identities-removed', 'medium', 'User or key removed or disabled', '删除或停用用户、密钥', {
    products: 'cam,account',
    events:
      'DeleteUser DeleteSubAccount DeleteAccessKey DeleteApiKey DeleteCollApiKey DeleteProjectKey DisableApiKey DisableCollApiKey DisableProjectKey',
  }),
  rule('rights', 'high', 'Permissions granted or changed', '授予或变更权限', {
    products: 'cam',
    events:
      'AttachUserPolicy AttachUserPolicies AttachUsersPolicy AttachRolePolicy AttachRolePolicies AttachRolesPolicy AttachGroupPolicy AttachGroupPolicies AttachGroupsPolicy AddUserToGroup AddSubAccountsToGroup CreatePolicyVersion SetDefaultPolicyVersion UpdatePolicy UpdateCamStrategy BatchOperateCamStrategy PutUserPermissionsBoundary PutRolePermissionsBoundary PutEntitiesPermissionsBoundary DeleteUserPermissionsBoundary DeleteRolePermissionsBoundary DeleteEntitiesPermissionsBoundary',
  }),
  rule('rights-read', 'low', 'Permissions of everybody read', '查询全部用户的权限', {
    products: 'cam',
    events: 'ListAllGroupsPolicies DescribeUserAnalysisReport',
  }),
  rule('trust', 'high', 'Role or identity provider changed', '角色信任或身份提供商变更', {
    products: 'cam',
    events:
      'CreateRole CreateRoleByConsole UpdateAssumeRolePolicy UpdateRoleConsoleLogin CreateSAMLProvider UpdateSAMLProvider DeleteSAMLProvider CreateOIDCConfig UpdateOIDCConfig DeleteOIDCConfig CreateUserSAMLConfig UpdateUserSAMLConfig DeleteUserSAMLConfig CreateUserOIDCConfig UpdateUserOIDCConfig',
  }),
  rule(
    'role-sessions',
    'info',
    'Role taken on',
    '扮演角色',
    {
      products: 'sts',
      events: 'AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity GetFederationToken',
      more: '-via:service',
    },
    'off',
  ),
  rule('organization', 'high', 'Organization changed', '集团账号组织变更', {
    products: 'organization',
    more: '-action:read',
  }),

  rule('firewall', 'high', 'Firewall or security group changed', '防火墙或安全组规则变更', {
    products: 'vpc,cvm,lighthouse',
    events:
      'CreateSecurityGroupPolicies CreateSecurityGroupWithPolicies ModifySecurityGroupPolicies ModifySecurityGroupPolicys ModifySingleSecurityGroupPolicy ReplaceSecurityGroupPolicy ReplaceSecurityGroupPolicies DeleteSecurityGroupPolicies DeleteSecurityGroupPolicy CreateFirewallRules ModifyFirewallRules DeleteFirewallRules',
  }),
  rule(
    'network',
    'medium',
    'Network ACL, route, gateway or VPC changed',
    '网络 ACL、路由、网关或私有网络变更',
    {
      products: 'vpc,cvm',
      events:
        'ModifyNetworkAclEntries ModifyNetworkAclEntry CreateRoutes DeleteRoutes ReplaceRoutes EnableRoutes DisableRoutes CreateRoute DeleteRoute ModifyRoute DeleteRouteTable AssociateRouteTable ReplaceRouteTableAssociation CreateNatGateway DeleteVpc CreateVpcPeeringConnection CreateVpcPeeringConnectionEx DeleteVpcPeeringConnection DeleteVpcPeeringConnectionEx AttachCcnInstances AcceptAttachCcnInstances',
    },
  ),
  rule('flow-logs', 'high', 'Flow log removed or traffic mirrored', '删除流日志或镜像流量', {
    products: 'vpc',
    events: 'DeleteFlowLog DisableFlowLogs CreateTrafficMirror StartTrafficMirror',
  }),

  rule('bucket-public', 'high', 'Who may read a bucket changed', '存储桶访问权限变更', {
    products: 'cos',
    events: 'PutBucketACL PutBucketPolicy DeleteBucketPolicy PutBucketWebsite PutBucketCORS',
  }),
  rule('bucket-safety', 'medium', 'Bucket deleted or its safeguards changed', '删除存储桶或变更其保护设置', {
    products: 'cos',
    events:
      'DeleteBucket PutBucketVersioning DeleteBucketEncryption DeleteBucketReplication PutBucketLifecycle PutBucketLogging',
  }),
  rule('encryption-keys', 'critical', 'Encryption key disabled or to be deleted', '停用或计划删除加密密钥', {
    products: 'kms',
    events: 'ScheduleKeyDeletion DisableKey DisableKeys ImportKeyMaterial DeleteImportedKeyMaterial',
  }),
  rule('secrets', 'medium', 'Secret deleted', '删除凭据', { products: 'ssm', events: 'DeleteSecret' }),
  rule(
    'secrets-read',
    'low',
    'Secret read',
    '读取凭据',
    { products: 'ssm', events: 'GetSecretValue' },
    'off',
  ),

  rule('database-open', 'critical', 'Database opened to a network', '数据库对网络开放', {
    products: 'cdb,postgres,redis,cynosdb,mongodb,mariadb,dcdb,sqlserver',
    events: 'OpenWanService OpenDBExtranetAccess AllocateWanAddress OpenWan ModifyDBInstanceSecurityGroups',
  }),
  rule('database', 'high', 'Database destroyed, or who may use it changed', '销毁数据库或变更其账号', {
    products: 'cdb,postgres,redis,cynosdb,mongodb,mariadb,dcdb,sqlserver',
    events:
      'IsolateDBInstance IsolateDBInstances OfflineIsolatedInstances ReleaseIsolatedDBInstances DestroyDBInstance DestroyPostpaidInstance DestroyPrepaidInstance TerminateDBInstance TerminateDBInstances IsolateCluster OfflineCluster ClearInstance CleanUpInstance DeleteBackup ModifyDBInstanceDeletionProtection ModifyAccountPassword ModifyAccountPrivileges ResetAccountPassword ModfiyInstancePassword ResetPassword DeleteAccounts',
  }),

  rule('machine-access', 'high', 'Way into a machine opened', '获取主机登录方式', {
    products: 'cvm,lighthouse',
    events:
      'ResetInstancesPassword AssociateInstancesKeyPairs DescribeInstanceVncUrl EnterRescueMode ResetInstance',
  }),
  rule(
    'machine-destroyed',
    'high',
    'Machine, disk or snapshot destroyed or rolled back',
    '销毁或回滚主机、云硬盘、快照',
    {
      products: 'cvm,cbs,image,lighthouse',
      events:
        'TerminateInstances TerminateDisks TerminateCbsStorages DeleteSnapshot DeleteSnapshots ApplySnapshot DeleteAutoSnapshotPolicies DeleteImages',
    },
  ),
  rule('machine', 'medium', 'Machine stopped, resized or taken apart', '停止、调整或拆分主机', {
    products: 'cvm,cbs,image,lighthouse',
    events:
      'StopInstances RebootInstances ResetInstancesType ModifyInstancesVpcAttribute DetachDisks DetachCbsStorages CreateImage',
  }),
  rule('sharing', 'high', 'Image or snapshot shared or exported', '共享或导出镜像、快照', {
    products: 'cvm,cbs,image',
    events: 'ModifyImageSharePermission ExportImages SyncImages ModifySnapshotsSharePermission',
  }),
  rule(
    'copies',
    'low',
    'Disk copied into a snapshot',
    '创建云硬盘快照',
    { products: 'cbs,cvm', events: 'CreateSnapshot' },
    'off',
  ),
  rule('commands', 'medium', 'Command run on machines', '远程执行命令', {
    products: 'tat',
    events: 'RunCommand InvokeCommand CreateRegisterCode',
  }),
  rule('functions', 'medium', 'Function code or trigger changed', '函数代码或触发器变更', {
    products: 'scf',
    events: 'UpdateFunctionCode UpdateFunctionConfiguration CreateTrigger PublishLayerVersion',
  }),
  rule('clusters', 'high', 'Way into a cluster opened, or a cluster weakened', '获取集群访问或降低集群保护', {
    products: 'tke,ccs',
    events:
      'DescribeClusterKubeconfig AcquireClusterAdminRole CreateClusterEndpoint CreateClusterEndpointVip DeleteCluster DisableClusterAudit DisableClusterDeletionProtection',
  }),
  rule('security-tools', 'high', 'Security tool or alarm weakened', '安全产品或告警被削弱', {
    products: 'config,waf,cfw,cls,monitor,cdb',
    events:
      'CloseConfigRecorder DeleteConfigRule DeleteHost ModifyHostMode SwitchDomainRules ModifyAllPublicIPSwitchStatus RemoveAclRule DeleteTopic DeleteAlarm DeleteAlarmPolicy CloseAuditService',
  }),
  rule('domains', 'medium', 'Domain, DNS or certificate changed hands', '域名、解析或证书变更', {
    products: 'domain,dnspod,ssl',
    events:
      'TransferInDomainBatch ModifyDomainDNSBatch ModifyDomainOwnerBatch DeleteDomain ModifyDomainOwner DownloadCertificate DeleteCertificate RevokeCertificate',
  }),
  rule('cdn', 'medium', 'CDN domain stopped or deleted', '停用或删除 CDN 域名', {
    products: 'cdn,ecdn',
    events: 'DeleteCdnDomain StopCdnDomain',
  }),

  rule('money', 'medium', 'Paid, refunded, or way of paying changed', '支付、退款或变更计费方式', {
    products: 'billing,finance,cvm,cbs,lighthouse,cdb,redis,postgres,vpc,asr',
    events:
      'PayDeals RefundInstance RenewInstance SetRenewal RenewInstances RenewAddresses ModifyInstancesChargeType ModifyInstancesRenewFlag SetPayMode',
  }),
  rule(
    'purchases',
    'low',
    'Something was bought',
    '购买资源',
    {
      products: 'cvm,cbs,cdb,redis,postgres,lighthouse,vpc',
      events:
        'RunInstances AllocateHosts CreateDisks CreateCbsStorages CreateDBInstance CreateDBInstanceHour CreateInstances AllocateAddresses',
    },
    'off',
  ),
];

/** `products` are separated by commas, `events` by blanks; `more` are further terms. */
function rule(
  id: string,
  severity: Severity,
  en: string,
  zh: string,
  { products, events, more }: { products?: string; events?: string; more?: string },
  state: 'on' | 'off' = 'on',
): ShippedRule {
  const terms = [
    products && `product:${products}`,
    events && `event:${events.split(' ').join(',')}`,
    more,
  ].filter((term) => term !== undefined);
  return { id: `std.${id}`, severity, name: { en, zh }, query: terms.join(' '), on: state === 'on' };
}
