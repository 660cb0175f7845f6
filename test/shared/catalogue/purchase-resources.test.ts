import { expect, test } from 'vitest';
import { boughtOf } from '../../../shared/catalogue/bought.ts';
import { readResources } from '../../../shared/event/resources.ts';
import type { Json } from '../../../shared/event/event.ts';

const CONTEXT = {
  VpcId: 'vpc-1a2b3c4d',
  SubnetId: 'subnet-1a2b3c4d',
  ImageId: 'img-1a2b3c4d',
  SecurityGroupIds: ['sg-1a2b3c4d'],
};

/** What each create answers, by the documentation of its product; the new ids are those that end in `new0001`. */
test.each<[string, Json]>([
  ['cvm:RunInstances', { InstanceIdSet: ['ins-new0001'] }],
  ['cvm:AllocateHosts', { HostIdSet: ['host-new0001'] }],
  ['cvm:PurchaseResourcePoolPacks', { DedicatedResourcePackIdSet: ['drp-new0001'] }],
  ['cbs:CreateDisks', { DiskIdSet: ['disk-new0001'] }],
  ['lighthouse:CreateInstances', { InstanceIdSet: ['lhins-new0001'] }],
  ['lighthouse:CreateDisks', { DiskIdSet: ['lhdisk-new0001'] }],
  ['vpc:AllocateAddresses', { AddressSet: ['eip-new0001'], TaskId: '1' }],
  [
    'vpc:CreateNatGateway',
    { NatGatewaySet: [{ NatGatewayId: 'nat-new0001', VpcId: 'vpc-1a2b3c4d' }], TotalCount: 1 },
  ],
  ['vpc:CreateVpnGateway', { VpnGateway: { VpnGatewayId: 'vpngw-new0001', VpcId: 'vpc-1a2b3c4d' } }],
  ['vpc:CreateBandwidthPackage', { BandwidthPackageId: 'bwp-new0001', BandwidthPackageIds: ['bwp-new0001'] }],
  ['vpc:CreateTrafficPackages', { TrafficPackageSet: ['tp-new0001'] }],
  ['vpc:CreateCcn', { Ccn: { CcnId: 'ccn-new0001' } }],
  ['clb:CreateLoadBalancer', { LoadBalancerIds: ['lb-new0001'], DealName: 'd1' }],
  ['cdb:CreateDBInstance', { DealIds: ['d1'], InstanceIds: ['cdb-new0001'] }],
  ['cdb:CreateDBInstanceHour', { DealIds: ['d1'], InstanceIds: ['cdb-new0001'] }],
  ['redis:CreateInstances', { DealId: 'd1', InstanceIds: ['crs-new0001'], DealName: 'd1' }],
  ['redis:CloneInstances', { DealId: 'd1', InstanceIds: ['crs-new0001'] }],
  ['mongodb:CreateDBInstance', { DealId: 'd1', InstanceIds: ['cmgo-new0001'] }],
  ['postgres:CreateInstances', { DealNames: ['d1'], BillId: 'b1', DBInstanceIdSet: ['postgres-new0001'] }],
  ['postgres:CreateReadOnlyDBInstance', { DealNames: ['d1'], DBInstanceIdSet: ['pgro-new0001'] }],
  ['mariadb:CreateDBInstance', { DealName: 'd1', InstanceIds: ['tdsql-new0001'] }],
  ['mariadb:CreateHourDBInstance', { DealName: 'd1', InstanceIds: ['tdsql-new0001'], FlowId: 7 }],
  ['dcdb:CreateDCDBInstance', { DealName: 'd1', InstanceIds: ['dcdbt-new0001'] }],
  [
    'cynosdb:CreateClusters',
    { TranId: 't1', DealNames: ['d1'], ClusterIds: ['cynosdbmysql-new0001'], BigDealIds: ['b1'] },
  ],
  ['tke:CreateCluster', { ClusterId: 'cls-new0001' }],
  ['ccs:CreateClusterInstances', { InstanceIdSet: ['ins-new0001'] }],
  ['tke:CreateClusterNodePool', { NodePoolId: 'np-new0001' }],
  ['tke:CreateClusterVirtualNode', { NodeName: 'eklet-subnet-1a2b3c4d-new0001' }],
  ['tke:CreateEKSContainerInstances', { EksCiIds: ['eksci-new0001'] }],
  ['tke:CreateReservedInstances', { ReservedInstanceIds: ['eksri-new0001'] }],
  [
    'ckafka:CreateInstancePre',
    {
      Result: {
        ReturnCode: '0',
        Data: { FlowId: 0, DealNames: ['d1'], InstanceId: 'ckafka-new0001', EventId: 'e1' },
      },
    },
  ],
  [
    'tdmq:CreateProCluster',
    { DealName: 'd1', BigDealId: 'b1', ClusterId: 'pulsar-new0001', ClusterName: 'x' },
  ],
  ['tdmq:CreateRabbitMQVipInstance', { TranId: 't1', InstanceId: 'amqp-new0001' }],
  ['trocket:CreateInstance', { InstanceId: 'rmq-new0001' }],
  ['es:CreateInstance', { InstanceId: 'es-new0001', DealName: 'd1' }],
  ['emr:CreateCluster', { InstanceId: 'emr-new0001' }],
  [
    'cfs:CreateCfsFileSystem',
    { CreationTime: 'x', CreationToken: 'y', FileSystemId: 'cfs-new0001', SizeByte: 0, ZoneId: 3 },
  ],
  ['tcr:CreateInstance', { RegistryId: 'tcr-new0001' }],
  ['ssl:CreateCertificate', { CertificateIds: ['xnew0001'], DealIds: ['d1'] }],
  ['teo:CreatePlan', { PlanId: 'edgeone-new0001', DealName: 'd1' }],
  ['waf:GenerateDealsAndPayNew', { Data: { BigDealId: 'b1', DealNames: ['d1'] }, InstanceId: 'waf_new0001' }],
  ['cwp:CreateLicenseOrder', { DealNames: ['d1'], ResourceIds: ['cwp-new0001'], BigDealId: 'b1' }],
  ['gaap:CreateProxy', { InstanceId: 'link-new0001' }],
  ['dc:CreateDirectConnect', { DirectConnectIdSet: ['dc-new0001'] }],
  ['dts:CreateMigrationService', { JobIds: ['dts-new0001'] }],
  ['dts:CreateSubscribe', { SubscribeIds: ['subs-new0001'] }],
  ['dts:CreateSyncJob', { JobIds: ['sync-new0001'] }],
  ['billing:CreateInstance', { OrderId: 'o1', InstanceIdList: ['rmq-new0001'] }],
])('%s names what it made', (name, response) => {
  const [product = '', event = ''] = name.split(':');
  // A product whose answer names things of no kind cannot tell them from those it was asked to use.
  const request = product === 'cwp' || product === 'billing' ? {} : CONTEXT;
  const resources = readResources({ eventName: event }, request, response);
  const ids = boughtOf({ product, event, resources }).map(({ id }) => id);
  expect(ids).toHaveLength(1);
  expect(ids[0]).toMatch(/new0001$/);
});

test.each<[string, Json, string[]]>([
  ['cvm:RenewInstances', { InstanceIds: ['ins-1a2b3c4d', 'ins-5e6f7g8h'] }, ['ins-1a2b3c4d', 'ins-5e6f7g8h']],
  [
    'clb:ModifyLoadBalancerSla',
    { LoadBalancerSla: [{ LoadBalancerId: 'lb-1a2b3c4d', SlaType: 'x' }] },
    ['lb-1a2b3c4d'],
  ],
  ['tke:CreateClusterInstances', { ClusterId: 'cls-1a2b3c4d' }, []],
  ['cdb:CreateCloneInstance', { InstanceId: 'cdb-1a2b3c4d' }, []],
  ['domain:CreateDomainBatch', { TemplateId: 't1', Domains: ['example.com'] }, ['example.com']],
  ['finance:CreateOrders', { goods: [{ vpcId: 'vpc-1a2b3c4d' }] }, []],
  ['billing:RefundInstance', { InstanceId: 'disk-1a2b3c4d', ProductCode: 'p_cbs' }, ['disk-1a2b3c4d']],
  ['cvm:CreateCbsStorages', { storageIds: ['disk-1a2b3c4d'] }, ['disk-1a2b3c4d']],
  ['xyz:CreateFoo', { FooId: 'foo-1a2b3c4d' }, ['foo-1a2b3c4d']],
])('%s %j is about %j', (name, request, expected) => {
  const [product = '', event = ''] = name.split(':');
  const resources = readResources({ eventName: event }, request, {});
  expect(boughtOf({ product, event, resources }).map(({ id }) => id)).toEqual(expected);
});

test('where the record names things by another word, an id with a known prefix tells their kind', () => {
  const resources = [
    { type: 'clb', id: 'lb-1a2b3c4d' },
    { type: 'vpc', id: 'vpc-1a2b3c4d' },
  ];
  expect(boughtOf({ product: 'clb', event: 'CreateLoadBalancer', resources })).toEqual([resources[0]]);
});

test('where an id tells no kind, the record’s word for it counts', () => {
  const resources = [{ type: 'registryinstance', id: 'myregistry' }];
  expect(boughtOf({ product: 'tcr', event: 'RenewInstance', resources })).toEqual(resources);
});
