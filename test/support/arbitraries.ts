/**
 * Random events and random queries over one small vocabulary, so that queries often hit. Records, events
 * and queries come from the same happenings: what holds for one side can be asked of the other.
 */
import * as fc from 'fast-check';
import { type EventSummary, OUTCOMES, ACTIONS } from '../../shared/event/event.ts';
import { fold } from '../../shared/query/fold.ts';
import { literal } from '../../shared/query/pattern.ts';
import { printQuery } from '../../shared/query/print.ts';
import type { FieldTerm, Query, RangeTerm } from '../../shared/query/query.ts';
import type { ResolveContext } from '../../shared/query/resolve.ts';

/** Every event happens within these seconds, so that many share one. */
const FIRST_SECOND = Date.UTC(2026, 10, 22, 6) / 1000;
const SECONDS = 20;

const ACCOUNTS = ['100000000001', '100000000002'];

const OPERATORS = [
  { type: 'root', id: '100000000001', name: 'root', raw: 'Root' },
  { type: 'user', id: '100000000011', name: 'web-deploy', raw: 'CAMUser' },
  { type: 'user', id: '100000000012', name: 'Web-Admin', raw: 'CAMUser' },
  { type: 'user', id: '100000000013', name: '王小明', raw: 'CAMUser' },
  { type: 'user', id: '100000000014', name: 'Zoe\u0308, "5*" \\ops', raw: 'CAMUser' },
  { type: 'role', id: '4611686018400000021', name: '部署Role', raw: 'AssumedRole' },
  { type: 'service', id: '4611686018400000022', name: 'TKE_QCSRole', raw: 'TencentCloudService' },
] as const;

const DEEDS = [
  { event: 'RunInstances', product: 'cvm', action: 'write' },
  { event: 'StopInstances', product: 'cvm', action: 'write' },
  { event: 'DescribeInstances', product: 'cvm', action: 'read' },
  { event: 'AttachDisks', product: 'cbs', action: 'write' },
  { event: 'GetUser', product: 'cam', action: 'read' },
] as const;

const RESOURCES = [
  'ins-0a1b2c3d',
  'ins-0a1b2c3e',
  'ins-9z8y7x6w',
  'disk-0a1b2c3d',
  'disk-5e6f7g8h',
  '测试-Bucket',
];
const REGIONS = ['ap-guangzhou', 'ap-shanghai', 'ap-singapore', ''];
const REQUESTS = Array.from({ length: 100 }, (_, i) => `6b0f1f0e-0000-4000-8000-abcdef${100_000 + i}`);
const ADDRESSES = [
  '203.0.113.5',
  '203.0.113.130',
  '198.51.100.7',
  '8.8.8.8',
  '2001:db8::1',
  '2001:db8:1::1',
  '2400:cb00::9',
  '',
];

const OUTCOMES_SEEN = [
  { outcome: 'ok', errorCode: '0', apiErrorCode: '0' },
  { outcome: 'failed', errorCode: '0', apiErrorCode: 'InvalidParameterValue' },
  { outcome: 'failed', errorCode: '0', apiErrorCode: 'InvalidParameter.Zone' },
  { outcome: 'failed', errorCode: '0', apiErrorCode: 'ResourceNotFound' },
  { outcome: 'denied', errorCode: '4104', apiErrorCode: '0' },
] as const;

/** What generated queries are resolved with: two operators bear other names today than in their records. */
export const ARBITRARY_CONTEXT: ResolveContext = {
  // `15m` falls into the middle of the seconds in which events happen.
  now: (FIRST_SECOND + 900 + 7) * 1000,
  tz: 'Asia/Shanghai',
  names: new Map([
    ['web-release', ['100000000011']],
    ['小王', ['100000000013', '100000000012']],
  ]),
};

const arbitraryHappening = fc.record({
  request: fc.constantFrom(...REQUESTS),
  second: fc.nat(SECONDS - 1),
  account: fc.constantFrom(...ACCOUNTS),
  operator: fc.constantFrom(...OPERATORS),
  deed: fc.constantFrom(...DEEDS),
  resources: fc.uniqueArray(fc.constantFrom(...RESOURCES), { maxLength: 3 }),
  region: fc.constantFrom(...REGIONS),
  ip: fc.constantFrom(...ADDRESSES),
  ending: fc.constantFrom(...OUTCOMES_SEEN),
});

type Happening = typeof arbitraryHappening extends fc.Arbitrary<infer T> ? T : never;

/** One raw record as CloudAudit writes it to COS, as a plain JSON object. Several: `arbitraryRecords`. */
export function arbitraryRecord(): fc.Arbitrary<Record<string, unknown>> {
  return arbitraryHappening.map(toRecord);
}

/** Up to 100 such records, no two with the same request id, so that each is an event of its own. */
export function arbitraryRecords(size: { minLength?: number; maxLength: number }) {
  return fc
    .uniqueArray(arbitraryHappening, { ...size, selector: ({ request }) => request })
    .map((happenings) => happenings.map(toRecord));
}

/** Event summaries as such records give them. */
export function arbitrarySummary(): fc.Arbitrary<EventSummary> {
  return arbitraryHappening.map(toSummary);
}

function toRecord({ request, second, account, operator, deed, resources, region, ip, ending }: Happening) {
  const kind = deed.product === 'cbs' ? 'volume' : 'instance';
  return {
    userIdentity: {
      type: operator.raw,
      principalId: operator.id,
      accountId: account,
      userName: operator.name,
      secretId: operator.type === 'user' ? `AKIDmadeup${operator.id}` : '',
      sessionContext: '{}',
    },
    eventVersion: 2,
    requestID: request,
    eventTime: FIRST_SECOND + second,
    eventName: deed.event,
    eventType: operator.type === 'service' ? 'ApiCall' : 'ConsoleCall',
    actionType: deed.action === 'read' ? 'Read' : 'Write',
    resourceType: deed.product,
    eventSource: `${deed.product}.tencentcloudapi.com`,
    eventRegion: region,
    sourceIPAddress: ip,
    userAgent: 'SDK_NODEJS_0.2.1',
    errorCode: ending.errorCode,
    errorMessage: ending.outcome === 'denied' ? 'not authorised' : '',
    apiErrorCode: ending.apiErrorCode,
    apiErrorMessage: ending.outcome === 'failed' ? 'the request is wrong' : '',
    requestParameters: '{}',
    responseElements: '{}',
    resourceName: resources.map((id) => `${kind}/${id}`).join('|'),
    tags: [''],
    sensitiveAction: '0',
  };
}

function toSummary({
  request,
  second,
  account,
  operator,
  deed,
  resources,
  region,
  ip,
  ending,
}: Happening): EventSummary {
  const { type, id, name } = operator;
  const summary: EventSummary = {
    id: request.replaceAll('-', '').slice(-26),
    seq: 0,
    account,
    time: new Date((FIRST_SECOND + second) * 1000 + 250).toISOString(),
    requestId: request,
    operator: { type, id, name },
    product: deed.product,
    event: deed.event,
    action: deed.action,
    via: type === 'service' ? 'service' : 'console',
    region,
    resources: resources.map((resource) => ({ id: resource })),
    ip,
    network: 'unknown',
    agent: 'SDK_NODEJS_0.2.1',
    outcome: ending.outcome,
    is: [],
    sources: [],
    tags: [],
  };
  if (ending.outcome === 'failed')
    summary.error = { layer: 'api', code: ending.apiErrorCode, message: 'the request is wrong' };
  if (ending.outcome === 'denied')
    summary.error = { layer: 'cam', code: ending.errorCode, message: 'not authorised' };
  return summary;
}

/** Texts of valid queries about such events, with a range that is not empty; see `ARBITRARY_CONTEXT`. */
export function arbitraryQuery(): fc.Arbitrary<string> {
  return fc
    .record({
      fields: fc.array(arbitraryTerm(), { maxLength: 3 }),
      from: fc.option(arbitraryFrom, { nil: undefined, freq: 2 }),
      to: fc.option(arbitraryTo, { nil: undefined, freq: 2 }),
    })
    .map(({ fields, from, to }): Query => {
      const range = [from, to].filter((bound) => bound !== undefined);
      return { terms: [...fields, ...range] };
    })
    .map(printQuery);
}

/** One term of such a query. */
export function arbitraryTerm(): fc.Arbitrary<FieldTerm> {
  return fc.oneof(
    term('account', fc.constantFrom(...ACCOUNTS, '100000000009')),
    term(
      'operator',
      fc.oneof(exact(OPERATORS.map(({ id }) => id)), starred(OPERATOR_NAMES), exact(OPERATOR_NAMES)),
    ),
    term('event', fc.oneof(exact(EVENT_NAMES), starred(EVENT_NAMES))),
    term('product', exact(['cvm', 'cbs', 'cam', 'vpc'])),
    term('resource', fc.oneof(exact(RESOURCES), starred(RESOURCES))),
    term('region', exact(['ap-guangzhou', 'ap-shanghai', 'ap-singapore'])),
    term('action', fc.constantFrom(...ACTIONS)),
    term('outcome', fc.constantFrom(...OUTCOMES)),
    term('error', fc.oneof(exact(ERROR_CODES), begun(ERROR_CODES))),
    term('ip', arbitraryNetwork),
    term('request', exact(REQUESTS)),
  );
}

const OPERATOR_NAMES = [...OPERATORS.map(({ name }) => name), 'web-release', '小王'];
const EVENT_NAMES = DEEDS.map(({ event }) => event);
const ERROR_CODES = ['InvalidParameterValue', 'InvalidParameter.Zone', 'ResourceNotFound', '4104'];

const arbitraryFrom: fc.Arbitrary<RangeTerm> = fc
  .oneof(fc.constantFrom('15m', '7d', '2026-11-22', '2026-11-20'), clockBetween(0, 9))
  .map((value) => ({ key: 'from', negated: false, values: [value] }));

const arbitraryTo: fc.Arbitrary<RangeTerm> = fc
  .oneof(fc.constantFrom('0m', '2026-11-22', '2026-11-25'), clockBetween(11, SECONDS))
  .map((value) => ({ key: 'to', negated: false, values: [value] }));

/** Times between two seconds of the happenings: in UTC or in the zone of the context, with or without a fraction. */
function clockBetween(min: number, max: number): fc.Arbitrary<string> {
  return fc
    .record({
      second: fc.integer({ min, max }),
      fraction: fc.constantFrom('', '.000', '.25'),
      zone: fc.constantFrom(
        { hour: '06', offset: 'Z' },
        { hour: '14', offset: '' },
        { hour: '14', offset: '+08:00' },
      ),
    })
    .map(({ second, fraction, zone }) => {
      const seconds = String(second).padStart(2, '0');
      return `2026-11-22T${zone.hour}:00:${seconds}${fraction}${zone.offset}`;
    });
}

const arbitraryNetwork: fc.Arbitrary<string> = fc
  .record({
    address: fc.constantFrom(...ADDRESSES.filter(Boolean), '::ffff:203.0.113.5', '192.0.2.1', '2001:DB8::2'),
    share: fc.constantFrom(undefined, 0, 0.25, 0.5, 0.75, 0.97, 1),
  })
  .map(({ address, share }) => {
    const bits = address.includes(':') ? 128 : 32;
    return share === undefined ? address : `${address}/${Math.floor(bits * share)}`;
  });

function term(key: FieldTerm['key'], value: fc.Arbitrary<string>): fc.Arbitrary<FieldTerm> {
  return fc.record({
    key: fc.constant(key),
    negated: fc.boolean(),
    values: fc.array(value, { minLength: 1, maxLength: 3 }),
  });
}

/** The texts in any ASCII case, with every character meaning itself. */
function exact(texts: readonly string[]): fc.Arbitrary<string> {
  return anyCase(texts).map(literal);
}

/** The texts with a stretch replaced by a star: at the start, in the middle, at the end, or all of it. */
function starred(texts: readonly string[]): fc.Arbitrary<string> {
  return fc
    .record({ text: anyCase(texts), cuts: fc.array(fc.nat(8), { minLength: 2, maxLength: 4 }) })
    .map(({ text, cuts }) => {
      const places = cuts.map((cut) => Math.round((cut / 8) * text.length)).toSorted((a, b) => a - b);
      const pieces = places.flatMap((place, i) => (i % 2 === 1 ? [text.slice(place, places[i + 1])] : []));
      return [text.slice(0, places[0]), ...pieces].map(literal).join('*');
    });
}

/** The first letters of the texts, with a star after them. */
function begun(texts: readonly string[]): fc.Arbitrary<string> {
  return fc
    .record({ text: anyCase(texts), length: fc.nat(12) })
    .map(({ text, length }) => `${literal(text.slice(0, length))}*`);
}

function anyCase(texts: readonly string[]): fc.Arbitrary<string> {
  return fc
    .record({ text: fc.constantFrom(...texts), change: fc.constantFrom('none', 'upper', 'lower', 'compose') })
    .map(({ text, change }) => {
      if (change === 'upper') return text.replaceAll(/[a-z]+/g, (letters) => letters.toUpperCase());
      if (change === 'lower') return fold(text);
      return change === 'compose' ? text.normalize('NFC') : text;
    });
}
