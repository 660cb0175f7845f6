import type { Network } from '../event/event.ts';
import type { Severity } from '../api/rules.ts';

const severities: Record<Severity, string> = {
  info: 'info',
  low: 'low',
  medium: 'medium',
  high: 'HIGH',
  critical: 'CRITICAL',
};

const networks: Record<Network, string> = {
  inside: 'inside',
  outside: 'OUTSIDE',
  service: 'Tencent Cloud service',
  unknown: 'unknown network',
};

/** The texts of messages about alerts, in English. The other languages are typed by this one. */
export const alertEn = {
  severities,
  networks,
  titles: {
    opened: (severity: string, name: string) => `Sidetrail alert · ${severity} · ${name}`,
    summary: (severity: string, name: string) => `Sidetrail alert goes on · ${severity} · ${name}`,
    recovered: (severity: string, name: string) => `Sidetrail alert is over · ${severity} · ${name}`,
    test: (severity: string, name: string) => `Sidetrail test message · ${severity} · ${name} · all made up`,
  },
  label: (what: string, text: string) => `${what}: ${text}`,
  and: (parts: readonly string[]) => parts.join(', '),
  others: (count: number) => `${count} more`,
  aside: (text: string, more: string) => `${text} (${more})`,
  account: 'Account',
  who: 'Who',
  what: 'What',
  resource: 'Resource',
  from: 'From',
  where: 'Region',
  error: 'Failed with',
  about: 'About',
  note: 'What is wrong',
  often: 'How often',
  times: (count: number) => (count === 1 ? 'once' : `${count} times`),
  at: (time: string, zone: string) => `at ${time} (${zone})`,
  between: (first: string, last: string, zone: string) => `from ${first} to ${last} (${zone})`,
  since: 'Since',
  newly: 'Of these new',
  more: (count: number, time: string) => `${count} since the message of ${time}`,
  over: 'Over since',
  alert: 'Alert',
  open: 'Look at it in Sidetrail',
};

export type AlertTexts = typeof alertEn;
