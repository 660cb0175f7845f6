/**
 * Writes that change a configuration though their names begin with no verb of change. Spelled as published,
 * as `product:event`.
 */
export const CHANGE_NAMES: ReadonlySet<string> = named({
  cvm: `
    AdjustPublicAddress ApplySnapshot ColdMigrateInstance EnterRescueMode ExitLiveMigrateInstance ExitRescueMode
    ImportCbs ImportKeyPair LiveMigrateInstance SyncImages`,
  cbs: `ApplyDiskBackup ApplySnapshot`,
  // A rule or a route is no resource of its own: making or deleting one changes the group or the table.
  vpc: `
    AcceptAttachCcnInstances AcceptVpcPeeringConnection AcceptVpcPeeringConnectionEx CreateRoutes
    CreateSecurityGroupPolicies DeleteRoutes DeleteSecurityGroupPolicies EipBindNatGateway EipUnBindNatGateway
    HaVipAssociateAddressIp HaVipDisassociateAddressIp RejectAttachCcnInstances RejectVpcPeeringConnection
    RejectVpcPeeringConnectionEx`,
  clb: `AutoRewrite ManualRewrite`,
  cdb: `BalanceRoGroupLoad CancelDBInstanceTask InitDBInstances KillDBProcessByIds`,
  redis: `CleanUpInstance ModfiyInstancePassword StartupInstance`,
  tke: `CancelClusterRelease DrainClusterNode RollbackClusterRelease`,
  ccs: `MosifyIngress RedeployClusterService RollbackClusterService`,
  cam: `BatchOperateCamStrategy`,
  kms: `CancelKeyDeletion ImportKeyMaterial ScheduleKeyDeletion`,
});

/** Writes whose names begin like changes, and that only bring data in: `product:event`. */
export const DATA_NAMES: ReadonlySet<string> = named({
  cos: `PutObject PutObjectCopy`,
  eb: `PutEvents`,
  monitor: `PutMonitorData`,
});

/** `product:event` of every name. */
function named(byProduct: { readonly [product: string]: string }): ReadonlySet<string> {
  return new Set(
    Object.entries(byProduct).flatMap(([product, events]) =>
      events
        .trim()
        .split(/\s+/)
        .map((event) => `${product}:${event}`),
    ),
  );
}
