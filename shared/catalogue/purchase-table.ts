/** What can be bought, renewed and resized, by product and action: what of it is where in the call. */
import { charged, deals, type Facts, mode, months, prepaid, span, years } from './purchase-facts.ts';

const INSTANCE = { ids: ['InstanceId'] };
/** Ids of things of every product. */
const ANYTHING = { ids: ['InstanceId'], thing: '' };
const INSTANCES = { ids: ['InstanceIds'] };
const DISKS = { ids: ['DiskIds'] };
const ADDRESSES = { ids: ['AddressIds'] };
const CLUSTER = { ids: ['ClusterId'] };
const MADE_INSTANCE = { made: ['InstanceId'] };
const MADE_INSTANCES = { made: ['InstanceIds'] };
const INSTANCE_CHARGE = charged('Instance');
const DISK_CHARGE = charged('Disk');
const LB_CHARGE = charged('LB');
const AUTO_RENEW_FLAG = { renew: 'AutoRenewFlag' };
const MONTHLY = { ...months('Period'), ...AUTO_RENEW_FLAG };
const AHEAD = { paid: 'PREPAID' } as const;
const HOURLY = { paid: 'POSTPAID_BY_HOUR' } as const;
const SPAN = span('TimeSpan', 'TimeUnit');

/** An order's list of goods, and its numbers in every spelling. */
const GOODS = {
  count: 'goods.goodsNum',
  ...span('goods.goodsDetail.timeSpan', 'goods.goodsDetail.timeUnit'),
  ...deals('bigDealId', 'bigDealIds', 'dealId', 'dealIds', 'dealName', 'dealNames', 'orderId', 'orderIds'),
};

/** Old disk actions, from before disks were a product of their own. */
const OLD_DISKS: Facts = {
  CreateCbsStorages: { kind: 'create', count: 'goodsNum', ...months('period'), made: ['storageIds'] },
  RenewCbsStorage: { kind: 'renew', ids: ['storageId'], ...months('period') },
  ResizeCbsStorage: { kind: 'resize', ids: ['storageId'], size: ['storageSize'] },
  ModifyCbsRenewFlag: { kind: 'renew-flag', ids: ['storageIds'], renew: 'renewFlag' },
};

export const PURCHASES: { readonly [product: string]: Facts } = {
  cvm: {
    RunInstances: { kind: 'create', count: 'InstanceCount', ...INSTANCE_CHARGE, made: ['InstanceIdSet'] },
    RenewInstances: { kind: 'renew', ...INSTANCES, ...prepaid('InstanceChargePrepaid') },
    ResetInstancesType: { kind: 'resize', ...INSTANCES, size: ['InstanceType'] },
    ResizeInstanceDisks: { kind: 'resize', ...INSTANCE, size: ['DataDisks', 'SystemDisk'] },
    ResetInstancesInternetMaxBandwidth: { kind: 'resize', ...INSTANCES, size: ['InternetAccessible'] },
    ModifyInstancesChargeType: { kind: 'charge-type', ...INSTANCES, ...INSTANCE_CHARGE },
    ModifyInstancesRenewFlag: { kind: 'renew-flag', ...INSTANCES, renew: 'RenewFlag' },
    ModifyInstanceDiskType: { kind: 'resize', ...INSTANCE },
    AllocateHosts: { kind: 'create', count: 'HostCount', ...charged('Host'), made: ['HostIdSet'] },
    RenewHosts: { kind: 'renew', ids: ['HostIds'], ...prepaid('HostChargePrepaid') },
    PurchaseResourcePoolPacks: {
      kind: 'create',
      count: 'InstanceCount',
      ...months('Period'),
      renew: 'RenewFlag',
      made: ['DedicatedResourcePackIdSet'],
    },
    ModifyInstanceInternetChargeType: { kind: 'charge-type', ...INSTANCES, charge: 'InternetChargeType' },
    AdjustPublicAddress: { kind: 'resize', ...INSTANCE },
    ...OLD_DISKS,
  },
  cbs: {
    CreateDisks: { kind: 'create', count: 'DiskCount', ...DISK_CHARGE, made: ['DiskIdSet'] },
    RenewDisk: { kind: 'renew', ids: ['DiskId'], ...prepaid('DiskChargePrepaid') },
    ResizeDisk: { kind: 'resize', ids: ['DiskId'], size: ['DiskSize'] },
    ModifyDiskExtraPerformance: { kind: 'resize', ids: ['DiskId'] },
    ModifyDisksChargeType: { kind: 'charge-type', ...DISKS, ...DISK_CHARGE },
    ModifyDisksRenewFlag: { kind: 'renew-flag', ...DISKS, renew: 'RenewFlag' },
  },
  lighthouse: {
    CreateInstances: {
      kind: 'create',
      count: 'InstanceCount',
      size: ['BundleId'],
      ...prepaid('InstanceChargePrepaid'),
      made: ['InstanceIdSet'],
    },
    RenewInstances: { kind: 'renew', ...INSTANCES, ...prepaid('InstanceChargePrepaid') },
    ModifyInstancesBundle: { kind: 'resize', ...INSTANCES, size: ['BundleId'] },
    ModifyInstancesRenewFlag: { kind: 'renew-flag', ...INSTANCES, renew: 'RenewFlag' },
    CreateDisks: {
      kind: 'create',
      count: 'DiskCount',
      ...prepaid('DiskChargePrepaid'),
      made: ['DiskIdSet'],
    },
    RenewDisks: { kind: 'renew', ...DISKS, ...prepaid('RenewDiskChargePrepaid') },
    ResizeDisks: { kind: 'resize', ...DISKS },
  },
  vpc: {
    AllocateAddresses: {
      kind: 'create',
      count: 'AddressCount',
      charge: 'InternetChargeType',
      ...prepaid('AddressChargePrepaid'),
      made: ['AddressSet'],
    },
    RenewAddresses: { kind: 'renew', ...ADDRESSES, ...prepaid('AddressChargePrepaid') },
    ModifyAddressesBandwidth: { kind: 'resize', ...ADDRESSES, size: ['InternetMaxBandwidthOut'] },
    ModifyAddressInternetChargeType: {
      kind: 'charge-type',
      ids: ['AddressId'],
      charge: 'InternetChargeType',
      ...prepaid('AddressChargePrepaid'),
    },
    // `AddressCount` says how many addresses one gateway gets.
    CreateNatGateway: { kind: 'create', size: ['AddressCount'], made: ['NatGatewaySet.NatGatewayId'] },
    CreateVpnGateway: { kind: 'create', ...INSTANCE_CHARGE, made: ['VpnGateway.VpnGatewayId'] },
    RenewVpnGateway: { kind: 'renew', ids: ['VpnGatewayId'], ...prepaid('InstanceChargePrepaid') },
    CreateBandwidthPackage: {
      kind: 'create',
      charge: 'ChargeType',
      ...months('TimeSpan'),
      made: ['BandwidthPackageId', 'BandwidthPackageIds'],
    },
    ModifyBandwidthPackageBandwidth: { kind: 'resize', ids: ['BandwidthPackageId'] },
    ModifyBandwidthPackageAttribute: {
      kind: 'charge-type',
      ids: ['BandwidthPackageId'],
      charge: 'ChargeType',
      only: ['ChargeType'],
    },
    CreateTrafficPackages: {
      kind: 'create',
      count: 'TrafficPackageCount',
      size: ['TrafficAmount'],
      made: ['TrafficPackageSet'],
    },
    CreateCcn: { kind: 'create', charge: 'InstanceChargeType', made: ['Ccn.CcnId'] },
    SetCcnRegionBandwidthLimits: { kind: 'resize', ids: ['CcnId'] },
  },
  clb: {
    CreateLoadBalancer: {
      kind: 'create',
      count: 'Number',
      ...LB_CHARGE,
      made: ['LoadBalancerIds'],
      ...deals('DealName'),
    },
    CloneLoadBalancer: { kind: 'create', ids: ['LoadBalancerId'] },
    RenewLoadBalancers: {
      kind: 'renew',
      ids: ['LoadBalancerIds'],
      ...prepaid('LBChargePrepaid'),
      ...deals('DealName'),
    },
    ModifyLoadBalancerSla: {
      kind: 'resize',
      ids: ['LoadBalancerSla.LoadBalancerId'],
      size: ['LoadBalancerSla.SlaType'],
      ...deals('DealName'),
    },
    ModifyLoadBalancerAttributes: {
      kind: 'resize',
      ids: ['LoadBalancerId'],
      only: ['InternetChargeInfo'],
      ...deals('DealName'),
    },
  },
  cdb: {
    CreateDBInstance: {
      kind: 'create',
      count: 'GoodsNum',
      ...AHEAD,
      ...MONTHLY,
      ...MADE_INSTANCES,
      ...deals('DealIds'),
    },
    CreateDBInstanceHour: {
      kind: 'create',
      count: 'GoodsNum',
      ...HOURLY,
      ...AUTO_RENEW_FLAG,
      ...MADE_INSTANCES,
      ...deals('DealIds'),
    },
    CreateCloneInstance: { kind: 'create', ...INSTANCE, charge: 'PayType', ...months('Period') },
    RenewDBInstance: {
      kind: 'renew',
      ...INSTANCE,
      charge: 'ModifyPayType',
      ...months('TimeSpan'),
      renew: 'AutoRenew',
      ...deals('DealId'),
    },
    UpgradeDBInstance: {
      kind: 'resize',
      ...INSTANCE,
      size: ['Memory', 'Volume', 'Cpu', 'DeviceType'],
      ...deals('DealIds'),
    },
    ModifyAutoRenewFlag: { kind: 'renew-flag', ...INSTANCES, renew: 'AutoRenew' },
  },
  redis: {
    CreateInstances: {
      kind: 'create',
      count: 'GoodsNum',
      ...mode('BillingMode'),
      ...months('Period'),
      renew: 'AutoRenew',
      ...MADE_INSTANCES,
      ...deals('DealId', 'DealName'),
    },
    CloneInstances: {
      kind: 'create',
      ...INSTANCE,
      count: 'GoodsNum',
      ...mode('BillingMode'),
      ...months('Period'),
      renew: 'AutoRenew',
      ...MADE_INSTANCES,
      ...deals('DealId', 'DealName'),
    },
    RenewInstance: {
      kind: 'renew',
      ...INSTANCE,
      charge: 'ModifyPayMode',
      ...months('Period'),
      ...deals('DealId', 'DealName'),
    },
    UpgradeInstance: {
      kind: 'resize',
      ...INSTANCE,
      size: ['MemSize', 'RedisShardNum', 'RedisReplicasNum'],
      ...deals('DealId', 'DealName'),
    },
    UpgradeInstanceVersion: { kind: 'resize', ...INSTANCE, ...deals('DealId', 'DealName') },
  },
  mongodb: {
    CreateDBInstance: {
      kind: 'create',
      count: 'GoodsNum',
      size: ['NodeNum'],
      ...AHEAD,
      ...MONTHLY,
      ...MADE_INSTANCES,
      ...deals('DealId'),
    },
    CreateDBInstanceHour: {
      kind: 'create',
      count: 'GoodsNum',
      size: ['NodeNum'],
      ...HOURLY,
      ...MADE_INSTANCES,
      ...deals('DealId'),
    },
    RenewDBInstances: { kind: 'renew', ...INSTANCES, ...prepaid('InstanceChargePrepaid') },
    ModifyDBInstanceSpec: {
      kind: 'resize',
      ...INSTANCE,
      size: ['Memory', 'Volume', 'NodeNum'],
      ...deals('DealId'),
    },
  },
  postgres: {
    CreateInstances: {
      kind: 'create',
      count: 'InstanceCount',
      charge: 'InstanceChargeType',
      ...MONTHLY,
      made: ['DBInstanceIdSet'],
      ...deals('DealNames', 'BillId'),
    },
    CreateReadOnlyDBInstance: {
      kind: 'create',
      ids: ['MasterDBInstanceId'],
      count: 'InstanceCount',
      charge: 'InstanceChargeType',
      ...MONTHLY,
      made: ['DBInstanceIdSet'],
      ...deals('DealNames', 'BillId'),
    },
    RenewInstance: { kind: 'renew', ids: ['DBInstanceId'], ...months('Period'), ...deals('DealName') },
    ModifyDBInstanceSpec: {
      kind: 'resize',
      ids: ['DBInstanceId'],
      size: ['Memory', 'Storage', 'Cpu'],
      ...deals('DealName', 'BillId'),
    },
    ModifyDBInstanceChargeType: {
      kind: 'charge-type',
      ids: ['DBInstanceId'],
      charge: 'InstanceChargeType',
      ...MONTHLY,
      ...deals('DealName'),
    },
  },
  sqlserver: {
    CreateDBInstances: {
      kind: 'create',
      thing: 'instance',
      count: 'GoodsNum',
      charge: 'InstanceChargeType',
      ...MONTHLY,
      ...deals('DealName', 'DealNames'),
    },
    CreateCloudDBInstances: {
      kind: 'create',
      thing: 'instance',
      count: 'GoodsNum',
      charge: 'InstanceChargeType',
      ...MONTHLY,
      ...deals('DealName'),
    },
    CreateBasicDBInstances: {
      kind: 'create',
      thing: 'instance',
      count: 'GoodsNum',
      charge: 'InstanceChargeType',
      ...MONTHLY,
      ...deals('DealName'),
    },
    RenewDBInstance: { kind: 'renew', ...INSTANCE, ...MONTHLY, ...deals('DealName') },
    UpgradeDBInstance: { kind: 'resize', ...INSTANCE, size: ['Memory', 'Storage'], ...deals('DealName') },
    ModifyDBInstanceRenewFlag: {
      kind: 'renew-flag',
      ids: ['RenewFlags.InstanceId'],
      renew: 'RenewFlags.RenewFlag',
    },
  },
  mariadb: {
    CreateDBInstance: {
      kind: 'create',
      count: 'Count',
      size: ['NodeCount'],
      ...AHEAD,
      ...MONTHLY,
      ...MADE_INSTANCES,
      ...deals('DealName'),
    },
    CreateHourDBInstance: {
      kind: 'create',
      count: 'Count',
      size: ['NodeCount'],
      ...HOURLY,
      ...MADE_INSTANCES,
      ...deals('DealName'),
    },
    RenewDBInstance: { kind: 'renew', ...INSTANCE, ...months('Period'), ...deals('DealName') },
    UpgradeDBInstance: { kind: 'resize', ...INSTANCE, size: ['Memory', 'Storage'], ...deals('DealName') },
  },
  dcdb: {
    CreateDCDBInstance: {
      kind: 'create',
      count: 'Count',
      ...AHEAD,
      ...MONTHLY,
      ...MADE_INSTANCES,
      ...deals('DealName'),
    },
    CreateHourDCDBInstance: {
      kind: 'create',
      count: 'Count',
      ...HOURLY,
      ...MADE_INSTANCES,
      ...deals('DealName'),
    },
    RenewDCDBInstance: { kind: 'renew', ...INSTANCE, ...months('Period'), ...deals('DealName') },
    UpgradeDCDBInstance: { kind: 'resize', ...INSTANCE, ...deals('DealName') },
  },
  cynosdb: {
    CreateClusters: {
      kind: 'create',
      count: 'Count',
      size: ['InstanceCount'],
      ...mode('PayMode'),
      ...SPAN,
      ...AUTO_RENEW_FLAG,
      made: ['ClusterIds', 'ResourceIds'],
      ...deals('DealNames', 'BigDealIds', 'TranId'),
    },
    RenewClusters: {
      kind: 'renew',
      ...CLUSTER,
      ...SPAN,
      made: ['ClusterIds', 'ResourceIds'],
      ...deals('DealNames', 'BigDealIds', 'TranId'),
    },
    UpgradeInstance: {
      kind: 'resize',
      ...INSTANCE,
      size: ['Cpu', 'Memory'],
      ...deals('DealNames', 'BigDealIds', 'TranId'),
    },
    CreateResourcePackage: {
      kind: 'create',
      count: 'PackageCount',
      period: { at: 'ExpireDay', unit: 'day' },
      ...deals('DealNames', 'BigDealIds'),
    },
  },
  tke: {
    CreateCluster: { kind: 'create', size: ['RunInstancesForNode'], made: ['ClusterId'] },
    CreateClusterInstances: { kind: 'create', ...CLUSTER, made: ['InstanceIdSet'] },
    CreateClusterNodePool: { kind: 'create', ...CLUSTER, made: ['NodePoolId'] },
    CreateClusterVirtualNode: { kind: 'create', ids: ['ClusterId', 'NodePoolId'], made: ['NodeName'] },
    CreateEKSCluster: { kind: 'create', made: ['ClusterId'] },
    CreateEKSContainerInstances: { kind: 'create', count: 'Replicas', made: ['EksCiIds'] },
    CreateReservedInstances: {
      kind: 'create',
      count: 'InstanceCount',
      ...prepaid('InstanceChargePrepaid'),
      made: ['ReservedInstanceIds'],
    },
    RenewReservedInstances: {
      kind: 'renew',
      ids: ['ReservedInstanceIds'],
      ...prepaid('InstanceChargePrepaid'),
    },
    CreateNodePool: { kind: 'create', ...CLUSTER, made: ['NodePoolId'] },
    ScaleNodePool: { kind: 'resize', ids: ['ClusterId', 'NodePoolId'], size: ['Replicas'] },
  },
  ckafka: {
    CreateInstancePre: {
      kind: 'create',
      count: 'InstanceNum',
      ...AHEAD,
      ...months('Period'),
      renew: 'RenewFlag',
      made: ['Result.Data.InstanceId', 'Result.Data.DealNameInstanceIdMapping.InstanceIdList'],
      ...deals('Result.Data.DealNames'),
    },
    CreatePostPaidInstance: {
      kind: 'create',
      count: 'InstanceNum',
      ...HOURLY,
      made: ['Result.Data.InstanceId', 'Result.Data.DealNameInstanceIdMapping.InstanceIdList'],
      ...deals('Result.Data.DealNames'),
    },
    ModifyInstancePre: { kind: 'resize', ...INSTANCE, ...deals('Result.Data.DealNames') },
    RenewCkafkaInstance: {
      kind: 'renew',
      ...INSTANCE,
      ...months('TimeSpan'),
      ...deals('Result.BigDealId', 'Result.DealName'),
    },
  },
  tdmq: {
    CreateProCluster: {
      kind: 'create',
      ...months('TimeSpan'),
      ...AUTO_RENEW_FLAG,
      made: ['ClusterId'],
      ...deals('DealName', 'BigDealId'),
    },
    CreateRabbitMQVipInstance: {
      kind: 'create',
      size: ['NodeNum'],
      ...mode('PayMode'),
      ...months('TimeSpan'),
      ...AUTO_RENEW_FLAG,
      ...MADE_INSTANCE,
      ...deals('TranId'),
    },
  },
  trocket: {
    CreateInstance: {
      kind: 'create',
      ...mode('PayMode'),
      ...months('TimeSpan'),
      renew: 'RenewFlag',
      ...MADE_INSTANCE,
    },
  },
  es: {
    CreateInstance: {
      kind: 'create',
      size: ['NodeNum'],
      charge: 'ChargeType',
      ...span('ChargePeriod', 'TimeUnit'),
      renew: 'RenewFlag',
      ...MADE_INSTANCE,
      ...deals('DealName'),
    },
    UpdateInstance: {
      kind: 'resize',
      ...INSTANCE,
      size: ['NodeNum'],
      only: [
        'NodeNum',
        'NodeType',
        'DiskSize',
        'NodeInfoList',
        'MasterNodeNum',
        'MasterNodeType',
        'MasterNodeDiskSize',
      ],
      ...deals('DealName'),
    },
  },
  emr: {
    CreateCluster: { kind: 'create', ...INSTANCE_CHARGE, ...MADE_INSTANCE },
    CreateInstance: {
      kind: 'create',
      ...mode('PayMode'),
      ...SPAN,
      renew: 'AutoRenew',
      ...MADE_INSTANCE,
    },
    ScaleOutCluster: {
      kind: 'resize',
      ...INSTANCE,
      ...INSTANCE_CHARGE,
      ...deals('DealNames', 'BillId'),
    },
    ModifyAutoRenewFlag: { kind: 'renew-flag', ids: ['InstanceId', 'ResourceIds'], renew: 'RenewFlag' },
  },
  cfs: {
    CreateCfsFileSystem: { kind: 'create', made: ['FileSystemId'] },
  },
  tcr: {
    CreateInstance: {
      kind: 'create',
      ...mode('RegistryChargeType'),
      ...prepaid('RegistryChargePrepaid'),
      made: ['RegistryId'],
    },
    RenewInstance: { kind: 'renew', ids: ['RegistryId'], ...prepaid('RegistryChargePrepaid') },
  },
  ssl: {
    CreateCertificate: {
      kind: 'create',
      ...years('TimeSpan'),
      made: ['CertificateIds'],
      ...deals('DealIds'),
    },
    CreateCertificateByPackage: {
      kind: 'create',
      count: 'CertificateCount',
      ...years('Period'),
      made: ['CertificateId', 'CertificateIds'],
    },
  },
  domain: {
    // `PayMode` says out of which purse, not in which way.
    CreateDomainBatch: {
      kind: 'create',
      made: ['Domains'],
      count: 'Domains',
      ...years('Period'),
      ...AUTO_RENEW_FLAG,
      ...deals('LogId'),
    },
    RenewDomainBatch: {
      kind: 'renew',
      ids: ['Domains'],
      count: 'Domains',
      ...years('Period'),
      ...AUTO_RENEW_FLAG,
      ...deals('LogId'),
    },
    TransferInDomainBatch: {
      kind: 'create',
      made: ['Domains'],
      count: 'Domains',
      ...AUTO_RENEW_FLAG,
      ...deals('LogId'),
    },
    CreateDomainRedemption: { kind: 'renew', ids: ['DomainId'] },
  },
  dnspod: {
    CreateDeal: {
      kind: 'create',
      kinds: { at: 'DealType', values: { 2: 'renew', 3: 'resize' } },
      count: 'GoodsNum',
      ...months('TimeSpan'),
      renew: 'AutoRenew',
      ...deals('BigDealId', 'DealList.DealId', 'DealList.DealName'),
    },
    PayOrderWithBalance: { kind: 'pay', ...deals('BigDealIdList', 'DealIdList', 'DealNameList') },
  },
  teo: {
    CreatePlan: { kind: 'create', ...prepaid('PrepaidPlanParam'), made: ['PlanId'], ...deals('DealName') },
    RenewPlan: { kind: 'renew', ids: ['PlanId'], ...months('Period'), ...deals('DealName') },
    IncreasePlanQuota: { kind: 'resize', ids: ['PlanId'], size: ['QuotaNumber'], ...deals('DealName') },
  },
  waf: {
    GenerateDealsAndPayNew: {
      kind: 'create',
      count: 'Goods.GoodsNum',
      ...mode('Goods.PayMode'),
      ...span('Goods.GoodsDetail.TimeSpan', 'Goods.GoodsDetail.TimeUnit'),
      renew: 'Goods.GoodsDetail.AutoRenewFlag',
      ...MADE_INSTANCE,
      ...deals('Data.DealNames', 'Data.BigDealId'),
    },
  },
  cwp: {
    CreateLicenseOrder: {
      kind: 'create',
      count: 'LicenseNum',
      ...months('TimeSpan'),
      ...AUTO_RENEW_FLAG,
      made: ['ResourceIds'],
      ...deals('DealNames', 'BigDealId'),
    },
  },
  gaap: {
    CreateProxy: { kind: 'create', made: ['InstanceId'] },
  },
  dc: {
    CreateDirectConnect: { kind: 'create', made: ['DirectConnectIdSet'] },
  },
  dts: {
    CreateMigrationService: { kind: 'create', thing: 'job', count: 'Count', made: ['JobIds'] },
    CreateSubscribe: {
      kind: 'create',
      count: 'Count',
      mode: { at: 'PayType', words: ['PREPAID', 'POSTPAID_BY_HOUR'] },
      ...months('Duration'),
      renew: 'AutoRenew',
      made: ['SubscribeIds'],
    },
    CreateSyncJob: {
      kind: 'create',
      thing: 'job',
      count: 'Count',
      charge: 'PayMode',
      ...months('TimeSpan'),
      renew: 'AutoRenew',
      made: ['JobIds'],
    },
  },
  // The billing console. Its orders say what was bought, and what came of them shows elsewhere.
  finance: {
    CreateOrders: { kind: 'create', ...GOODS },
    CreateOrdersAndPay: { kind: 'create', ...GOODS },
    CreateSavingPlanOrder: { kind: 'create', ...GOODS },
    CreateSpOrder: { kind: 'create', ...GOODS },
    CreateSignOrder: { kind: 'create', ...GOODS },
    PayDeals: { kind: 'pay', ...GOODS },
    BatchReturnEffectiveRenewDeal: { kind: 'refund', ...GOODS },
  },
  billing: {
    CreateInstance: {
      kind: 'create',
      count: 'Quantity',
      charge: 'PayMode',
      ...span('Period', 'PeriodUnit'),
      renew: 'RenewFlag',
      made: ['InstanceIdList'],
      thing: '',
      ...deals('OrderId'),
    },
    RenewInstance: { kind: 'renew', ...ANYTHING, ...span('Period', 'PeriodUnit'), ...deals('OrderIdList') },
    RefundInstance: { kind: 'refund', ...ANYTHING, ...deals('OrderIdList') },
    SetRenewal: {
      kind: 'renew-flag',
      ...ANYTHING,
      ...span('RenewPeriod', 'RenewPeriodUnit'),
      renew: 'RenewFlag',
    },
    PayDeals: { kind: 'pay', made: ['ResourceIds'], ...deals('BigDealIds', 'OrderIds') },
  },
};
