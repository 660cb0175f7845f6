import { isObject, parseJson } from '../../../shared/event/json.ts';
import { overRate, refuse, type Answer, type Refusal } from './answer.ts';
import { authenticate } from './authenticate.ts';
import { cloudaudit } from './cloudaudit.ts';
import { checkParameters } from './parameters.ts';
import { checkPermission } from './permissions.ts';
import type { Action, Service, State } from './service.ts';
import { billing } from './billing.ts';
import { cam } from './cam.ts';
import { cls } from './cls.ts';
import { sts } from './sts.ts';
import type { SignedRequest } from './tc3.ts';
import type { CloudKey } from './types.ts';

const SERVICES: readonly Service[] = [cloudaudit, sts, cam, billing, cls];
const JSON_TYPE = /^application\/json(; ?charset=utf-8)?$/i;

/** What answering a call of API 3.0 takes besides the call. */
export interface Desk {
  state: State;
  keys: ReadonlyMap<string, CloudKey>;
  /** The cloud's time, unix ms. */
  now: number;
  requestId: string;
  uuid: () => string;
  /** Whether one more request of that name is within the rate. */
  isWithinRate(name: string): boolean;
  /** What the answer is instead, once the caller is known. */
  instead: Refusal | undefined;
}

/** What became of a call. `action` is `cloudaudit:DescribeEvents`, as CAM writes it. */
export interface Outcome {
  answer: Answer;
  action: string;
  region: string;
  key: CloudKey | undefined;
}

/** Answers one request of API 3.0 as strictly as the vendor does. */
export function answerCall(request: SignedRequest, desk: Desk): Outcome {
  const { headers } = request;
  const region = headers['x-tc-region'] ?? '';
  const name = headers['x-tc-action'] ?? '';
  const asked = find(request);
  if ('code' in asked) return { answer: asked, action: name, region, key: undefined };
  const { service, action } = asked;
  const known = { action: `${service.checkedAs ?? service.name}:${name}`, region };
  const caller = authenticate(request, { keys: desk.keys, service: service.name, now: desk.now });
  if (!caller.ok) return { ...known, answer: caller, key: undefined };
  const { key } = caller;
  return { ...known, key, answer: answerKnown(request, desk, { key, region, action, name: known.action }) };
}

function answerKnown(
  request: SignedRequest,
  desk: Desk,
  { key, region, action, name }: { key: CloudKey; region: string; action: Action; name: string },
): Answer {
  if (!desk.isWithinRate(`${name} ${key.account}`)) {
    return overRate();
  }
  if (desk.instead) return desk.instead;
  const wrong = checkRegion(action, region, desk.state) ?? checkPermission(key, name, desk.requestId);
  if (wrong) return wrong;
  const parsed = parseJson(request.body.toString('utf8'));
  if (!parsed.ok || !isObject(parsed.value)) {
    return refuse('InvalidRequest', 'The request body is not a JSON object.');
  }
  const { state, now, uuid } = desk;
  return (
    checkParameters(action.parameters, parsed.value) ??
    action.answer({ state, key, region, now, parameters: parsed.value, uuid })
  );
}

function find({ method, headers, url }: SignedRequest): { service: Service; action: Action } | Refusal {
  if (method !== 'POST') return refuse('UnsupportedProtocol', 'Only POST is supported here.');
  if (url !== '/') return refuse('InvalidRequest', 'The path must be / without a query.');
  if (!JSON_TYPE.test(headers['content-type'] ?? '')) {
    return refuse('InvalidRequest', 'The Content-Type must be application/json.');
  }
  for (const name of ['Action', 'Version', 'Timestamp']) {
    if (!headers[`x-tc-${name.toLowerCase()}`]) {
      return refuse('MissingParameter', `The request is missing a required parameter \`${name}\`.`);
    }
  }
  if (!/^\d{1,12}$/.test(headers['x-tc-timestamp'] ?? '')) {
    return refuse('InvalidParameter', 'The value type of parameter `Timestamp` is not valid.');
  }
  const name = headers['x-tc-action'] ?? '';
  const offering = SERVICES.filter(({ actions }) => Object.hasOwn(actions, name));
  const service = offering.find(({ version }) => version === headers['x-tc-version']);
  const action = service?.actions[name];
  if (service && action) return { service, action };
  return offering.length > 0
    ? refuse('NoSuchVersion', `The version of the API \`${name}\` does not exist.`)
    : refuse('InvalidAction', 'The API does not exist, or cannot be called by this version.');
}

function checkRegion({ region: rule }: Action, region: string, { regions }: State): Refusal | undefined {
  if (rule === 'none') return undefined;
  if (region === '')
    return refuse('MissingParameter', 'The request is missing a required parameter `Region`.');
  const served = rule === 'any' ? /^[a-z]{2}-[a-z]+(-\d)?$/.test(region) : regions.has(region);
  return served ? undefined : refuse('UnsupportedRegion', `The region \`${region}\` is not supported.`);
}
