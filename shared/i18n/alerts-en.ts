import type { AlertState } from '../api/alerts.ts';
import type { Per } from '../api/alarms.ts';
import type { Severity } from '../api/rules.ts';

const severities: Record<Severity, string> = {
  info: 'Info',
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  critical: 'Critical',
};

const per: Record<Per, string> = {
  operator: 'Operator',
  event: 'Event',
  resource: 'Resource',
  error: 'Error',
  region: 'Region',
};

/** What calls somebody to open alerts, in English: the button's title and notifications. */
export const alertCallEn = {
  severities,
  per,
  worst: {
    info: 'for information',
    low: 'low',
    medium: 'medium',
    high: 'high',
    critical: 'critical',
  } satisfies Record<Severity, string>,
  /** Of texts in several languages the reader's. */
  of: (texts: { en: string; zh?: string }) => texts.en,
  badge: (count: number, shown: string, worst: string) =>
    `Open Sidetrail. ${count === 1 ? '1 open alert' : `${shown} open alerts, the worst`}: ${worst}`,
  title: (severity: string, name: string) => `${severity}: ${name}`,
  group: (what: string, value: string) => `${what} ${value}`,
  events: (count: number) => (count === 1 ? '1 event' : `${count} events`),
  several: (count: number) => `${count} new alerts`,
  others: (count: number) => (count === 1 ? 'and 1 more' : `and ${count} more`),
};

export type AlertCallTexts = typeof alertCallEn;

/** The page of alerts in English, and its switch in the options. */
export const alertsEn = {
  title: 'alerts',
  heading: 'Alerts',
  severities,
  severity: (word: string) => `Severity: ${word}`,
  per,
  of: (texts: { en: string; zh?: string }) => texts.en,
  show: 'Show',
  states: {
    open: 'Open',
    acknowledged: 'Acknowledged',
    recovered: 'Recovered',
  } satisfies Record<AlertState, string>,
  all: 'All',
  loading: 'Asking for alerts …',
  asked: (time: string) => `Asked at ${time}`,
  askNow: 'Ask now',
  options: 'Options',
  openOptions: 'Open options',
  tryAgain: 'Try again',
  setUp: 'Set up',

  summary: (count: number, shown: string) =>
    count === 0 ? 'No open alerts' : count === 1 ? '1 open alert' : `${shown} open alerts`,
  quiet: (count: number, shown: string) =>
    count === 1 ? '1 more is muted or expected' : `${shown} more are muted or expected`,
  atLeast: (count: string) => `${count} or more`,
  noneOf: {
    open: 'No open alerts',
    acknowledged: 'No alert is acknowledged',
    recovered: 'No alert has recovered yet',
  } satisfies Record<AlertState, string>,
  none: 'No alerts',
  askedWith: (time: string, policies: string) => `Asked at ${time}; ${policies}.`,
  policies: (count: number, shown: string) =>
    count === 0
      ? 'no policy is on, so nothing is noticed. An admin switches policies on'
      : count === 1
        ? '1 policy is on'
        : `${shown} policies are on`,
  policiesUnknown: 'admins and auditors see which policies are on',
  more: (state: string) => `Show older: ${state}`,
  deepest: (count: string) => `Only the newest ${count} are shown.`,
  hidden: {
    lead: 'Only alerts whose events are all yours are shown; a lead, an auditor or an admin may see more.',
    auditor: 'Only alerts whose events are all your teams’ are shown; an auditor or an admin may see more.',
    admin: 'Alerts about Sidetrail itself are shown to admins.',
  },
  mayNotAct: 'Auditors and admins say what becomes of alerts.',

  about: 'About Sidetrail itself',
  account: (id: string) => `account ${id}`,
  events: (count: number, shown: string) => (count === 1 ? '1 event' : `${shown} events`),
  counted: (events: string, when: string) => `${events}, ${when}`,
  at: (time: string) => `at ${time}`,
  between: (first: string, last: string) => `from ${first} to ${last}`,
  noticed: (time: string) => `noticed ${time}`,
  acknowledgedBy: (who: string, time: string) => `Acknowledged by ${who}, ${time}`,
  recoveredAt: (time: string) => `Recovered ${time}`,
  mutedUntil: (who: string, time: string) => `Muted until ${time} by ${who}`,
  expectedBy: (who: string, time: string) => `Marked expected by ${who}, ${time}`,

  examples: 'Events of this alert',
  openEvent: (sentence: string) => `Open the event: ${sentence}`,
  moreExamples: (count: number, shown: string) => (count === 1 ? '1 more event' : `${shown} more events`),
  noExamples: 'Its events are not kept any more.',
  examplesFailed: 'Its events could not be read.',

  acknowledge: 'Acknowledge',
  unacknowledge: 'Take back',
  mute: 'Mute …',
  unmute: 'Unmute',
  expect: 'Mark expected',
  unexpect: 'Not expected',
  muteTitle: 'Mute until',
  muteHint: 'Nobody is told about this group until then.',
  hours: { '1': '1 hour', '8': '8 hours', '24': '24 hours', '168': '7 days' },
  date: 'Date and time',
  muteUntil: 'Mute until then',
  cancel: 'Cancel',
  badDate: 'Choose a time in the future, at most 90 days from now.',
  /** After a name: what the button is about. */
  on: (action: string, name: string) => `${action}: ${name}`,

  done: {
    acknowledge: (name: string) => `Acknowledged: ${name}`,
    unacknowledge: (name: string) => `Open again: ${name}`,
    mute: (name: string) => `Muted: ${name}`,
    unmute: (name: string) => `No longer muted: ${name}`,
    expect: (name: string) => `Expected from now on: ${name}`,
    unexpect: (name: string) => `No longer expected: ${name}`,
  },
  forbidden: 'Not done: auditors and admins say what becomes of alerts.',
  gone: 'Not done: this alert is not there any more, or no longer yours to see.',
  notDone: (why: string) => `Not done. ${why}`,

  offline: (time: string) =>
    `Out of reach. What is shown is as of ${time}; nothing can be changed meanwhile.`,
  asOf: (time: string) => `What is shown is as of ${time}.`,
  failed: 'Alerts could not be asked for',
  offlineTitle: 'Out of reach',
  offlineHint: 'The Worker does not answer. Alerts show here as soon as it does.',
  notPermitted: 'This token may not read alerts',
  notConnected: 'Not connected',
  notConnectedHint: 'Enter the address of your company’s Sidetrail and your token; then alerts show here.',
  refused: 'This page was not opened by Sidetrail',
  refusedHint: 'For your safety it shows nothing here.',
  lost: 'Sidetrail was updated',
  lostHint: 'Reload this page to go on.',

  keys: 'Keys',
  keyNames: {
    move: 'next, previous alert',
    open: 'open its newest event',
    acknowledge: 'acknowledge, take back',
    mute: 'mute, unmute',
    expect: 'expected or not',
    ask: 'ask now',
  },

  notices: 'Alerts',
  noticesLabel: 'Desktop notifications for new alerts',
  noticesHint: 'Your browser asks whether Sidetrail may show them. Each alert is told once.',
  noticesRefused: 'The browser, or a policy of your company, decided otherwise.',
  noticesOn: 'On',
  noticesOff: 'Off',
  openAlerts: 'Open alerts',
};

export type AlertsTexts = typeof alertsEn;
