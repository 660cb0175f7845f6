import type { Json } from '../../../shared/event/event.ts';
import {
  isList,
  isObject,
  parseJson,
  readNested,
  readObject,
  stringify,
  text,
  type JsonObject,
} from '../../../shared/event/json.ts';
import type { Sample } from './sample.ts';

export const FORMS = [
  'api item',
  'legacy item',
  'log file line',
  'log of objects',
  'log of texts',
  'log of dotted keys',
  'eventbridge envelope',
  'console item',
] as const;
export type FormName = (typeof FORMS)[number];

/** Gives one sample in each form it can come in, as read from the wire. */
export function forms(sample: Sample): { [name in FormName]: Json } {
  const item = apiItem(sample);
  const line = without(sample.record, ['eventID', 'apiVersion', 'eventPlatform', 'resources']);
  return {
    'api item': wire(item),
    'legacy item': wire({
      ...item,
      EventTime: localTime(sample),
      ErrorCode: Number(text(item['ErrorCode'])),
    }),
    'log file line': wire(line),
    'log of objects': wire(mapValues(line, deepRead)),
    'log of texts': wire(mapValues(line, asText)),
    'log of dotted keys': wire(dotted(line)),
    'eventbridge envelope': wire(envelope(sample)),
    'console item': wire(consoleItem(item)),
  };
}

function apiItem({ record, title = '', location = '未知' }: Sample): JsonObject {
  const { userName, accountId, secretId } = readObject(record['userIdentity']);
  const requestID = text(record['requestID']);
  return {
    EventId: requestID,
    Username: text(userName),
    EventTime: text(record['eventTime']),
    CloudAuditEvent: stringify(requestID ? { ...record, eventID: requestID } : record),
    ErrorCode: text(record['errorCode']),
    EventName: text(record['eventName']),
    EventNameCn: title,
    ResourceTypeCn: '',
    SecretId: text(secretId),
    EventSource: text(record['eventSource']),
    RequestID: requestID,
    ResourceRegion: '',
    EventRegion: text(record['eventRegion']),
    AccountID: Number(text(accountId)),
    SourceIPAddress: text(record['sourceIPAddress']),
    Resources: { ResourceType: text(record['resourceType']), ResourceName: text(record['resourceName']) },
    Location: location,
  };
}

function envelope({ record }: Sample): JsonObject {
  return {
    specversion: '1.0',
    id: '0d5ad1ab-3a1e-4c4b-b3cb-8f0d2a7c5e90',
    source: `${text(record['resourceType'])}.cloud.tencent`,
    type: `${text(record['resourceType'])}:CloudEvent:${text(record['eventType'])}`,
    subject: '',
    time: /^\d+$/.test(text(record['eventTime'])) ? Number(text(record['eventTime'])) * 1000 + 417 : 0,
    region: 'ap-guangzhou',
    datacontenttype: 'application/json;charset=utf-8',
    data: record,
  };
}

function consoleItem(item: JsonObject): JsonObject {
  return { ...uncapitalise(item), resources: uncapitalise(readObject(item['Resources'])) };
}

function uncapitalise(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key.charAt(0).toLowerCase() + key.slice(1), value]),
  );
}

function dotted(record: JsonObject): JsonObject {
  const identity = Object.entries(readObject(record['userIdentity']));
  const spread = identity.map(([key, value]) => [`userIdentity.${key}`, asText(value)]);
  return {
    ...mapValues(without(record, ['userIdentity']), asText),
    ...Object.fromEntries(spread),
  };
}

function localTime({ record }: Sample): Json {
  const seconds = Number(text(record['eventTime']));
  if (Number.isNaN(seconds)) return record['eventTime'] ?? '';
  return new Date((seconds + 8 * 3600) * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

function wire(value: JsonObject): Json {
  const parsed = parseJson(stringify(value));
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.value;
}

function asText(value: Json): Json {
  return isObject(value) || isList(value) ? stringify(value) : text(value);
}

function deepRead(value: Json): Json {
  const read = readNested(value);
  return isObject(read) ? mapValues(read, deepRead) : read;
}

function mapValues(object: JsonObject, change: (value: Json) => Json): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}

function without(object: JsonObject, keys: string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}
