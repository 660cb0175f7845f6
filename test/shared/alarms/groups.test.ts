import { expect, test } from 'vitest';
import type { Per } from '../../../shared/api/alarms.ts';
import { groupsOf, type GroupSubject } from '../../../shared/alarms/groups.ts';

const EVENT: GroupSubject = {
  account: '1250000001',
  operator: { id: '100000000011', name: 'mei' },
  event: 'StopInstances',
  resources: [{ id: 'ins-1', name: 'web' }, { id: 'ins-2' }, { id: 'ins-1', name: 'web' }, { id: '' }],
  error: '',
  region: 'ap-guangzhou',
};

test.each<[Per | undefined, Partial<GroupSubject>, (string | undefined)[]]>([
  [undefined, {}, [undefined]],
  ['operator', {}, ['100000000011']],
  ['operator', { operator: { id: '', name: 'nobody' } }, ['nobody']],
  ['operator', { operator: { id: '', name: '' } }, []],
  ['event', {}, ['StopInstances']],
  ['resource', {}, ['ins-1', 'ins-2']],
  ['resource', { resources: [] }, []],
  ['error', {}, []],
  ['error', { error: 'LimitExceeded' }, ['LimitExceeded']],
  ['region', {}, ['ap-guangzhou']],
])('per %s, %j is in %j', (per, changes, values) => {
  expect(groupsOf(per, { ...EVENT, ...changes }).map(({ of }) => of?.value)).toEqual(values);
});

test('the same value of two accounts is two groups; without a label there is none', () => {
  const [one] = groupsOf('operator', EVENT);
  const [other] = groupsOf('operator', { ...EVENT, account: '1250000002' });
  expect(one?.key).not.toBe(other?.key);
  expect(one?.of).toEqual({ per: 'operator', account: '1250000001', value: '100000000011', label: 'mei' });
  expect(groupsOf('resource', EVENT)[1]?.of).not.toHaveProperty('label');
});
