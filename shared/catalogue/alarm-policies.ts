/**
 * The alarm policies that come with Sidetrail.
 *
 * Those about events are off until an admin chooses: the sensitive operations that benchmarks for clouds ask to be told
 * about, by the names that Tencent Cloud has for them, and what one event alone does not show, such as bursts of denied
 * calls. What no key of a query asks for has no policy: a sign-in without a second factor, which port was opened.
 *
 * Those about Sidetrail itself are on, for admins.
 */
import type { Alarm } from '../api/alarms.ts';
import type { Severity } from '../api/rules.ts';
import { SENSITIVE } from './sensitive.ts';

/** A policy as it comes. */
export type ShippedAlarm = Omit<Alarm, 'problem'>;

const HOUR = 3600;

const ONCE: Alarm['condition'] = { kind: 'count', atLeast: 1, within: 300, per: 'operator' };

function burst(atLeast: number, within: number): Alarm['condition'] {
  return { kind: 'count', atLeast, within, per: 'operator' };
}

/** Sensitive operations of which only many at once are worth a message. */
const BURSTS: ReadonlyMap<string, Alarm['condition']> = new Map([
  ['std.sign-in-failed', burst(5, 600)],
  ['std.secrets-read', burst(20, 600)],
  ['std.role-sessions', burst(30, 600)],
  ['std.rights-read', burst(3, HOUR)],
  ['std.copies', burst(10, HOUR)],
  ['std.machine', burst(5, 600)],
]);

const ABOUT_EVENTS: readonly ShippedAlarm[] = [
  ...SENSITIVE.map(({ id, severity, name, query }) => {
    return { ...standard(id, severity, name.en, name.zh), q: query, condition: BURSTS.get(id) ?? ONCE };
  }),
  {
    ...standard('std.denied', 'medium', 'Many calls denied', '大量请求被拒绝'),
    q: 'outcome:denied',
    condition: burst(20, 600),
  },
  {
    ...standard('std.failures', 'low', 'Many calls failed', '大量请求失败'),
    q: 'outcome:failed',
    condition: burst(100, 600),
  },
  {
    ...standard('std.deletions', 'high', 'Much deleted at once', '短时间内大量删除'),
    q: 'event:Delete*,Terminate*,Destroy*,Isolate*,Remove* action:write outcome:ok',
    condition: burst(20, 600),
  },
  {
    ...standard('std.new-region', 'high', 'First change in a region', '首次在某地域进行变更'),
    q: 'action:write outcome:ok',
    condition: { kind: 'first', per: 'region' },
  },
  {
    ...standard('std.new-root-action', 'high', 'Root account did something new', '主账号执行了新的操作'),
    q: 'is:root action:write',
    condition: { kind: 'first', per: 'event' },
  },
  {
    ...standard('std.by-hand', 'info', 'Changed by hand in the console', '通过控制台手动变更'),
    q: 'is:change via:console outcome:ok',
    condition: { kind: 'count', atLeast: 1, within: HOUR, per: 'operator' },
  },
  {
    ...standard('std.buying', 'medium', 'Much bought at once', '短时间内大量购买'),
    q: 'is:purchase outcome:ok',
    condition: burst(10, HOUR),
  },
  {
    ...standard('std.silence', 'medium', 'No operation recorded for a day', '一天内没有任何操作记录'),
    q: '',
    condition: { kind: 'absence', within: 24 * HOUR },
  },
];

/** What of Sidetrail itself can be wrong. */
export const SYSTEM_ALARMS = {
  source: system('sys.source', 'high', 'Source behind or refused', '数据源延迟或被拒绝'),
  track: system('sys.track', 'high', 'Tracking set late or failing', '跟踪集投递延迟或失败'),
  deadLetters: system('sys.dead-letters', 'medium', 'Records or deliveries set aside', '记录或投递进入死信'),
  storage: system('sys.storage', 'high', 'Storage over 80 %', '存储使用超过 80%'),
  tick: system('sys.tick', 'critical', 'Sidetrail stood still', 'Sidetrail 停止运行'),
} as const satisfies Record<string, ShippedAlarm>;

export type SystemAlarm = keyof typeof SYSTEM_ALARMS;

/** Every policy that comes with Sidetrail. */
export const ALARM_POLICIES: readonly ShippedAlarm[] = [...ABOUT_EVENTS, ...Object.values(SYSTEM_ALARMS)];

function standard(
  id: string,
  severity: Severity,
  en: string,
  zh: string,
): Omit<ShippedAlarm, 'q' | 'condition'> {
  return {
    id,
    name: { en, zh },
    severity,
    schedule: null,
    channels: '*',
    silence: HOUR,
    old: false,
    on: false,
    shipped: true,
  };
}

function system(id: string, severity: Severity, en: string, zh: string): ShippedAlarm {
  return { ...standard(id, severity, en, zh), q: '', condition: { kind: 'system' }, on: true };
}
