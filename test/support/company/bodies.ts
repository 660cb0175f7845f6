import type { Action } from './actions.ts';
import { localStamp } from './calendar.ts';
import type { Target } from './call.ts';
import { KINDS, type Kind } from './kinds.ts';
import { HOSTILE, remark, resourceName } from './names.ts';
import type { Random } from './rng.ts';

/** Parameters of requests, in the vendor's shape. */

/** The field that names the targets: a list where the field takes one. */
export function idFields(kind: Kind, targets: readonly Target[]): Record<string, unknown> {
  const { idField } = KINDS[kind];
  const ids = targets.map(({ id }) => id);
  return { [idField]: idField.endsWith('s') ? ids : ids[0] };
}

/** Parameters of a read: of what it looks at, or of a list of everything. */
export function readBody(random: Random, action: Action, targets: readonly Target[], now: number): object {
  const { product, event, kind } = action;
  if (event === 'GetMonitorData' || event === 'DescribeStatisticData') {
    return {
      Namespace: 'QCE/CVM',
      MetricName: random.pick(['CPUUsage', 'MemUsage', 'LanOuttraffic', 'CvmDiskUsage']),
      Period: 300,
      StartTime: localStamp(now - 3600),
      EndTime: localStamp(now),
      Instances: targets.map(({ id }) => ({ Dimensions: [{ Name: 'InstanceId', Value: id }] })),
      Version: '2018-07-24',
    };
  }
  if (event === 'SearchLog') {
    const query = random.chance(0.05)
      ? HOSTILE[0]
      : random.pick(['status:>=500', 'level:ERROR AND "timeout"', '*']);
    return {
      From: (now - 900) * 1000,
      To: now * 1000,
      Query: query,
      Limit: 100,
      ...(kind && idFields(kind, targets)),
    };
  }
  const page = { Limit: random.pick([10, 20, 50, 100]), Offset: random.chance(0.8) ? 0 : 20 };
  if (kind !== undefined && targets.length > 0) return { ...idFields(kind, targets), ...page };
  const filters = random.chance(0.4)
    ? {
        Filters: [
          {
            Name: random.pick(['zone', 'project-id', 'tag:env', 'vpc-id']),
            Values: [random.pick(['0', 'prod', 'ap-guangzhou-6'])],
          },
        ],
      }
    : {};
  return { ...page, ...filters, OrderField: 'CreatedTime', RequestClient: `console-${product}` };
}

/** A setting's name in the ledger and on the resource: whatever a field calls it, a name is a name. */
export function settingOf(field: string): string {
  return field.endsWith('Name') && !field.startsWith('Target') ? 'name' : field;
}

/** What an event alone decides: starting something leaves it running. */
function implied(event: string, field: string): string | undefined {
  const [on, off] = PAIRS[field] ?? ['on', 'off'];
  if (/^(?:Start|Open|Enable)/u.test(event)) return on;
  if (/^(?:Stop|Close|Disable)/u.test(event)) return off;
  return /^(?:Disassociate|Detach|Unbind|Remove)/u.test(event) ? '' : undefined;
}

/** A value that `event` may set `field` to, where it now holds `present`. */
export function fieldValue(random: Random, event: string, field: string, present?: string): string {
  const decided = implied(event, field);
  if (decided !== undefined) return decided;
  if (settingOf(field) === 'name') return resourceName(random);
  const choices = CHOICES[field];
  if (choices !== undefined) return other(random, choices, present);
  if (/Ids?$/u.test(field)) return String(random.between(10_000, 99_999));
  return other(random, NUMBERS, present);
}

const NUMBERS = ['1', '2', '5', '10', '20', '50', '100'];
const PAIRS: Readonly<Record<string, readonly [string, string]>> = {
  InstanceState: ['RUNNING', 'STOPPED'],
  KeyState: ['Enabled', 'Disabled'],
  Status: ['Enabled', 'Disabled'],
};

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  RenewFlag: ['NOTIFY_AND_AUTO_RENEW', 'NOTIFY_AND_MANUAL_RENEW', 'DISABLE_NOTIFY_AND_MANUAL_RENEW'],
  'maxmemory-policy': ['noeviction', 'allkeys-lru', 'volatile-lru', 'volatile-ttl'],
  AllowedOrigin: ['*', 'https://shop.example.com', 'https://admin.example.com'],
  Scheduler: ['WRR', 'LEAST_CONN', 'IP_HASH'],
  TimeRanges: ['02:00-04:00', '03:00-05:00', '01:00-02:00'],
  HealthSwitch: ['1', '0'],
  Status: ['Enabled', 'Disabled', 'Suspended'],
  SSEAlgorithm: ['AES256', 'KMS', 'none'],
  GlobalPrivileges: ['SELECT', 'SELECT,INSERT', 'SELECT,INSERT,UPDATE,DELETE', 'ALL'],
  Privilege: ['r', 'rw'],
  Domain: ['shop.example.com', 'pay.example.com', 'api.example.com'],
  AddonVersion: ['1.2.0', '1.2.3', '1.3.1'],
};

function other(random: Random, choices: readonly string[], present: string | undefined): string {
  const value = random.pick(choices);
  return value === present ? (choices.find((choice) => choice !== present) ?? value) : value;
}

/** What a setting was before the stored range, where it has never been set in it. */
export function formerValue(event: string, field: string): string {
  const pair = PAIRS[field];
  if (pair) return pair[0];
  if (/^(?:Attach|Associate|Bind|Add)/u.test(event)) return '';
  return CHOICES[field]?.[0] ?? '1';
}

/** `#!/bin/sh` with a few commands, base64, as remote commands carry them. */
const SCRIPTS = [
  'IyEvYmluL3NoCmRmIC1oCmZyZWUgLW0K',
  'IyEvYmluL3NoCnN5c3RlbWN0bCByZXN0YXJ0IG5naW54Cg==',
  'IyEvYmluL3NoCmpvdXJuYWxjdGwgLXUgb3JkZXItd29ya2VyIC1uIDEwMAo=',
];

/** Parameters of an everyday write that sets `value`, if anything. */
export function writeBody(
  random: Random,
  action: Action,
  targets: readonly Target[],
  value?: string,
): object {
  const { event, field, kind } = action;
  // Stopping something takes no parameter that says so.
  const sent = field !== undefined && implied(event, field) === undefined ? field : undefined;
  const ids = kind === undefined ? {} : idFields(kind, targets);
  if (event === 'RunCommand') {
    return {
      CommandName: resourceName(random),
      CommandType: 'SHELL',
      Content: random.pick(SCRIPTS),
      InstanceIds: targets.map(({ id }) => id),
      Username: 'root',
      Timeout: 60,
    };
  }
  return {
    ...ids,
    ...(sent !== undefined && value !== undefined && { [sent]: value }),
    ...(field === 'Password' && { UserName: 'root', ForceStop: true }),
    ...(random.chance(0.3) && { Remark: remark(random) }),
    ClientToken: random.uuid(),
  };
}
