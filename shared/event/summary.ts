import { RECORD } from '../classify/reason.ts';
import { effectiveAddress } from './address.ts';
import { line } from './clean.ts';
import { detailsOf } from './details.ts';
import type { Action, Arrival, EventSummary, Json, Mark, Operator, Via } from './event.ts';
import { isObject, text, type JsonObject } from './json.ts';
import { FEDERATED_LOGIN, readIdentity, readOperator, readPerson } from './operator.ts';
import { readOutcome } from './outcome.ts';
import { expandRegion } from './regions.ts';
import { readResources } from './resources.ts';
import { readTags } from './tags.ts';
import { formatTime } from './time.ts';

const MAX_AGENT = 512;
const VIA: { [type: string]: Via } = {
  consolecall: 'console',
  apicall: 'api',
  miniprogramcall: 'miniprogram',
};
const CLIENT_ADDRESS = /^(?:request)?client_?ip$/i;
const SET = new Set(['1', 'true']);
/** What CloudAudit writes for an address it cannot place. */
const NOWHERE = '未知';

/** Gives the summary of a record that was taken out of its form and redacted. `time` is in ms. */
export function summarise(
  record: JsonObject,
  known: { id: string; account: string; time: number; arrival: Arrival },
): EventSummary {
  const identity = readIdentity(record);
  const { request, response } = detailsOf(record);
  const event = line(record['eventName']);
  const product = line(record['resourceType']).toLowerCase();
  const operator = readOperator(identity, event);
  const person = readPerson(identity, operator);
  const eventId = line(record['eventID']);
  const zh = line(record['eventNameCn']);
  const place = line(record['location']);
  const is = readMarks(record, event, product, operator);
  return {
    id: known.id,
    seq: 0,
    account: known.account,
    time: formatTime(known.time),
    requestId: line(record['requestID']),
    ...(eventId && { eventId }),
    operator,
    ...(person && { person }),
    product,
    event,
    ...(zh && { title: { zh } }),
    action: readAction(record),
    via: readVia(record, operator),
    region: expandRegion(line(record['eventRegion']) || line(record['region'])),
    resources: readResources(record, request, response),
    ip: effectiveAddress([
      line(record['sourceIPAddress']),
      line(identity.session['userIp']),
      line(record['cliIp']),
      clientAddress(request),
    ]),
    network: operator.type === 'service' ? 'service' : 'unknown',
    ...(place && place !== NOWHERE && { place }),
    agent: line(record['userAgent'], MAX_AGENT),
    ...readOutcome(record, response),
    is,
    ...(is.includes('sensitive') && { sensitive: [RECORD] }),
    sources: [known.arrival],
    tags: readTags(record['tags']),
  };
}

function readAction(record: JsonObject): Action | '' {
  const action = line(record['actionType']).toLowerCase();
  return action === 'read' || action === 'write' ? action : '';
}

function readVia(record: JsonObject, operator: Operator): Via | '' {
  if (operator.type === 'service' || text(record['eventPlatform']) === '1') return 'service';
  const [envelopeType = ''] = line(record['envelopeType']).split(':').toReversed();
  const type = (line(record['eventType']) || envelopeType).toLowerCase();
  return Object.hasOwn(VIA, type) ? (VIA[type] ?? '') : '';
}

function clientAddress(request: Json): string {
  if (!isObject(request)) return '';
  const key = Object.keys(request).find((name) => CLIENT_ADDRESS.test(name));
  return key === undefined ? '' : line(request[key]);
}

function readMarks(record: JsonObject, event: string, product: string, operator: Operator): Mark[] {
  const underSts = product === 'sts' || line(record['eventSource']).startsWith('sts.');
  const marks: [Mark, boolean][] = [
    ['sensitive', SET.has(text(record['sensitiveAction']).toLowerCase())],
    ['login', event === 'ConsoleLogin' || (underSts && FEDERATED_LOGIN.has(event))],
    ['root', operator.type === 'root'],
  ];
  return marks.flatMap(([mark, isSet]) => (isSet ? [mark] : []));
}
