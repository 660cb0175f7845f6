/** Actions whose records hold secrets under names that give nothing away. */

/** Their responses hand out something to sign in or to sign with. */
export const HANDS_OUT_CREDENTIALS: ReadonlySet<string> = new Set([
  // sts
  'AssumeRole',
  'AssumeRoleWithSAML',
  'AssumeRoleWithWebIdentity',
  'AssumeRoleWithOIDC',
  'GetFederationToken',
  'GetSessionToken',
  'GetCallerToken',
  // cam
  'AddUser',
  'AddSubAccount',
  'CreateAccessKey',
  'CreateApiKey',
  'CreateCollApiKey',
  'CreateProjectKey',
  'CreateSubAccounts',
  'CreateSubAccountBindPolicy',
  'GetProjectKey',
  'QueryApiKey',
  'QueryCollApiKey',
  'QueryKeyBySecretId',
  'UpdateAccessKey',
  // tke
  'AcquireClusterAdminRole',
  'CreateClusterEndpointVip',
  'DescribeClusterKubeconfig',
  'DescribeClusterSecurity',
  'DescribeEKSClusterCredential',
  'DescribeEdgeClusterKubeconfig',
  'DescribeExternalClusterKubeconfig',
  'DescribeTKEEdgeClusterCredential',
  'DescribeTKEEdgeExternalKubeconfig',
  'UpdateClusterKubeconfig',
  // tcr
  'CreateInstanceToken',
  'CreateServiceAccount',
  'CreateApplicationTokenPersonal',
  'ModifyServiceAccountPassword',
  // cvm, lighthouse
  'CreateKeyPair',
  'DescribeInstanceLoginKeyPair',
  'DescribeInstanceVncUrl',
  'DescribeInstancesVncUrl',
  // kms, ssm
  'Decrypt',
  'GenerateDataKey',
  'GetSecretValue',
  'GetSSHKeyPairValue',
  // apigw, scf, serverless, iot, messaging
  'CreateApiAppKey',
  'DescribeApiAppKey',
  'DescribeApiKey',
  'UpdateApiAppKey',
  'CreateDeviceKey',
]);

/** Cloud Assistant actions that carry a script in their field `Content`, in request or response. */
export const CARRIES_COMMAND: ReadonlySet<string> = new Set([
  'RunCommand',
  'CreateCommand',
  'InvokeCommand',
  'ModifyCommand',
  'PreviewReplacedCommandContent',
  'DescribeCommands',
  'DescribeInvocations',
  'DescribeInvocationTasks',
]);
