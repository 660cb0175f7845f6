/** Alarm policies, and the alerts that come of them. */
import { ACCOUNT, CURSOR, TIME, about, aboutAnswer, who } from './common.ts';
import { summary } from './events.ts';
import type { Example, Examples } from './example.ts';

const burst = { kind: 'count', atLeast: 20, within: 600, per: 'operator' } as const;

const alarm: Example<'Alarm'> = {
  id: 'denied-in-production',
  name: { en: 'Many calls denied in production', zh: '生产环境大量请求被拒绝' },
  q: 'outcome:denied tag:env=prod',
  condition: burst,
  severity: 'high',
  schedule: null,
  channels: '*',
  silence: 3600,
  old: false,
  on: true,
  shipped: false,
};

const schedule: Example<'Schedule'> = {
  zone: 'Asia/Shanghai',
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  from: '09:00',
  to: '18:00',
  outside: true,
};

const alertGroup: Example<'AlertGroup'> = {
  per: 'operator',
  account: ACCOUNT,
  value: who.id,
  label: who.name,
};

const alert: Example<'Alert'> = {
  id: '4e07408562bedb8b',
  alarm: alarm.id,
  name: alarm.name,
  severity: alarm.severity,
  system: false,
  group: alertGroup,
  state: 'acknowledged',
  opened: '2026-11-22T06:03:40Z',
  first: '2026-11-22T05:58:02Z',
  last: TIME,
  count: 300,
  examples: [summary.id],
  acknowledged: { by: 'bo', byName: 'Bo Chen', at: '2026-11-22T06:05:00Z' },
};

export const alarmExamples: Examples = {
  Alarms: { alarms: [alarm] },
  Alarm: alarm,
  ShownAlarm: alarm,
  NewAlarm: { name: alarm.name.en, q: alarm.q, condition: burst },
  AlarmChange: { schedule, on: false },
  AlarmHistory: {
    changes: [{ at: TIME, by: 'mei', kind: 'changed', what: { on: false } }],
    next: null,
  },
  AlarmPreviewAsked: { q: alarm.q, condition: burst },
  AlarmPreview: {
    count: 412,
    alerts: 1,
    firings: [
      {
        at: '2026-11-22T05:59:10Z',
        group: alertGroup,
        count: 300,
        first: '2026-11-22T05:58:02Z',
        last: TIME,
      },
    ],
    searched: { ...aboutAnswer.searched, q: alarm.q },
    ...about,
  },
  Schedule: schedule,
  Alerts: { alerts: [{ ...alert, events: [summary] }], next: CURSOR },
  Alert: alert,
  AlertWithEvents: { ...alert, events: [summary] },
  AlertGroup: alertGroup,
  Muting: { until: '2026-11-23T00:00:00Z' },
};
