/** What is given back, by product and action. Nobody is billed for it any longer; some of it is refunded. */
import { deals, type Facts, type PurchaseFacts } from './purchase-facts.ts';

function release(...ids: string[]): PurchaseFacts {
  return { kind: 'release', ids };
}

const INSTANCE = release('InstanceId');
const INSTANCES = release('InstanceIds');

export const RELEASES: { readonly [product: string]: Facts } = {
  cvm: { TerminateInstances: INSTANCES, TerminateCbsStorages: release('storageIds') },
  cbs: { TerminateDisks: release('DiskIds') },
  lighthouse: {
    IsolateInstances: INSTANCES,
    TerminateInstances: INSTANCES,
    IsolateDisks: release('DiskIds'),
    TerminateDisks: release('DiskIds'),
  },
  vpc: { ReleaseAddresses: release('AddressIds'), DeleteNatGateway: release('NatGatewayId') },
  clb: { DeleteLoadBalancer: release('LoadBalancerIds'), DeleteLoadBalancers: release('LoadBalancerIds') },
  cdb: { IsolateDBInstance: INSTANCE },
  redis: {
    // What was paid ahead is paid back in part, under a deal of its own.
    DestroyPrepaidInstance: { kind: 'refund', ids: ['InstanceId'], ...deals('DealId', 'DealName') },
    DestroyPostpaidInstance: INSTANCE,
  },
  mongodb: { IsolateDBInstance: INSTANCE, TerminateDBInstances: INSTANCE },
  postgres: { IsolateDBInstances: release('DBInstanceIdSet'), DestroyDBInstance: release('DBInstanceId') },
  sqlserver: { TerminateDBInstance: release('InstanceIdSet') },
  mariadb: {
    IsolateDBInstance: INSTANCES,
    IsolateHourDBInstance: INSTANCES,
    IsolateDedicatedDBInstance: INSTANCE,
    DestroyDBInstance: INSTANCE,
    DestroyHourDBInstance: INSTANCE,
  },
  dcdb: {
    IsolateDCDBInstance: INSTANCES,
    IsolateHourDCDBInstance: INSTANCES,
    IsolateDedicatedDBInstance: INSTANCE,
    DestroyDCDBInstance: INSTANCE,
    DestroyHourDCDBInstance: INSTANCE,
  },
  cynosdb: {
    IsolateCluster: { kind: 'release', ids: ['ClusterId'], ...deals('DealNames') },
    IsolateInstance: { kind: 'release', ids: ['InstanceIdList'], ...deals('DealNames') },
  },
  tke: { DeleteCluster: release('ClusterId') },
  ckafka: { DeleteInstancePre: INSTANCE, IsolatedInstancePre: INSTANCE },
  emr: { TerminateInstance: INSTANCE },
  dts: {
    IsolateSubscribe: release('SubscribeId'),
    IsolateMigrateJob: release('JobId'),
    IsolateSyncJob: release('JobId'),
    DestroyIsolatedSubscribe: release('SubscribeId'),
    DestroyMigrateJob: release('JobId'),
    DestroySyncJob: release('JobId'),
  },
  teo: { DestroyPlan: release('PlanId') },
};
