/** Tracking sets and their deliveries. */
import { TIME } from './common.ts';
import type { Example, Examples } from './example.ts';

const target: Example<'Target'> = { type: 'r2', prefix: 'audit/cam' };

const deliveryProblem: Example<'DeliveryProblem'> = {
  kind: 'forbidden',
  status: 403,
  code: 'AccessDenied',
  text: 'Access Denied.',
};

export const track: Example<'Track'> = {
  id: 'cam-writes',
  number: 1,
  name: 'Writes to CAM',
  q: 'product:cam action:write',
  accounts: '*',
  target,
  format: 'records',
  compress: true,
  status: 'on',
  created: '2026-11-20T02:00:00Z',
  updated: '2026-11-20T02:00:00Z',
  changedBy: 'mei',
  health: 'ok',
  lastDelivered: TIME,
  lag: 12,
  backlog: 3,
  dead: 0,
};

const delivery: Example<'Delivery'> = {
  id: 'cam-writes-17',
  state: 'delivered',
  count: 42,
  hour: '2026-11-22T06:00:00Z',
  key: '2026112214/cam-writes_000000004669_1.json.gz',
  bytes: 21_504,
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  attempts: 1,
  created: TIME,
  delivered: TIME,
};

export const trackExamples: Examples = {
  Tracks: { tracks: [track] },
  Track: track,
  NewTrack: { name: 'Writes to CAM', q: 'product:cam action:write', target },
  TrackChange: { status: 'paused' },
  Target: target,
  Deliveries: { deliveries: [delivery], next: null },
  Delivery: delivery,
  DeliveryProblem: deliveryProblem,
  TrackHistory: {
    changes: [{ at: TIME, by: 'mei', kind: 'changed', what: { status: 'paused' } }],
    next: null,
  },
  TestDelivery: { ok: false, problem: deliveryProblem },
  Replayed: { replayed: 2 },
  ClsAlarmAsked: {
    name: 'Failed sign-ins',
    q: 'event:ConsoleLogin outcome:failed,denied',
    condition: { kind: 'count', atLeast: 5, within: 600 },
    logsetId: 'logset-0a1b2c3d',
    notice: { receivers: [{ type: 'Uin', ids: [100000000011], channels: ['Email'] }] },
  },
  ClsAlarmMade: {
    alarmId: 'alarm-0a1b2c3d',
    noticeId: 'notice-0a1b2c3d',
    query:
      'sidetrail_track:"sign-ins" AND (sidetrail_terms:"event_consolelogin") | select count(distinct sidetrail_id) as n',
    condition: '$1.n >= 5',
  },
};
