import type { EventSummary } from '../../../shared/event/event.ts';
import { FIRST_SECOND } from '../../support/arbitraries.ts';

/** An event with something in every field. */
export const SUMMARY: EventSummary = {
  id: 'k7qz3m5n2p4r6s2t3v4w5x3y5a',
  seq: 7,
  account: '100000000001',
  time: new Date(FIRST_SECOND * 1000 + 5900).toISOString(),
  requestId: '6b0f1f0e-0000-4000-8000-000000000001',
  eventId: 'c0ffee00-0000-4000-8000-000000000001',
  operator: { type: 'role', id: '4611686018400000021', name: 'deploy', key: 'AKIDmadeup000001' },
  person: { id: '100000000014', name: 'li.si', status: 'exact' },
  product: 'cvm',
  event: 'RunInstances',
  action: 'write',
  via: 'console',
  region: 'ap-guangzhou',
  resources: [{ type: 'instance', id: 'ins-0a1b2c3d', name: 'web' }, { id: 'disk-9z8y7x6w' }],
  ip: '203.0.113.5',
  network: 'inside',
  place: 'Guangzhou',
  agent: 'SDK_NODEJS',
  outcome: 'failed',
  error: { layer: 'api', code: 'InvalidParameterValue', message: 'the request is wrong' },
  is: ['purchase'],
  sensitive: ['record'],
  purchase: { kind: 'create', count: 2, deals: ['20261122000001'] },
  sources: [
    { source: 'api', received: '2026-11-22T07:00:00Z' },
    { source: 'push', received: '2026-11-22T07:00:01Z' },
  ],
  tags: ['env=prod'],
};
