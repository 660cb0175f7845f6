/**
 * Random records and events over one small vocabulary, which random queries share (arbitrary-queries.ts), so
 * that they often hit. Records and events come from the same happenings.
 */
import * as fc from 'fast-check';
import type { EventSummary, Mark } from '../../shared/event/event.ts';

/** Every event happens within these seconds, so that many share one. */
export const FIRST_SECOND = Date.UTC(2026, 10, 22, 6) / 1000;
export const SECONDS = 20;

export const ACCOUNTS = ['100000000001', '100000000002'];

export const OPERATORS = [
  { type: 'root', id: '100000000001', name: 'root', raw: 'Root' },
  { type: 'user', id: '100000000011', name: 'web-deploy', raw: 'CAMUser' },
  { type: 'user', id: '100000000012', name: 'Web-Admin', raw: 'CAMUser' },
  { type: 'user', id: '100000000013', name: '王小明', raw: 'CAMUser' },
  { type: 'user', id: '100000000014', name: 'Zoe\u0308, "5*" \\ops', raw: 'CAMUser' },
  { type: 'role', id: '4611686018400000021', name: '部署Role', raw: 'AssumedRole' },
  { type: 'service', id: '4611686018400000022', name: 'TKE_QCSRole', raw: 'TencentCloudService' },
] as const;

/** Who is behind the session of a role or a service. */
export const PERSONS: readonly EventSummary['person'][] = [
  undefined,
  { id: '100000000013', name: '王小明', status: 'exact' },
  { id: '100000000012', status: 'exact' },
  { name: 'Zoe.Ops', status: 'claimed' },
  { name: '小王', status: 'claimed' },
];

export const DEEDS = [
  { event: 'RunInstances', product: 'cvm', action: 'write' },
  { event: 'StopInstances', product: 'cvm', action: 'write' },
  { event: 'DescribeInstances', product: 'cvm', action: 'read' },
  { event: 'AttachDisks', product: 'cbs', action: 'write' },
  { event: 'GetUser', product: 'cam', action: 'read' },
  { event: 'ConsoleLogin', product: 'account', action: 'write' },
] as const;

const VIAS = [
  { via: 'console', eventType: 'ConsoleCall' },
  { via: 'api', eventType: 'ApiCall' },
  { via: 'miniprogram', eventType: 'MiniProgramCall' },
  { via: '', eventType: '' },
] as const;

export const RESOURCES = [
  'ins-0a1b2c3d',
  'ins-0a1b2c3e',
  'ins-9z8y7x6w',
  'disk-0a1b2c3d',
  'disk-5e6f7g8h',
  '测试-Bucket',
];
export const RESOURCE_NAMES = ['Web Server 01', '数据库-主', '😀Zoe\u0308', 'a', '主'];
export const TAGS = ['env=Prod', 'env=pre\u0301', 'team=Web Ops', 'team=', 'note=a=b*'];
const REGIONS = ['ap-guangzhou', 'ap-shanghai', 'ap-singapore', ''];
export const REQUESTS = Array.from({ length: 100 }, (_, i) => `6b0f1f0e-0000-4000-8000-abcdef${100_000 + i}`);
export const ADDRESSES = [
  '203.0.113.5',
  '203.0.113.130',
  '198.51.100.7',
  '8.8.8.8',
  // Begins with the same hex digits as the next.
  '32.1.13.184',
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

const arbitraryFacts = fc.record({
  request: fc.constantFrom(...REQUESTS),
  second: fc.nat(SECONDS - 1),
  account: fc.constantFrom(...ACCOUNTS),
  operator: fc.constantFrom(...OPERATORS),
  deed: fc.constantFrom(...DEEDS),
  person: fc.constantFrom(...PERSONS),
  via: fc.constantFrom(...VIAS),
  resources: fc.uniqueArray(fc.constantFrom(...RESOURCES), { maxLength: 3 }),
  resourceName: fc.option(fc.constantFrom(...RESOURCE_NAMES), { nil: undefined }),
  tags: fc.uniqueArray(fc.constantFrom(...TAGS), { maxLength: 2 }),
  isSensitive: fc.boolean(),
  region: fc.constantFrom(...REGIONS),
  ip: fc.constantFrom(...ADDRESSES),
  ending: fc.constantFrom(...OUTCOMES_SEEN),
});

/** What makes one record: only some operators have somebody behind them, or an access key. */
const arbitraryHappening = arbitraryFacts.map(({ person, via, resourceName, ...facts }) => {
  const { type, id } = facts.operator;
  const isSession = type === 'role' || type === 'service';
  return {
    ...facts,
    person: isSession ? person : undefined,
    key: type === 'user' ? accessKey(id) : undefined,
    via: type === 'service' ? ({ via: 'service', eventType: 'ApiCall' } as const) : via,
    kind: facts.deed.product === 'cbs' ? 'volume' : 'instance',
    // The name in a request is that of the resource where there is only one.
    resourceName: facts.resources.length === 1 ? resourceName : undefined,
  };
});

type Happening = typeof arbitraryHappening extends fc.Arbitrary<infer T> ? T : never;

/**
 * Up to 100 raw records as CloudAudit writes them to COS, as plain JSON objects: no two with the same request
 * id, so that each is an event of its own.
 */
export function arbitraryRecords(size: { minLength?: number; maxLength: number }) {
  return fc
    .uniqueArray(arbitraryHappening, { ...size, selector: ({ request }) => request })
    .map((happenings) => happenings.map(toRecord));
}

/** Event summaries as such records give them. */
export function arbitrarySummary(): fc.Arbitrary<EventSummary> {
  return arbitraryHappening.map(toSummary);
}

function toRecord(happening: Happening) {
  const { operator, deed, ending, person, kind } = happening;
  const session = { assumerUin: person?.id, roleSessionName: person?.name };
  return {
    userIdentity: {
      type: operator.raw,
      principalId: operator.id,
      accountId: happening.account,
      userName: operator.name,
      secretId: happening.key ?? '',
      sessionContext: JSON.stringify({ extraInfo: JSON.stringify(session) }),
    },
    eventVersion: 2,
    requestID: happening.request,
    eventTime: FIRST_SECOND + happening.second,
    eventName: deed.event,
    eventType: happening.via.eventType,
    actionType: deed.action === 'read' ? 'Read' : 'Write',
    resourceType: deed.product,
    eventSource: `${deed.product}.tencentcloudapi.com`,
    eventRegion: happening.region,
    sourceIPAddress: happening.ip,
    userAgent: 'SDK_NODEJS_0.2.1',
    errorCode: ending.errorCode,
    errorMessage: ending.outcome === 'denied' ? 'not authorised' : '',
    apiErrorCode: ending.apiErrorCode,
    apiErrorMessage: ending.outcome === 'failed' ? 'the request is wrong' : '',
    requestParameters: JSON.stringify({ [`${kind}Name`]: happening.resourceName }),
    responseElements: '{}',
    resourceName: happening.resources.map((id) => `${kind}/${id}`).join('|'),
    tags: happening.tags.map((tag) => {
      const [key, ...value] = tag.split('=');
      return JSON.stringify({ key, value: value.join('=') });
    }),
    sensitiveAction: happening.isSensitive ? '1' : '0',
  };
}

function toSummary(happening: Happening): EventSummary {
  const { request, second, account, operator, person, key, deed, resourceName, ending } = happening;
  const { type, id, name } = operator;
  const marks: [Mark, boolean][] = [
    ['sensitive', happening.isSensitive],
    ['login', deed.event === 'ConsoleLogin'],
    ['root', type === 'root'],
  ];
  const summary: EventSummary = {
    id: request.replaceAll('-', '').slice(-26),
    seq: 0,
    account,
    time: new Date((FIRST_SECOND + second) * 1000 + 250).toISOString(),
    requestId: request,
    operator: { type, id, name, ...(key && { key }) },
    ...(person && { person }),
    product: deed.product,
    event: deed.event,
    action: deed.action,
    via: happening.via.via,
    region: happening.region,
    resources: happening.resources.map((resource) => ({
      type: happening.kind,
      id: resource,
      ...(resourceName && { name: resourceName }),
    })),
    ip: happening.ip,
    network: type === 'service' ? 'service' : 'unknown',
    agent: 'SDK_NODEJS_0.2.1',
    outcome: ending.outcome,
    is: marks.flatMap(([mark, isSet]) => (isSet ? [mark] : [])),
    sources: [{ source: 'api', received: '2026-11-22T07:00:00Z' }],
    tags: happening.tags,
  };
  if (ending.outcome === 'failed')
    summary.error = { layer: 'api', code: ending.apiErrorCode, message: 'the request is wrong' };
  if (ending.outcome === 'denied')
    summary.error = { layer: 'cam', code: ending.errorCode, message: 'not authorised' };
  return summary;
}

/** The access key id of a user. */
export function accessKey(id: string): string {
  return `AKIDmadeup${id}`;
}
