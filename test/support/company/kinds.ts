/** How the resources of one kind are called and named, and how many the company has. */
export interface KindFacts {
  product: string;
  /** What stands before the id in resource names: `instance/ins-…`. */
  type: string;
  /** Id prefix, or another form of id. */
  id: { prefix: string } | 'uuid' | 'number' | 'bucket' | 'name';
  /** Request field that takes the id; a list where it ends in `s`. */
  idField: string;
  /** How many there are at the start; where they are bought, there are at most twice as many later. */
  count: number;
  /** True where CloudAudit files them under the home region. */
  global?: boolean;
  /** Share that is paid by the month, for what is bought. */
  prepaid?: number;
}

function facts(
  product: string,
  type: string,
  id: KindFacts['id'],
  idField: string,
  count: number,
  more: Pick<KindFacts, 'global' | 'prepaid'> = {},
): KindFacts {
  return { product, type, id, idField, count, ...more };
}

/** Every kind of resource that the company has. */
export const KINDS = {
  instance: facts('cvm', 'instance', { prefix: 'ins-' }, 'InstanceIds', 60, { prepaid: 0.5 }),
  image: facts('cvm', 'image', { prefix: 'img-' }, 'ImageIds', 8),
  keypair: facts('cvm', 'keypair', { prefix: 'skey-' }, 'KeyIds', 6),
  disk: facts('cbs', 'volume', { prefix: 'disk-' }, 'DiskIds', 70, { prepaid: 0.5 }),
  snapshot: facts('cbs', 'snapshot', { prefix: 'snap-' }, 'SnapshotIds', 24),
  vpc: facts('vpc', 'vpc', { prefix: 'vpc-' }, 'VpcId', 8),
  subnet: facts('vpc', 'subnet', { prefix: 'subnet-' }, 'SubnetId', 18),
  securityGroup: facts('vpc', 'sg', { prefix: 'sg-' }, 'SecurityGroupId', 22),
  address: facts('vpc', 'eip', { prefix: 'eip-' }, 'AddressIds', 20, { prepaid: 0 }),
  routeTable: facts('vpc', 'rtb', { prefix: 'rtb-' }, 'RouteTableId', 8),
  balancer: facts('clb', 'clb', { prefix: 'lb-' }, 'LoadBalancerId', 14, { prepaid: 0 }),
  mysql: facts('cdb', 'instanceId', { prefix: 'cdb-' }, 'InstanceId', 12, { prepaid: 0.7 }),
  redis: facts('redis', 'instance', { prefix: 'crs-' }, 'InstanceId', 9, { prepaid: 0.5 }),
  bucket: facts('cos', '', 'bucket', 'Bucket', 15),
  user: facts('cam', 'user', 'number', 'TargetUin', 12, { global: true }),
  role: facts('cam', 'role', 'name', 'RoleName', 4, { global: true }),
  policy: facts('cam', 'policy', 'number', 'PolicyId', 10, { global: true }),
  cluster: facts('tke', 'cluster', { prefix: 'cls-' }, 'ClusterId', 4),
  key: facts('kms', 'key', 'uuid', 'KeyId', 5),
  function: facts('scf', 'function', 'name', 'FunctionName', 12),
  topic: facts('cls', 'topic', 'uuid', 'TopicId', 10),
  command: facts('tat', 'command', { prefix: 'cmd-' }, 'CommandId', 7),
  alarm: facts('monitor', 'policy', { prefix: 'policy-' }, 'PolicyId', 12),
  track: facts('cloudaudit', 'track', 'number', 'TrackId', 2, { global: true }),
};

export type Kind = keyof typeof KINDS;
