/** Events of a made-up company, the same at every run: what a panel without a background shows. */
import type { EventSummary, Operator, Outcome, Person } from '../../../shared/event/event.ts';

/** What the clocks of the harness show: Friday, 14:03 in Shenzhen. */
export const NOW = Date.UTC(2026, 10, 20, 6, 3);
export const ACCOUNT = '100000000000';

interface Actor {
  operator: Operator;
  person?: Person;
  ip: string;
}

const OFFICE = '119.147.64.34';
export const ME = '100000000011';
export const ACTORS: readonly Actor[] = [
  { operator: { type: 'user', id: ME, name: 'lin.wei', mfa: true }, ip: OFFICE },
  {
    operator: {
      type: 'role',
      id: '4611686018427903312',
      name: 'OpsOnCall',
      key: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3Qm4f',
    },
    person: { id: ME, name: 'lin.wei', status: 'exact' },
    ip: OFFICE,
  },
  { operator: { type: 'user', id: '100000000012', name: 'chen.hao' }, ip: OFFICE },
  {
    operator: {
      type: 'role',
      id: '4611686018427903313',
      name: 'ci-deploy',
      key: 'AKIDci0000000000000000000000deploy',
    },
    person: { name: 'zhou.min', status: 'claimed' },
    ip: '203.0.113.24',
  },
  { operator: { type: 'service', id: '100000000099', name: 'cls-agent' }, ip: '' },
  {
    operator: { type: 'user', id: '100000000013', name: 'li.na@nanfeng' },
    ip: '240e:3b7:40:a01:8d3c:77aa:19f0:20b1',
  },
  { operator: { type: 'root', id: ACCOUNT, name: 'root' }, ip: '198.51.100.7' },
];

interface Call {
  product: string;
  event: string;
  action: 'read' | 'write';
  type: string;
  prefix: string;
  is?: EventSummary['is'];
}

const CALLS: readonly Call[] = [
  { product: 'cvm', event: 'StopInstances', action: 'write', type: 'instance', prefix: 'ins-' },
  { product: 'cvm', event: 'DescribeInstances', action: 'read', type: 'instance', prefix: 'ins-' },
  { product: 'cbs', event: 'CreateDisks', action: 'write', type: 'disk', prefix: 'disk-', is: ['purchase'] },
  {
    product: 'cam',
    event: 'AttachUserPolicy',
    action: 'write',
    type: 'user',
    prefix: '10000000',
    is: ['sensitive'],
  },
  {
    product: 'cvm',
    event: 'ResetInstancesType',
    action: 'write',
    type: 'instance',
    prefix: 'ins-',
    is: ['change'],
  },
  { product: 'vpc', event: 'CreateSecurityGroupPolicies', action: 'write', type: 'sg', prefix: 'sg-' },
  {
    product: 'cos',
    event: 'PutBucketACL',
    action: 'write',
    type: 'bucket',
    prefix: 'nanfeng-logs-125000000',
  },
  { product: 'cvm', event: 'ModifyInstancesVpcAttribute', action: 'write', type: 'instance', prefix: 'ins-' },
  { product: 'cbs', event: 'CreateSnapshot', action: 'write', type: 'disk', prefix: 'disk-' },
  { product: 'account', event: 'ConsoleLogin', action: 'write', type: '', prefix: '', is: ['login'] },
];

/** Texts that somebody put there to see what happens. */
const ODD = [
  'web-gz-03',
  'web‮gpj.exe',
  '<img src=x onerror=alert(1)>',
  '订单服务-生产-广州三区',
  'a'.repeat(90),
];
const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** A number below `below` that depends on nothing but the seed. */
function pick(seed: number, below: number): number {
  let mixed = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) % below;
}

function one<T>(of: readonly [T, ...T[]] | readonly T[], seed: number): T {
  return of[pick(seed, of.length)] as T;
}

function letters(alphabet: string, seed: number, length: number): string {
  return Array.from({ length }, (_, i) => alphabet[pick(seed * 31 + i, alphabet.length)]).join('');
}

/** The event of a number, which is its distance from the newest; numbers below 0 are newer than `NOW`. */
export function eventOf(number: number): EventSummary {
  const call = one(CALLS, number * 7 + 1);
  const actor = one(ACTORS, number * 3 + 2);
  const roll = pick(number * 11 + 3, 20);
  const outcome: Outcome = roll === 0 ? 'denied' : roll === 1 ? 'failed' : 'ok';
  const id = `${call.prefix}${letters(DIGITS, number % 40, 8)}`;
  const name = pick(number, 9) === 0 ? one(ODD, number) : '';
  const count = pick(number * 13, 6) === 0 ? 3 : 1;
  const time = NOW - number * 77_000 - pick(number, 60_000) - 60_000;
  const isOutside = actor.ip.startsWith('203.') || actor.ip.startsWith('198.');
  return {
    id: letters(BASE32, number + 1_000_000, 26),
    seq: 1_000_000 - number,
    account: ACCOUNT,
    time: new Date(time).toISOString(),
    requestId: `c1d74e0a-52b9-4f0e-8a6e-${letters('0123456789abcdef', number, 12)}`,
    eventId: `7f3c0b52-0c1e-4a77-9b1d-${letters('0123456789abcdef', number + 7, 12)}`,
    operator: actor.operator,
    ...(actor.person && { person: actor.person }),
    product: call.product,
    event: call.event,
    action: call.action,
    via: actor.operator.type === 'service' ? 'service' : 'console',
    region: 'ap-guangzhou',
    resources:
      call.prefix === ''
        ? []
        : Array.from({ length: count }, (_, i) => ({
            type: call.type,
            id: i === 0 ? id : `${id}${i}`,
            ...(i === 0 && name !== '' && { name }),
          })),
    ip: actor.ip,
    network: actor.operator.type === 'service' ? 'service' : isOutside ? 'outside' : 'inside',
    ...(isOutside && { place: '中国浙江杭州' }),
    agent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36',
    outcome,
    ...(outcome !== 'ok' && {
      error: {
        layer: outcome === 'denied' ? ('cam' as const) : ('api' as const),
        code: outcome === 'denied' ? 'UnauthorizedOperation' : 'ResourceInsufficient.SpecifiedInstanceType',
        message: 'The specified instance type is sold out in this zone; try ‮another‬ one.',
      },
    }),
    is: call.is ?? [],
    sources: [{ source: 'api', received: new Date(time + 95_000).toISOString() }],
    tags: ['env=prod'],
  };
}
