/** Events, and how they come in and are followed. */
import { ACCOUNT, CURSOR, TIME, about, aboutAnswer } from './common.ts';
import type { Example, Examples } from './example.ts';

export const summary: Example<'EventSummary'> = {
  id: 'k3vq7x2m5ajc4tznbw6ey2hd7u',
  seq: 4711,
  account: ACCOUNT,
  time: TIME,
  requestId: '6b0f1f0e-2c1d-4f6a-9c3e-5d7a90b1c2d3',
  operator: { type: 'user', id: '100000000011', name: 'mei' },
  product: 'cvm',
  event: 'StopInstances',
  action: 'write',
  via: 'console',
  region: 'ap-guangzhou',
  resources: [{ type: 'instance', id: 'ins-0a1b2c3d' }],
  ip: '203.0.113.5',
  network: 'unknown',
  agent: 'Mozilla/5.0',
  outcome: 'denied',
  error: { layer: 'cam', code: 'UnauthorizedOperation', message: 'no permission for cvm:StopInstances' },
  is: [],
  sources: [{ source: 'api', received: '2026-11-22T06:05:00Z' }],
  tags: [],
};

export const eventExamples: Examples = {
  Events: { events: [summary], ...aboutAnswer },
  Event: {
    ...summary,
    request: { InstanceIds: ['ins-0a1b2c3d'] },
    response: null,
    record: { eventName: 'StopInstances', requestParameters: '{"InstanceIds":["ins-0a1b2c3d"]}' },
  },
  EventSummary: summary,
  Ingested: { accepted: 499, duplicate: 0, refused: [{ at: 17, reason: 'no eventTime' }], refusedTotal: 1 },
  Changes: {
    changes: [{ id: 'ajc4tznbw6ey2hd7uk3vq7x2m5', seq: 4710, gone: true }, summary],
    next: CURSOR,
    more: false,
    floor: {},
    ...about,
  },
};
