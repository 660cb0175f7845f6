import type { Json } from '../../../shared/event/event.ts';
import { isList, isObject, parseJson, type JsonObject } from '../../../shared/event/json.ts';
import { refuse, type Refusal } from './answer.ts';
import { plain } from './archive.ts';

type Fits = (record: JsonObject, value: string) => boolean;

const field =
  (name: string): Fits =>
  (record, value) =>
    plain(record[name]) === value;

const inIdentity =
  (name: string): Fits =>
  ({ userIdentity }, value) =>
    isObject(userIdentity) && plain(userIdentity[name]) === value;

/** What each attribute key of a query compares. */
const KEYS: Readonly<Record<string, Fits>> = {
  RequestId: field('requestID'),
  EventName: field('eventName'),
  ActionType: field('actionType'),
  PrincipalId: inIdentity('principalId'),
  ResourceType: ({ resourceType }, value) => plain(resourceType).toLowerCase() === value.toLowerCase(),
  ResourceId: ({ resourceName }, value) =>
    plain(resourceName)
      .split('|')
      .some((name) => name.split('/').at(-1) === value),
  ResourceName: field('resourceName'),
  AccessKeyId: inIdentity('secretId'),
  SensitiveAction: ({ sensitiveAction }, value) => (plain(sensitiveAction) || '0') === value,
  ApiErrorCode: field('apiErrorCode'),
  CamErrorCode: field('errorCode'),
  SourceIPAddress: field('sourceIPAddress'),
  Tags: ({ tags }, value) => hasTags(tags, value),
};

/** Whether a record's tags, JSON texts, have each of those in a JSON list; `*` stands for any key or value. */
function hasTags(tags: Json | undefined, wanted: string): boolean {
  const worn = (isList(tags) ? tags : []).flatMap((tag) => objectOf(plain(tag)));
  const parsed = parseJson(wanted);
  if (!parsed.ok || !isList(parsed.value)) return false;
  return parsed.value.every(
    (want) =>
      isObject(want) &&
      worn.some((tag) => ['key', 'value'].every((part) => want[part] === '*' || want[part] === tag[part])),
  );
}

function objectOf(json: string): JsonObject[] {
  const parsed = parseJson(json);
  return parsed.ok && isObject(parsed.value) ? [parsed.value] : [];
}

/** The attributes of a call as pairs; values of one key are ORed, keys are ANDed. */
function pairs(attributes: Json | undefined): [key: string, value: string][] {
  if (!isList(attributes)) return [];
  return attributes.flatMap((item) =>
    isObject(item) ? [[plain(item['AttributeKey']), plain(item['AttributeValue'])]] : [],
  );
}

/** The refusal of a key that a query does not know. */
export function checkAttributes(attributes: Json | undefined): Refusal | undefined {
  const unknown = pairs(attributes).find(([key]) => !Object.hasOwn(KEYS, key));
  return unknown && refuse('InvalidParameter', `The AttributeKey \`${unknown[0]}\` is not supported.`);
}

/** Tells whether a record is what the attributes of a call ask for; undefined where they ask for nothing. */
export function attributeFilter(attributes: Json | undefined): ((record: JsonObject) => boolean) | undefined {
  const byKey = Map.groupBy(pairs(attributes), ([key]) => key);
  if (byKey.size === 0) return undefined;
  return (record) =>
    [...byKey].every(([key, given]) => given.some(([, value]) => KEYS[key]?.(record, value) ?? false));
}
