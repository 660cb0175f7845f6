import { action } from '../actions.ts';
import type { Story } from '../agenda.ts';
import { DAY, HOUR } from '../calendar.ts';
import type { Resource } from '../estate.ts';
import { remark, resourceName } from '../names.ts';
import type { Actor, Stage } from '../stage.ts';
import { atDesk, somebody } from './desk.ts';
import { look, setSetting } from './perform.ts';

/** Changes of configuration whose before and after matter. */

const PORTS = ['22', '3389', '3306', '6379', '8080', '443'];
const SOURCES = ['0.0.0.0/0', '0.0.0.0/0', '58.247.12.64/28', '10.0.0.0/8'];

/** Somebody opens a port, and closes it again hours or days later, or forgets to. */
export function* securityGroupRule(stage: Stage): Story {
  const { random, estate } = stage;
  const person = somebody(random, 'platform');
  const actor = yield* atDesk(stage, person);
  const group = estate.pick('securityGroup');
  const [port, cidr] = [random.pick(PORTS), random.pick(SOURCES)];
  look(stage, actor, action('vpc:DescribeSecurityGroupPolicies'), [group]);
  yield random.between(10, 90);
  const rule = (open: boolean) => ({
    action: action(open ? 'vpc:CreateSecurityGroupPolicies' : 'vpc:DeleteSecurityGroupPolicies'),
    resources: [group],
    setting: `ingress TCP:${port} ${cidr}`,
    after: open ? 'ACCEPT' : '',
    formerly: '',
    request: {
      SecurityGroupId: group.id,
      SecurityGroupPolicySet: {
        Ingress: [
          {
            Protocol: 'TCP',
            Port: port,
            CidrBlock: cidr,
            Action: 'ACCEPT',
            PolicyDescription: remark(random),
          },
        ],
      },
    },
  });
  if (!setSetting(stage, actor, rule(true)) || random.chance(0.2)) return;
  yield random.between(HOUR, 2 * DAY);
  const later = yield* atDesk(stage, person);
  setSetting(stage, later, rule(false));
}

const PARAMETERS = [
  { name: 'max_connections', values: ['800', '1600', '4000'] },
  { name: 'long_query_time', values: ['1', '2', '10'] },
  { name: 'innodb_flush_log_at_trx_commit', values: ['0', '1', '2'] },
  { name: 'sql_mode', values: ['STRICT_TRANS_TABLES', 'NO_ENGINE_SUBSTITUTION', ''] },
];

/** The database people tune a server. */
export function* databaseParameter(stage: Stage): Story {
  const { random, estate } = stage;
  const actor = yield* atDesk(stage, somebody(random, 'data'));
  const database = estate.pick('mysql');
  look(stage, actor, action('cdb:DescribeInstanceParams'), [database]);
  yield random.between(20, 200);
  const { name, values } = random.pick(PARAMETERS);
  const formerly = values[0] ?? '';
  const present = database.settings[name] ?? formerly;
  const after = random.pick(values.filter((value) => value !== present));
  setSetting(stage, actor, {
    action: action('cdb:ModifyInstanceParam'),
    resources: [database],
    setting: name,
    after,
    formerly,
    request: { InstanceIds: [database.id], ParamList: [{ Name: name, CurrentValue: after }], WaitSwitch: 0 },
  });
}

function policyDocument(actions: readonly string[]): string {
  return JSON.stringify({
    version: '2.0',
    statement: [{ effect: 'allow', action: actions, resource: ['*'] }],
  });
}

const GRANTS = [
  ['cvm:Describe*'],
  ['cvm:*'],
  ['cos:GetObject', 'cos:HeadObject'],
  ['cdb:*', 'redis:*'],
  ['*'],
];

/** Somebody who may rewrites a policy. */
export function* policyUpdate(stage: Stage): Story {
  const { random, estate } = stage;
  let person = somebody(random);
  while (person.lacks.includes('cam')) person = somebody(random);
  const actor = yield* atDesk(stage, person);
  const policy = estate.pick('policy');
  look(stage, actor, action('cam:GetPolicy'), [policy]);
  yield random.between(30, 300);
  const after = policyDocument(random.pick(GRANTS));
  setSetting(stage, actor, {
    action: action('cam:UpdatePolicy'),
    resources: [policy],
    setting: 'PolicyDocument',
    after,
    formerly: policyDocument(['tag:Describe*']),
    request: { PolicyId: Number(policy.id), PolicyDocument: after, Description: remark(random) },
  });
}

/** Somebody makes a bucket public, and mostly private again. */
export function* bucketAcl(stage: Stage): Story {
  const { random, estate } = stage;
  const person = somebody(random, random.pick(['data', 'shop']));
  const bucket = estate.pick('bucket');
  const set = (actor: Actor, acl: string) =>
    setSetting(stage, actor, {
      action: action('cos:PutBucketACL'),
      resources: [bucket],
      setting: 'ACL',
      after: acl,
      formerly: 'private',
      request: { Bucket: bucket.id, Region: bucket.region, 'x-cos-acl': acl },
    });
  const actor = yield* atDesk(stage, person);
  if (!set(actor, 'public-read') || random.chance(0.2)) return;
  yield random.between(HOUR / 2, DAY);
  set(yield* atDesk(stage, person), 'private');
}

interface Attribute {
  setting: string;
  formerly: string;
  value: (stage: Stage, instance: Resource) => string;
}

const ATTRIBUTES: readonly Attribute[] = [
  { setting: 'name', formerly: '', value: ({ random }) => resourceName(random) },
  {
    setting: 'DisableApiTermination',
    formerly: 'false',
    value: (_, { settings }) => (settings['DisableApiTermination'] === 'true' ? 'false' : 'true'),
  },
  { setting: 'SecurityGroups', formerly: '', value: ({ estate }) => estate.pick('securityGroup').id },
];

/** Somebody changes an attribute of a server. */
export function* instanceAttribute(stage: Stage): Story {
  const { random, estate } = stage;
  const actor = yield* atDesk(stage, somebody(random, 'platform'));
  const instance = estate.pick('instance');
  look(stage, actor, action('cvm:DescribeInstances'), [instance]);
  yield random.between(5, 60);
  const { setting, formerly, value } = random.pick(ATTRIBUTES);
  const after = value(stage, instance);
  const sent = { name: { InstanceName: after }, SecurityGroups: { SecurityGroups: [after] } }[setting];
  setSetting(stage, actor, {
    action: action('cvm:ModifyInstancesAttribute'),
    resources: [instance],
    setting,
    after,
    formerly,
    request: { InstanceIds: [instance.id], ...(sent ?? { [setting]: after === 'true' }) },
  });
}
