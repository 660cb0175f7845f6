import { describe, expect, test } from 'vitest';
import { purchaseOf } from '../../../shared/catalogue/purchase.ts';
import type { Json } from '../../../shared/event/event.ts';

/** By kind, product and action: everything that the vendor documents as about money. */
const KINDS: { [kind: string]: string } = {
  create: `
    cvm: RunInstances AllocateHosts PurchaseResourcePoolPacks CreateCbsStorages AllocateAddresses CreateDisks
    cbs: CreateDisks
    lighthouse: CreateInstances CreateDisks
    vpc: AllocateAddresses CreateNatGateway CreateVpnGateway CreateBandwidthPackage CreateTrafficPackages CreateCcn
    clb: CreateLoadBalancer CloneLoadBalancer
    cdb: CreateDBInstance CreateDBInstanceHour CreateCloneInstance
    redis: CreateInstances CloneInstances
    mongodb: CreateDBInstance CreateDBInstanceHour
    postgres: CreateInstances CreateReadOnlyDBInstance
    sqlserver: CreateDBInstances CreateCloudDBInstances CreateBasicDBInstances
    mariadb: CreateDBInstance CreateHourDBInstance
    dcdb: CreateDCDBInstance CreateHourDCDBInstance
    cynosdb: CreateClusters CreateResourcePackage
    tke: CreateCluster CreateClusterInstances CreateClusterNodePool CreateClusterVirtualNode CreateEKSCluster
      CreateEKSContainerInstances CreateReservedInstances CreateNodePool
    ccs: CreateCluster CreateClusterInstances
    ckafka: CreateInstancePre CreatePostPaidInstance
    tdmq: CreateProCluster CreateRabbitMQVipInstance
    trocket: CreateInstance
    es: CreateInstance
    emr: CreateCluster CreateInstance
    cfs: CreateCfsFileSystem
    tcr: CreateInstance
    ssl: CreateCertificate CreateCertificateByPackage
    domain: CreateDomainBatch TransferInDomainBatch
    dnspod: CreateDeal
    teo: CreatePlan
    waf: GenerateDealsAndPayNew
    cwp: CreateLicenseOrder
    gaap: CreateProxy
    dc: CreateDirectConnect
    dts: CreateMigrationService CreateSubscribe CreateSyncJob
    billing: CreateInstance
    finance: CreateOrders CreateOrdersAndPay CreateSavingPlanOrder CreateSpOrder CreateSignOrder`,
  renew: `
    cvm: RenewInstances RenewHosts RenewCbsStorage
    cbs: RenewDisk
    lighthouse: RenewInstances RenewDisks
    vpc: RenewAddresses RenewVpnGateway
    clb: RenewLoadBalancers
    cdb: RenewDBInstance
    redis: RenewInstance
    mongodb: RenewDBInstances
    postgres: RenewInstance
    sqlserver: RenewDBInstance
    mariadb: RenewDBInstance
    dcdb: RenewDCDBInstance
    cynosdb: RenewClusters
    tke: RenewReservedInstances
    ckafka: RenewCkafkaInstance
    tcr: RenewInstance
    domain: RenewDomainBatch CreateDomainRedemption
    teo: RenewPlan
    billing: RenewInstance`,
  resize: `
    cvm: ResetInstancesType ResizeInstanceDisks ResetInstancesInternetMaxBandwidth ModifyInstanceDiskType
      ResizeCbsStorage ModifyAddressesBandwidth AdjustPublicAddress
    cbs: ResizeDisk ModifyDiskExtraPerformance
    lighthouse: ModifyInstancesBundle ResizeDisks
    vpc: ModifyAddressesBandwidth ModifyBandwidthPackageBandwidth SetCcnRegionBandwidthLimits
    clb: ModifyLoadBalancerSla ModifyLoadBalancerAttributes
    cdb: UpgradeDBInstance
    redis: UpgradeInstance UpgradeInstanceVersion
    mongodb: ModifyDBInstanceSpec
    postgres: ModifyDBInstanceSpec
    sqlserver: UpgradeDBInstance
    mariadb: UpgradeDBInstance
    dcdb: UpgradeDCDBInstance
    cynosdb: UpgradeInstance
    tke: ScaleNodePool
    ckafka: ModifyInstancePre
    es: UpdateInstance
    emr: ScaleOutCluster
    teo: IncreasePlanQuota`,
  'charge-type': `
    cvm: ModifyInstancesChargeType ModifyInstanceInternetChargeType
    cbs: ModifyDisksChargeType
    vpc: ModifyAddressInternetChargeType ModifyBandwidthPackageAttribute
    postgres: ModifyDBInstanceChargeType`,
  'renew-flag': `
    cvm: ModifyInstancesRenewFlag ModifyCbsRenewFlag
    cbs: ModifyDisksRenewFlag
    lighthouse: ModifyInstancesRenewFlag
    cdb: ModifyAutoRenewFlag
    sqlserver: ModifyDBInstanceRenewFlag
    emr: ModifyAutoRenewFlag
    billing: SetRenewal`,
  pay: `
    dnspod: PayOrderWithBalance
    billing: PayDeals
    finance: PayDeals`,
  refund: `
    billing: RefundInstance
    redis: DestroyPrepaidInstance
    finance: BatchReturnEffectiveRenewDeal`,
  release: `
    cvm: TerminateInstances TerminateCbsStorages TerminateDisks ReleaseAddresses
    cbs: TerminateDisks
    lighthouse: IsolateInstances TerminateInstances
    cdb: IsolateDBInstance
    redis: DestroyPostpaidInstance
    mongodb: IsolateDBInstance TerminateDBInstances
    postgres: IsolateDBInstances DestroyDBInstance
    sqlserver: TerminateDBInstance
    mariadb: IsolateDBInstance IsolateHourDBInstance DestroyDBInstance DestroyHourDBInstance
    dcdb: IsolateDCDBInstance IsolateHourDCDBInstance DestroyDCDBInstance DestroyHourDCDBInstance
    cynosdb: IsolateCluster IsolateInstance
    clb: DeleteLoadBalancer
    vpc: ReleaseAddresses DeleteNatGateway
    tke: DeleteCluster
    ckafka: DeleteInstancePre IsolatedInstancePre
    emr: TerminateInstance
    dts: IsolateSubscribe IsolateSyncJob IsolateMigrateJob DestroySyncJob DestroyMigrateJob
    teo: DestroyPlan`,
};

const ACTIONS = Object.entries(KINDS).flatMap(([kind, text]) =>
  text.split(/\n(?=\s+\w+: )/).flatMap((part) => {
    const [product = '', events = ''] = part.trim().split(': ');
    return events
      .split(/\s+/)
      .filter(Boolean)
      .map((event) => ({ kind, product, event }));
  }),
);

function call(product: string, event: string, request: Json = {}, response: Json = {}) {
  return { product, event, action: 'write', outcome: 'ok', request, response } as const;
}

test('every kind of purchase is in the list', () => {
  expect(ACTIONS.length).toBeGreaterThan(150);
});

test.each(ACTIONS)('$product:$event is known as $kind', ({ kind, product, event }) => {
  const purchase = purchaseOf(call(product, event));
  expect(purchase?.kind).toBe(kind);
  expect(purchase).not.toHaveProperty('guessed');
});

describe('no purchase is', () => {
  test.each(ACTIONS)('$product:$event that failed, was denied or was rehearsed', ({ product, event }) => {
    expect(purchaseOf({ ...call(product, event), outcome: 'failed' })).toBeUndefined();
    expect(purchaseOf({ ...call(product, event), outcome: 'denied' })).toBeUndefined();
    expect(purchaseOf(call(product, event, { DryRun: true }))).toBeUndefined();
  });

  test.each([
    ['cvm', 'StartInstances', { InstanceIds: ['ins-8kq2m1zd'] }],
    ['cvm', 'InquiryPriceRunInstances', { InstanceChargeType: 'PREPAID' }],
    ['vpc', 'CreateSecurityGroup', { GroupName: 'web' }],
    ['cam', 'constructor', {}],
    ['constructor', 'RunInstances', {}],
    ['clb', 'ModifyLoadBalancerAttributes', { LoadBalancerId: 'lb-3b5d7f9h', LoadBalancerName: 'web' }],
    [
      'vpc',
      'ModifyBandwidthPackageAttribute',
      { BandwidthPackageId: 'bwp-3b5d7f9h', BandwidthPackageName: 'x' },
    ],
    ['es', 'UpdateInstance', { InstanceId: 'es-3b5d7f9h', EsAcl: { BlackIpList: [] } }],
  ])('%s:%s', (product, event, request) => {
    expect(purchaseOf(call(product, event, request))).toBeUndefined();
  });

  test('a known action that does several things, where this one is about money, is one', () => {
    const request = { LoadBalancerId: 'lb-3b5d7f9h', InternetChargeInfo: { InternetMaxBandwidthOut: 50 } };
    expect(purchaseOf(call('clb', 'ModifyLoadBalancerAttributes', request))?.kind).toBe('resize');
  });
});

test.each([true, 'true', 'True', 1, '1', 'yes'])('DryRun %j is a rehearsal', (DryRun) => {
  expect(purchaseOf(call('cvm', 'RunInstances', { DryRun }))).toBeUndefined();
});

test.each([false, 'false', 'False', 0, '0', '', null])('DryRun %j is none', (DryRun) => {
  expect(purchaseOf(call('cvm', 'RunInstances', { DryRun }))?.kind).toBe('create');
});
