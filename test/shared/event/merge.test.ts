import { describe, expect, test } from 'vitest';
import type { EventSummary, Json, ParsedEvent, Source } from '../../../shared/event/event.ts';
import { merge } from '../../../shared/event/merge.ts';
import { parseRecord } from '../../../shared/event/parse.ts';
import { FORMS, forms } from '../../support/samples/forms.ts';
import { record, user } from '../../support/samples/sample.ts';
import { SAMPLES } from '../../support/samples/samples.ts';

function parse(value: Json, source: Source, received = '2025-02-19T16:10:00Z'): ParsedEvent {
  const parsed = parseRecord(value, { source, received });
  if (!parsed.ok) throw new Error(parsed.refusal.reason);
  return parsed.event;
}

function changed(event: ParsedEvent, changes: Partial<EventSummary>): ParsedEvent {
  return { ...event, summary: { ...event.summary, ...changes } };
}

describe.each(SAMPLES)('$name', (sample) => {
  const rendered = forms(sample);
  test.each(FORMS.flatMap((one) => FORMS.map((two) => [one, two] as const)))(
    '%s and %s are one event in either order',
    (one, two) => {
      const api = parse(rendered[one], 'api');
      const push = parse(rendered[two], 'push');
      const [apiFirst, pushFirst] = [merge(api, push), merge(push, api)];
      expect(push.summary.id).toBe(api.summary.id);
      expect(apiFirst.conflict).toBe(false);
      expect(apiFirst.event.summary.is).not.toContain('conflict');
      expect(pushFirst.event).toEqual(apiFirst.event);
      expect(apiFirst.event.record).toBe(api.record);
    },
  );
});

describe('a planted record', () => {
  const trusted = parse(record({}), 'api');
  const planted = parse(
    record({
      userIdentity: user({ principalId: '100099999999', userName: 'nobody' }),
      sourceIPAddress: '198.51.100.99',
    }),
    'push',
  );

  test.each([
    ['before', planted, trusted],
    ['after', trusted, planted],
  ])('%s the real one does not hide it, and the event is marked', (_when, first, second) => {
    const { event, changed: differs, conflict } = merge(first, second);
    expect(conflict).toBe(true);
    expect(differs).toBe(true);
    expect(event.summary).toEqual({
      ...trusted.summary,
      is: ['conflict'],
      sources: [...trusted.summary.sources, ...planted.summary.sources],
    });
    expect(event.record).toBe(trusted.record);
  });

  test('stays marked when an honest arrival follows', () => {
    const marked = merge(trusted, planted).event;
    const { event, conflict } = merge(marked, parse(record({}), 'files'));
    expect(conflict).toBe(false);
    expect(event.summary.is).toEqual(['conflict']);
  });
});

test.each<[string, Json]>([
  ['the operator', record({ userIdentity: user({ principalId: '100099999999' }) })],
  ['the address', record({ sourceIPAddress: '198.51.100.99' })],
  ['the outcome', record({ apiErrorCode: 'InternalError' })],
  ['the request', record({ requestParameters: '{"InstanceIds": ["ins-other123"]}' })],
])('another value for %s is a conflict', (_what, value) => {
  expect(merge(parse(record({}), 'api'), parse(value, 'files')).conflict).toBe(true);
});

test('the same request in other words is no conflict', () => {
  const other = record({ requestParameters: { Region: 'ap-guangzhou', InstanceIds: '["ins-8kq2m1zd"]' } });
  expect(merge(parse(record({}), 'api'), parse(other, 'files')).conflict).toBe(false);
});

const BARE = record({
  userIdentity: user({ principalId: '', userName: '', secretId: '' }),
  sourceIPAddress: '',
  userAgent: '',
  requestParameters: '',
  eventRegion: '',
});

test('what the more trusted source lacks is filled and said, but never who acted', () => {
  const full = record({ userIdentity: user({ roleSessionName: 'chen.wei' }), eventID: 'ev-7' });
  const { summary } = merge(parse(BARE, 'api'), parse(full, 'files')).event;
  expect(summary).toMatchObject({
    operator: { type: 'user', id: '', name: '' },
    ip: '203.0.113.24',
    agent: 'SDK_GO_1.0.594',
    region: 'ap-guangzhou',
    eventId: 'ev-7',
    filled: { ip: 'files', agent: 'files', region: 'files', eventId: 'files' },
  });
  expect(summary).not.toHaveProperty('person');
});

test('a push fills neither address nor resources, and what it filled gives way to what is read later', () => {
  const planted = record({ userAgent: 'evil', eventRegion: 'ap-evil', sourceIPAddress: '198.51.100.9' });
  const pushed = merge(parse(BARE, 'api'), parse(planted, 'push')).event;
  expect(pushed.summary).toMatchObject({ ip: '', agent: 'evil', filled: { agent: 'push', region: 'push' } });

  const trueOne = record({ userAgent: 'SDK_GO_1.0.594', eventRegion: 'ap-guangzhou' });
  const { summary } = merge(pushed, parse(trueOne, 'files')).event;
  expect(summary).toMatchObject({
    agent: 'SDK_GO_1.0.594',
    region: 'ap-guangzhou',
    filled: { agent: 'files', region: 'files' },
  });
});

test('three arrivals make one event in any order', () => {
  const three = [
    parse(BARE, 'api'),
    parse(record({ userAgent: 'files-agent', eventRegion: '' }), 'files'),
    parse(record({ userAgent: 'push-agent', eventID: 'ev-9' }), 'push'),
  ];
  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ];
  const results = orders.map((order) => {
    const [first, second, third] = order.map((i) => three[i]);
    if (!first || !second || !third) throw new Error('three');
    return merge(merge(first, second).event, third).event;
  });
  for (const result of results) expect(result).toEqual(results[0]);
});

test('milliseconds are added within the second', () => {
  const pushed = parse({ specversion: '1.0', time: 1739981156417, data: record({}) }, 'eventbridge');
  const { event } = merge(parse(record({}), 'api'), pushed);
  expect(event.summary.time).toBe('2025-02-19T16:05:56.417Z');
});

test('the same arrival again changes nothing; an earlier one, or another source, does', () => {
  const first = changed(parse(record({}), 'api'), { seq: 41 });
  const later = '2025-02-19T16:40:00Z';
  const again = merge(first, parse(record({}), 'api', later));
  expect(again).toEqual({ event: first, changed: false, conflict: false });

  const earlier = merge(first, parse(record({}), 'api', '2025-02-19T16:06:00Z'));
  expect(earlier.changed).toBe(true);
  expect(earlier.event.summary.sources).toEqual([{ source: 'api', received: '2025-02-19T16:06:00Z' }]);

  const elsewhere = merge(parse(record({}), 'push'), parse(record({}), 'files', later));
  expect(elsewhere.changed).toBe(true);
  expect(elsewhere.event.summary.sources.map(({ source }) => source)).toEqual(['files', 'push']);
});

test('of two equally trusted arrivals the first stands', () => {
  const [one, two] = [parse(record({}), 'push'), parse(record({ userAgent: 'curl' }), 'push')];
  expect(merge(one, two)).toEqual({ event: one, changed: false, conflict: false });
  expect(merge(two, one).event.summary.agent).toBe('curl');
});
