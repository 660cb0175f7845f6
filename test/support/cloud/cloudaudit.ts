import { isObject } from '../../../shared/event/json.ts';
import { done, refuse, type Refusal } from './answer.ts';
import { plain, recordOf, type Indexed } from './archive.ts';
import { attributeFilter, checkAttributes } from './attributes.ts';
import { integer, list, must, object, text } from './parameters.ts';
import type { Action, Service } from './service.ts';

const DAY = 86_400;
/** Records are kept online for this long, s. */
const KEPT = 90 * DAY;
/** A window must be shorter than this, s. */
const WINDOW = 30 * DAY;
const PAGE = 50;

/** Products by the names of the vendor's Chinese pages. */
const LABELS = new Map([
  ['cvm', '云服务器'],
  ['cam', '访问管理'],
  ['cos', '对象存储'],
  ['cdb', '云数据库'],
]);

/** The regions that serve CloudAudit's queries. */
export const AUDIT_REGIONS: readonly string[] = [
  'ap-guangzhou',
  'ap-hongkong',
  'ap-seoul',
  'ap-singapore',
  'ap-tokyo',
  'eu-frankfurt',
];

const describeEvents: Action = {
  region: 'audit',
  parameters: {
    StartTime: must(integer(0)),
    EndTime: must(integer(0)),
    NextToken: integer(0),
    MaxResults: integer(1, PAGE),
    LookupAttributes: list(object({ AttributeKey: must(text(64)), AttributeValue: text(1024, 0) }), 20),
    IsReturnLocation: integer(0, 1),
  },
  answer: (asked) => {
    const { state, key, now, parameters } = asked;
    const [from, to] = [Number(parameters['StartTime']), Number(parameters['EndTime'])];
    const wrong = checkWindow(from, to, now) ?? checkAttributes(parameters['LookupAttributes']);
    if (wrong) return wrong;
    const token = BigInt(plain(parameters['NextToken']) || '0');
    if (token > 0n && state.tokens === 'exact' && !state.archive.knows(token)) {
      return refuse('InvalidParameter', 'The NextToken is not one that was given.');
    }
    const { found, last } = state.archive.page({
      accounts: new Set([key.account, ...(key.members ?? [])]),
      from,
      to: state.endIncluded ? to + 1 : to,
      fits: attributeFilter(parameters['LookupAttributes']),
      after: token === 0n ? undefined : token,
      limit: Number(parameters['MaxResults'] ?? 10),
      order: state.order,
      now,
    });
    const end = found.at(-1)?.token ?? token;
    const events = found.map((entry) => eventOf(entry, parameters['IsReturnLocation'] === 1));
    return done(
      { Events: events, ListOver: last, NextToken: JSON.rawJSON(end.toString()), TotalCount: events.length },
      events.length,
    );
  },
};

export const cloudaudit: Service = {
  name: 'cloudaudit',
  version: '2019-03-19',
  actions: { DescribeEvents: describeEvents },
};

function checkWindow(from: number, to: number, now: number): Refusal | undefined {
  if (to <= from) return badTime('EndTime must be later than StartTime');
  if (to - from >= WINDOW) return badTime('it must be shorter than 30 days');
  if (from < now / 1000 - KEPT) return badTime('StartTime must be within the last 90 days');
  return undefined;
}

function badTime(why: string): Refusal {
  return refuse('InvalidParameter', `The time range is not valid: ${why}.`);
}

/** A record as an item of an answer: the flat summary that the vendor makes of it, and the whole as text. */
function eventOf({ text: whole, account, eventTime }: Indexed, withPlace: boolean): object {
  const record = recordOf(whole);
  const identity = isObject(record['userIdentity']) ? record['userIdentity'] : {};
  const product = plain(record['resourceType']);
  const requestId = plain(record['requestID']);
  const address = plain(record['sourceIPAddress']);
  return {
    EventId: plain(record['eventID']) || requestId,
    Username: plain(identity['userName']),
    EventTime: `${eventTime}`,
    CloudAuditEvent: whole,
    ErrorCode: Number(plain(record['errorCode'])) || 0,
    EventName: plain(record['eventName']),
    EventNameCn: '',
    ResourceTypeCn: LABELS.get(product.toLowerCase()) ?? product,
    SecretId: plain(identity['secretId']),
    EventSource: plain(record['eventSource']),
    RequestID: requestId,
    ResourceRegion: '',
    EventRegion: plain(record['eventRegion']),
    AccountID: Number(account),
    SourceIPAddress: address,
    Resources: { ResourceType: product, ResourceName: plain(record['resourceName']) },
    ...(withPlace && { Location: address.startsWith('203.') ? '中国广东深圳' : '未知' }),
  };
}
