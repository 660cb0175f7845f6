/** Events of a made-up company, the same at every run: what a panel without a background shows. */
import type {
  EventError,
  EventSummary,
  Operator,
  Outcome,
  Person,
  Resource,
} from '../../../shared/event/event.ts';

/** What the clocks of the harness show: Friday, 14:03 in Shenzhen. */
export const NOW = Date.UTC(2026, 10, 20, 6, 3);
export const ACCOUNT = '100000000000';

interface Actor {
  operator: Operator;
  person?: Person;
  via: 'console' | 'api' | 'service';
  ip: string;
}

const OFFICE = '119.147.64.34';
export const ME = '100000000011';
export const ACTORS: readonly Actor[] = [
  { operator: { type: 'user', id: ME, name: 'lin.wei', mfa: true }, via: 'console', ip: OFFICE },
  {
    operator: {
      type: 'role',
      id: '4611686018427903312',
      name: 'OpsOnCall',
      key: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3Qm4f',
    },
    person: { id: ME, name: 'lin.wei', status: 'exact' },
    via: 'console',
    ip: OFFICE,
  },
  { operator: { type: 'user', id: '100000000012', name: 'chen.hao' }, via: 'console', ip: OFFICE },
  {
    operator: {
      type: 'role',
      id: '4611686018427903313',
      name: 'ci-deploy',
      key: 'AKIDci0000000000000000000000deploy',
    },
    person: { name: 'zhou.min', status: 'claimed' },
    via: 'api',
    ip: '203.0.113.24',
  },
  { operator: { type: 'service', id: '100000000099', name: 'cls-agent' }, via: 'service', ip: '' },
  {
    operator: { type: 'user', id: '100000000013', name: 'li.na@nanfeng' },
    via: 'console',
    ip: '240e:3b7:40:a01:8d3c:77aa:19f0:20b1',
  },
  { operator: { type: 'root', id: ACCOUNT, name: 'root' }, via: 'console', ip: '198.51.100.7' },
];

const AGENTS: Record<Actor['via'], string> = {
  console: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36',
  api: 'SDK_GO_1.0.1104',
  service: '',
};

interface Call {
  product: string;
  event: string;
  action: 'read' | 'write';
  /** Of which type what it acts on is; a login acts on nothing. */
  on?: keyof typeof RESOURCES;
  is?: EventSummary['is'];
  /** What the service says when it fails. */
  fault?: { code: string; message: string };
}

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** How the id of each type looks, and whether people name it. */
const RESOURCES = {
  instance: { id: (seed: number) => `ins-${letters(DIGITS, seed, 8)}`, isNamed: true },
  disk: { id: (seed: number) => `disk-${letters(DIGITS, seed, 8)}`, isNamed: true },
  sg: { id: (seed: number) => `sg-${letters(DIGITS, seed, 8)}`, isNamed: true },
  user: { id: (seed: number) => `1000000000${letters('0123456789', seed, 2)}`, isNamed: false },
  bucket: { id: (seed: number) => `nanfeng-logs-${letters(DIGITS, seed, 4)}-1250000000`, isNamed: false },
} as const;

const APIS: readonly Call[] = [
  {
    product: 'cvm',
    event: 'StopInstances',
    action: 'write',
    on: 'instance',
    fault: { code: 'UnsupportedOperation.InstanceStateStopped', message: 'The instance is stopped already.' },
  },
  { product: 'cvm', event: 'DescribeInstances', action: 'read', on: 'instance' },
  { product: 'cbs', event: 'CreateDisks', action: 'write', on: 'disk', is: ['purchase'] },
  {
    product: 'cam',
    event: 'AttachUserPolicy',
    action: 'write',
    on: 'user',
    is: ['sensitive'],
    fault: { code: 'ResourceNotFound.UserNotExist', message: 'There is no such user.' },
  },
  {
    product: 'cvm',
    event: 'ResetInstancesType',
    action: 'write',
    on: 'instance',
    is: ['change'],
    fault: {
      code: 'ResourceInsufficient.SpecifiedInstanceType',
      message: 'The specified instance type is sold out in this zone; try ‮another‬ one.',
    },
  },
  { product: 'vpc', event: 'CreateSecurityGroupPolicies', action: 'write', on: 'sg' },
  { product: 'cos', event: 'PutBucketACL', action: 'write', on: 'bucket' },
  { product: 'cvm', event: 'ModifyInstancesVpcAttribute', action: 'write', on: 'instance' },
  { product: 'cbs', event: 'CreateSnapshot', action: 'write', on: 'disk' },
];
const LOGIN: Call = { product: 'account', event: 'ConsoleLogin', action: 'write', is: ['login'] };
const ALL: readonly Call[] = [...APIS, LOGIN];

/** Texts that somebody put there to see what happens. */
const ODD = [
  'web-gz-07',
  'web‮gpj.exe',
  '<img src=x onerror=alert(1)>',
  '订单服务-生产-广州三区',
  'a'.repeat(90),
];

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

/** A resource of a type, the same for the same seed; every eighth has a name. */
function resourceOf(type: keyof typeof RESOURCES, seed: number): Resource {
  const { id, isNamed } = RESOURCES[type];
  const name = isNamed ? ODD[(seed - 3) / 8] : undefined;
  return { type, id: id(seed), ...(name !== undefined && { name }) };
}

/** Why it was not done. */
function errorOf(call: Call, outcome: 'failed' | 'denied'): EventError {
  if (call === LOGIN) {
    return { layer: 'cam', code: 'AuthFailure', message: 'The verification code is wrong.' };
  }
  if (outcome === 'denied') {
    return {
      layer: 'cam',
      code: 'UnauthorizedOperation',
      message: `Not authorized to perform ${call.product}:${call.event}; try \u202eanother\u202c policy.`,
    };
  }
  const { fault = { code: 'RequestLimitExceeded', message: 'Too many requests.' } } = call;
  return { layer: 'api', ...fault };
}

/** The event of a number, which is its distance from the newest; numbers below 0 are newer than `NOW`. */
export function eventOf(number: number): EventSummary {
  const actor = one(ACTORS, number * 3 + 2);
  const call = one(actor.via === 'console' ? ALL : APIS, number * 7 + 1);
  const { on } = call;
  const roll = pick(number * 11 + 3, 20);
  const outcome: Outcome =
    roll === 0 || (roll === 1 && call === LOGIN) ? 'denied' : roll === 1 ? 'failed' : 'ok';
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
    via: actor.via,
    region: 'ap-guangzhou',
    resources: on ? Array.from({ length: count }, (_, i) => resourceOf(on, (number + i) % 40)) : [],
    ip: actor.ip,
    network: actor.operator.type === 'service' ? 'service' : isOutside ? 'outside' : 'inside',
    ...(isOutside && { place: '中国浙江杭州' }),
    agent: AGENTS[actor.via],
    outcome,
    ...(outcome !== 'ok' && { error: errorOf(call, outcome) }),
    is: call.is ?? [],
    sources: [{ source: 'api', received: new Date(time + 95_000).toISOString() }],
    tags: ['env=prod'],
  };
}
