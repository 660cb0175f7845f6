import type { Json } from '../event.ts';
import { readObject, type JsonObject } from '../json.ts';

/** Field of an item → field of the record that says the same. */
const SUMMARY: [string, string][] = [
  ['EventId', 'eventID'],
  ['RequestID', 'requestID'],
  ['EventName', 'eventName'],
  ['EventNameCn', 'eventNameCn'],
  ['EventTime', 'eventTime'],
  ['EventSource', 'eventSource'],
  ['EventRegion', 'eventRegion'],
  ['ResourceRegion', 'resourceRegion'],
  ['SourceIPAddress', 'sourceIPAddress'],
  ['ErrorCode', 'errorCode'],
  ['Location', 'location'],
];
const IDENTITY: [string, string][] = [
  ['Username', 'userName'],
  ['AccountID', 'accountId'],
  ['SecretId', 'secretId'],
];
const RESOURCES: [string, string][] = [
  ['ResourceType', 'resourceType'],
  ['ResourceName', 'resourceName'],
];

/**
 * Reads an item of DescribeEvents or LookUpEvents: the record as JSON text in `CloudAuditEvent`, beside it a
 * summary, which stands in for what the record lacks (all of it, where the text does not parse). An empty field is
 * lacking only in the identity: elsewhere it is part of what the record is known by.
 */
export function readItem(item: JsonObject): JsonObject | undefined {
  if (!('CloudAuditEvent' in item || 'EventName' in item)) return undefined;
  const record = { ...readObject(item['CloudAuditEvent']) };
  const userIdentity = { ...readObject(record['userIdentity']) };
  standIn(record, item, SUMMARY, [undefined, null]);
  standIn(record, readObject(item['Resources']), RESOURCES, [undefined, null]);
  standIn(userIdentity, item, IDENTITY, [undefined, null, '']);
  return { ...record, userIdentity };
}

function standIn(
  record: JsonObject,
  summary: JsonObject,
  names: [string, string][],
  lacking: (Json | undefined)[],
): void {
  for (const [theirs, ours] of names) {
    const value = summary[theirs];
    if (value !== undefined && lacking.includes(record[ours])) record[ours] = value;
  }
}
