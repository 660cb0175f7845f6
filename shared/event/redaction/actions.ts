/** Actions whose records hold secrets under names that give nothing away. */

/** Their responses hand out something to sign in or to sign with. */
export const HANDS_OUT_CREDENTIALS: ReadonlySet<string> = new Set([
  // sts
  'AssumeRole',
  'AssumeRoleWithSAML',
  'AssumeRoleWithWebIdentity',
  'GetFederationToken',
  'GetSessionToken',
  // cam
  'AddSubAccount',
  'AddUser',
  'CreateAccessKey',
  'CreateApiKey',
  'CreateCollApiKey',
  'CreateProjectKey',
  'CreateSCIMCredential',
  'CreateSubAccountBindPolicy',
  'CreateSubAccounts',
  'GetProjectKey',
  'QueryApiKey',
  'QueryCollApiKey',
  'QueryKeyBySecretId',
  'UpdateAccessKey',
  // tke
  'AcquireClusterAdminRole',
  'DescribeClusterClientToken',
  'DescribeClusterKubeconfig',
  'DescribeClusterRoleToken',
  'DescribeClusterSecurity',
  'DescribeEKSClusterCredential',
  'DescribeEtcdCredentials',
  'DescribeTKEEdgeClusterCredential',
  'DescribeTKEEdgeExternalKubeconfig',
  'UpdateClusterKubeconfig',
  // tcr
  'CreateInstanceToken',
  'CreateServiceAccount',
  'DescribeInstanceToken',
  'ModifyServiceAccountPassword',
  // cvm, lighthouse
  'CreateKeyPair',
  'DescribeInstanceVncUrl',
  // kms, ssm
  'CreateSSHKeyPairSecret',
  'Decrypt',
  'GenerateDataKey',
  'GetSecretValue',
  'GetSSHKeyPairValue',
  // keys and tokens of single products
  'CreateAuthApiKey',
  'CreateCosCredential',
  'CreateCosToken',
  'CreateStorageCredentials',
  'CreateWorkspaceToken',
  'DescribeApiKey',
  'DescribeServiceAccessKey',
  'DescribeTmpToken',
  'GetAppSecret',
  'GetCosToken',
  'UpdateApiAppKey',
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
