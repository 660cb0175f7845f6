/** A message that an admin asks for to see whether it arrives: about an alert that never was. */
import type { EventSummary } from '../../../shared/event/event.ts';
import { DEMO_ACCOUNT } from '../../../shared/event/demo.ts';
import type { Notice } from './message.ts';

const SECOND = 1000;

/** The notice for a channel, at unix ms `now`. */
export function testNotice(channel: { id: string; name: string }, now: number): Notice {
  const time = (ago: number): string => new Date(now - ago * SECOND).toISOString();
  const operator = { type: 'user', id: '100000000012', name: 'sidetrail-test' } as const;
  const event: EventSummary = {
    id: 'test',
    seq: 0,
    account: DEMO_ACCOUNT,
    time: time(5),
    requestId: `test-${now}`,
    operator,
    product: 'cvm',
    event: 'TerminateInstances',
    action: 'write',
    via: 'api',
    region: 'ap-guangzhou',
    resources: [{ type: 'instance', id: 'ins-0example' }],
    ip: '192.0.2.10',
    network: 'outside',
    agent: '',
    outcome: 'denied',
    error: {
      layer: 'cam',
      code: 'UnauthorizedOperation',
      message: 'You are not authorized to perform this operation.',
    },
    is: [],
    sources: [],
    tags: [],
  };
  return {
    id: `test-${channel.id}-${now}`,
    told: 'test',
    alert: {
      id: 'test',
      alarm: 'test',
      name: { en: channel.name },
      severity: 'info',
      system: false,
      group: { per: 'operator', account: DEMO_ACCOUNT, value: operator.id, label: operator.name },
      state: 'open',
      opened: time(0),
      first: time(60),
      last: time(5),
      count: 3,
      examples: [],
    },
    events: [event],
  };
}
