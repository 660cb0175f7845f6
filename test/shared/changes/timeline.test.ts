import { expect, test } from 'vitest';
import type { SettingChange } from '../../../shared/changes/change.ts';
import type { Write } from '../../../shared/changes/effect.ts';
import type { Limits } from '../../../shared/changes/sureness.ts';
import { changesOf } from '../../../shared/changes/timeline.ts';
import type { Json } from '../../../shared/event/event.ts';

const INS = { id: 'ins-0a1b2c3d', types: ['instance'] };
const BUCKET = { id: 'site-1250000001', types: [] };
const NOTHING_MISSING: Limits = { gaps: [], bounded: false, hidden: false, compared: Infinity };
const NAMED = { InstanceIds: [INS.id] };

function write(event: string, request: Json, more: Partial<Write> = {}): Write {
  return { event, request, response: {}, outcome: 'ok', resources: [INS], second: 0, ...more };
}

function named(name: string, more: Partial<Write> = {}): Write {
  return write('ModifyInstancesAttribute', { ...NAMED, InstanceName: name }, more);
}

const broken = { layer: 'api', code: 'InternalError', message: '' } as const;

/** What the last of some writes, oldest first and ten seconds apart where they do not say, did. */
function last(
  writes: readonly Write[],
  { target = INS, limits = {} }: { target?: typeof INS | typeof BUCKET; limits?: Partial<Limits> } = {},
): SettingChange[] {
  const timed = writes.map((each, i) => ({ ...each, second: each.second || 1000 + 10 * i }));
  return changesOf(timed.toReversed(), target, { ...NOTHING_MISSING, ...limits })[0] ?? [];
}

test('the value before is that of the write before, of the same setting only', () => {
  const project = write('ModifyInstancesProject', { ...NAMED, ProjectId: 7 });
  expect(last([named('a'), project, named('b')])).toEqual([
    { setting: 'InstanceName', before: 'a', after: 'b', status: 'exact' },
  ]);
});

test('nothing earlier is told as nothing, with the reason', () => {
  const once = { setting: 'InstanceName', after: 'b', status: 'unavailable' };
  expect(last([named('b')])).toEqual([{ ...once, reason: 'nothing-earlier' }]);
  expect(last([named('b')], { limits: { bounded: true } })).toEqual([{ ...once, reason: 'history-bound' }]);
  expect(last([named('b')], { limits: { hidden: true } })).toEqual([{ ...once, reason: 'hidden-events' }]);
});

test.each<[string, Write[], Partial<Limits>]>([
  ['gap', [], { gaps: [{ from: 1001, to: 1002 }] }],
  ['hidden-events', [], { hidden: true }],
  ['failed-write', [named('c', { outcome: 'failed', error: broken })], {}],
  ['unreadable-write', [write('ModifyInstancesAttribute', 'InstanceIds=ins-0a1b2c3d&Insta')], {}],
  ['unreadable-write', [write('ModifyInstancesAttribute', null)], {}],
  ['reset-between', [write('ResetInstance', { InstanceId: INS.id })], {}],
  ['same-second', [named('c', { second: 1010 }), named('d', { second: 1010 })], {}],
  ['other-name', [write('ModifyX', { ...NAMED, Basic: { InstanceName: 'c' } })], {}],
])('what was before is not sure: %s', (reason, between, limits) => {
  const [change] = last([named('a'), ...between, named('b')], { limits });
  expect(change).toMatchObject({ status: 'approximate', reason, after: 'b' });
});

test.each<[string, Write]>([
  ['was denied', named('c', { outcome: 'denied' })],
  ['was refused', named('c', { outcome: 'failed', error: { ...broken, code: 'InvalidParameterValue' } })],
  ['was a rehearsal', write('ModifyInstancesAttribute', { ...NAMED, InstanceName: 'c', DryRun: true })],
  [
    'failed at something else',
    write('ModifyInstancesProject', { ...NAMED, ProjectId: 1 }, { outcome: 'failed', error: broken }),
  ],
  ['only restarts', write('RebootInstances', NAMED)],
])('a write between that %s changes nothing', (_, between) => {
  expect(last([named('a'), between, named('b')])).toMatchObject([{ before: 'a', status: 'exact' }]);
});

test('of two writes in one second neither is sure of what it found', () => {
  const writes = [named('a', { second: 1000 }), named('b', { second: 1010 }), named('c', { second: 1010 })];
  const [c, b] = changesOf(writes.toReversed(), INS, NOTHING_MISSING);
  expect(c).toMatchObject([{ before: 'b', status: 'approximate', reason: 'same-second' }]);
  expect(b).toMatchObject([{ before: 'a', status: 'approximate', reason: 'same-second' }]);
});

test('a gap before the write that set it does not matter', () => {
  const limits = {
    gaps: [
      { from: 10, to: 999 },
      { from: 1011, to: 1020 },
    ],
  };
  expect(last([named('a'), named('b')], { limits })).toMatchObject([{ status: 'exact' }]);
});

test('what failed set nothing', () => {
  expect(last([named('a'), named('b', { outcome: 'failed', error: broken })])).toEqual([]);
});

const RUN = write(
  'RunInstances',
  {
    InstanceType: 'S5.MEDIUM4',
    SystemDisk: { DiskSize: 50 },
    InstanceCount: 2,
    InstanceName: 'web',
    ClientToken: 't',
  },
  { response: { InstanceIdSet: [INS.id, 'ins-9z8y7x6w'] } },
);

test('a creation sets what its request says; what it leaves out is a default', () => {
  const resized = write('ResetInstancesType', { ...NAMED, InstanceType: 'S5.LARGE8' });
  expect(last([RUN, resized])).toMatchObject([{ before: 'S5.MEDIUM4', after: 'S5.LARGE8', status: 'exact' }]);
  const sized = write('ResizeInstanceDisks', { InstanceId: INS.id, SystemDisk: { DiskSize: '50' } });
  expect(last([RUN, sized])).toMatchObject([
    { setting: 'SystemDisk.DiskSize', status: 'exact', unchanged: true },
  ]);
  // Two were made, so each got a name of its own.
  expect(last([RUN, named('a')])).toMatchObject([{ before: null, status: 'approximate', reason: 'default' }]);
});

test('starting and stopping is one setting, deleting its end', () => {
  const [start, stop] = [
    write('StartInstances', NAMED),
    write('StopInstances', { ...NAMED, StopType: 'SOFT' }),
  ];
  expect(last([start, stop])).toEqual([
    { setting: 'State', before: 'started', after: 'stopped', status: 'exact' },
  ]);
  const end = write('TerminateInstances', NAMED);
  expect(last([stop, end])).toMatchObject([{ setting: 'State', before: 'stopped', after: 'terminated' }]);
  expect(last([named('a'), end, named('b')])).toMatchObject([{ status: 'unavailable' }]);
});

test('what can be switched on is told apart from the resource itself', () => {
  const key = { id: '6b0f1f0e-2c1d-4f6a-9c3e-5d7a90b1c2d3', types: ['key'] };
  const on = write('EnableKeyRotation', { KeyId: key.id });
  const off = write('DisableKey', { KeyId: key.id });
  expect(last([on, off], { target: key })).toMatchObject([
    { setting: 'State', after: 'disabled', status: 'unavailable' },
  ]);
  expect(last([off, on], { target: key })).toMatchObject([{ setting: 'KeyRotation', after: 'enabled' }]);
});

function tie(...ids: string[]): Write {
  return write('AssociateSecurityGroups', { ...NAMED, SecurityGroupIds: ids });
}

function untie(...ids: string[]): Write {
  return write('DisassociateSecurityGroups', { ...NAMED, SecurityGroupIds: ids });
}

function whole(...ids: string[]): Write {
  return write('ModifyInstancesAttribute', { ...NAMED, SecurityGroups: ids });
}

test('what is tied and untied is a set, known as far as writes say', () => {
  expect(last([whole('sg-1', 'sg-2'), tie('sg-3'), untie('sg-1'), whole('sg-3')])).toEqual([
    {
      setting: 'SecurityGroups',
      before: ['sg-2', 'sg-3'],
      after: ['sg-3'],
      status: 'exact',
      differences: [{ path: '', kind: 'removed', before: 'sg-2' }],
    },
  ]);
  expect(last([tie('sg-3'), untie('sg-3')])).toMatchObject([
    { before: ['sg-3'], after: [], status: 'exact', part: true },
  ]);
  expect(last([whole('sg-1'), tie('sg-3')])).toMatchObject([
    { before: [], after: ['sg-3'], status: 'exact', part: true },
  ]);
  expect(last([tie('sg-1'), tie('sg-3')])).toMatchObject([{ status: 'approximate', reason: 'partly-known' }]);
  expect(last([whole('sg-1', 'sg-2'), whole('sg-2', 'sg-1')])).toMatchObject([{ unchanged: true }]);
});

test('untying without saying what takes everything', () => {
  const address = { id: 'eip-0a1b2c3d', types: ['eip'] };
  const bind = write('AssociateAddress', { AddressId: address.id, InstanceId: 'ins-1' });
  const free = write('DisassociateAddress', { AddressId: address.id });
  expect(last([bind, free], { target: address })).toMatchObject([
    { setting: 'InstanceId', before: 'ins-1', after: null, status: 'exact' },
  ]);
  expect(last([free, bind], { target: address })).toMatchObject([
    { setting: 'InstanceId', before: null, after: 'ins-1', status: 'exact' },
  ]);
});

const allow = (port: string, more = {}): Json => ({
  Protocol: 'tcp',
  Port: port,
  CidrBlock: '0.0.0.0/0',
  Action: 'ACCEPT',
  ...more,
});
const GROUP = { id: 'sg-0a1b2c3d', types: ['sg'] };
const rules = (verb: string, ...ingress: Json[]): Write =>
  write(`${verb}SecurityGroupPolicies`, {
    SecurityGroupId: GROUP.id,
    SecurityGroupPolicySet: { Ingress: ingress },
  });

test('rules of a security group are told by what they let through', () => {
  const again = allow('22', { Protocol: 'TCP', PolicyDescription: 'for the release', PolicyIndex: 3 });
  expect(
    last([rules('Create', allow('22')), rules('Create', allow('80')), rules('Delete', again)], {
      target: GROUP,
    }),
  ).toMatchObject([
    { setting: 'SecurityGroupPolicySet.Ingress', before: [again], after: [], status: 'exact', part: true },
  ]);
  const [change] = last(
    [rules('Modify', allow('22'), allow('80')), rules('Modify', allow('80'), allow('443'))],
    { target: GROUP },
  );
  expect(change).toMatchObject({
    status: 'exact',
    differences: [
      { kind: 'removed', before: allow('22') },
      { kind: 'added', after: allow('443') },
    ],
  });
});

test('rules that were overwritten in place are not sure any longer', () => {
  const [change] = last(
    [rules('Modify', allow('22')), rules('Replace', allow('80')), rules('Delete', allow('22'))],
    { target: GROUP },
  );
  expect(change).toMatchObject({ status: 'approximate', reason: 'partly-known' });
});

function set(name: string, value: string): Write {
  const request = { InstanceIds: [INS.id], ParamList: [{ Name: name, CurrentValue: value }] };
  return write('ModifyInstanceParam', request);
}

test('a parameter is a setting of its own', () => {
  expect(last([set('max_connections', '800'), set('sql_mode', ''), set('max_connections', '1600')])).toEqual([
    { setting: 'ParamList[max_connections]', before: '800', after: '1600', status: 'exact' },
  ]);
});

test('a setting of one part is not that of another', () => {
  const balancer = { id: 'lb-0a1b2c3d', types: ['clb'] };
  const check = (listener: string, on: number): Write =>
    write('ModifyListener', { LoadBalancerId: balancer.id, ListenerId: listener, HealthSwitch: on });
  const writes = [check('lbl-0a1b2c3d', 1), check('lbl-9z8y7x6w', 0), check('lbl-0a1b2c3d', 0)];
  expect(last(writes, { target: balancer })).toEqual([
    { setting: 'HealthSwitch', of: 'ListenerId=lbl-0a1b2c3d', before: 1, after: 0, status: 'exact' },
  ]);
});

test('a request about many counts for each, and an entry for its own', () => {
  const both = write('ModifyInstancesAttribute', {
    InstanceIds: ['ins-9z8y7x6w', INS.id],
    InstanceName: 'a',
  });
  expect(last([both, named('b')])).toMatchObject([{ before: 'a', status: 'exact' }]);
  const each = write('ModifyInstancesSla', {
    Sla: [
      { InstanceId: 'ins-9z8y7x6w', SlaType: 'small' },
      { InstanceId: INS.id, SlaType: 'large' },
    ],
  });
  expect(last([each])).toMatchObject([{ setting: 'SlaType', after: 'large' }]);
});

test('a document is compared by what it says', () => {
  const policy = (text: string): Write =>
    write('PutBucketPolicy', { Bucket: BUCKET.id, Policy: text }, { resources: [BUCKET] });
  const one =
    '{"version":"2.0","statement":[{"effect":"allow","action":["cos:Get","cos:Head"],"resource":"*"}]}';
  const same =
    '{"Statement":[{"resource":["*"],"action":["cos:Head","cos:Get"],"effect":"Allow"}],"version":"2.0"}';
  expect(last([policy(one), policy(encodeURIComponent(same))], { target: BUCKET })).toMatchObject([
    { status: 'exact', unchanged: true },
  ]);
  const more = one.replace('"cos:Head"', '"cos:Put"');
  expect(last([policy(one), policy(more)], { target: BUCKET })).toMatchObject([
    {
      differences: [
        { path: 'statement.action', kind: 'removed', before: 'cos:Head' },
        { path: 'statement.action', kind: 'added', after: 'cos:Put' },
      ],
    },
  ]);
  const gone = write('DeleteBucketPolicy', { Bucket: BUCKET.id }, { resources: [BUCKET] });
  expect(last([policy(one), gone], { target: BUCKET })).toMatchObject([
    { setting: 'Policy', after: null, status: 'exact' },
  ]);
});

test('a secret is neither the same nor another', () => {
  const reset = write('ResetInstancesPassword', {
    ...NAMED,
    Password: '«redacted:password»',
    ForceStop: true,
  });
  expect(last([reset, reset])).toEqual([
    {
      setting: 'Password',
      before: '«redacted:password»',
      after: '«redacted:password»',
      status: 'approximate',
      reason: 'redacted',
    },
  ]);
});

test('a note about a call is no setting, one that describes the resource is', () => {
  const stop = write('ModifyInstancesRenewFlag', { ...NAMED, RenewFlag: 'A', Remark: 'ticket 12' });
  expect(last([stop])).toMatchObject([{ setting: 'RenewFlag' }]);
  const user = { id: '100000000011', types: ['user'] };
  expect(last([write('UpdateUser', { TargetUin: user.id, Remark: 'left' })], { target: user })).toMatchObject(
    [{ setting: 'Remark' }],
  );
});

test('what is only given to another resource was not changed itself', () => {
  const given = write(
    'ModifyInstancesAttribute',
    { ...NAMED, SecurityGroups: [GROUP.id] },
    { resources: [INS, GROUP] },
  );
  expect(last([given], { target: GROUP })).toEqual([]);
  expect(last([given])).toMatchObject([{ setting: 'SecurityGroups', after: [GROUP.id] }]);
});

test('the resource that the record names was changed, whatever the request names first', () => {
  const balancer = { id: 'lb-0a1b2c3d', types: ['clb'] };
  const request = { CertificateId: 'cert-0a1b2c3d', LoadBalancerId: balancer.id, Scheduler: 'WRR' };
  expect(last([write('ModifyX', request, { resources: [balancer] })], { target: balancer })).toMatchObject([
    { setting: 'CertificateId' },
    { setting: 'Scheduler' },
  ]);
});

test('a request that says more than is looked at leaves everything in doubt', () => {
  const many = Array.from({ length: 2_001 }, (_, i) => ({ Name: `p${i}`, Value: i }));
  const flood = write('ModifyInstanceParam', { ...NAMED, ParamList: many });
  expect(last([named('a'), flood])).toEqual([]);
  expect(last([named('a'), flood, named('b')])).toMatchObject([{ reason: 'unreadable-write' }]);
});

test('only as many as are wanted are compared, the others tell what was before all the same', () => {
  const writes = [whole('sg-1'), whole('sg-2'), whole('sg-3')].map((each, i) => ({ ...each, second: i + 1 }));
  const changes = changesOf(writes.toReversed(), INS, { ...NOTHING_MISSING, compared: 1 });
  expect(changes.map(([change]) => [change?.before, change?.differences?.length])).toEqual([
    [['sg-2'], 2],
    [['sg-1'], undefined],
    [undefined, undefined],
  ]);
});
