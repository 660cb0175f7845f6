import type { Call, Outcome, Session, Target } from './call.ts';
import { ACCOUNT } from './people.ts';

/** One record as CloudAudit delivers it to a bucket: flat, with JSON in strings. */
export type RawRecord = Readonly<Record<string, unknown>>;

/** Products whose console reaches the service through a relay, which is then the address in the record. */
const RELAYED = new Set(['monitor', 'billing', 'tag']);
/** Services that serve one region from another. */
const SERVED_FROM = new Map([['monitor ap-chengdu', 'ap-chongqing']]);
/** Products that report permission errors at the service stage only. */
const DENY_LATE = new Set(['clb', 'cdb', 'cos']);
const WITH_RESOURCE_SET = new Set(['cvm', 'cbs', 'vpc', 'cloudaudit']);

/** A number from 0 to 255 that is the same for the same call. */
function dice(requestId: string): number {
  return Number.parseInt(requestId.slice(0, 2), 16);
}

function source({ action, session }: Call): string {
  const { product } = action;
  if (session.type === 'TencentCloudService') return `${product}.internal.tencentcloudapi.com`;
  const ownConsole = product === 'cloudaudit' || (product === 'account' && action.event !== 'ConsoleLogin');
  return ownConsole ? `${product}.ap-guangzhou.api.tencentyun.com` : `${product}.tencentcloudapi.com`;
}

function address({ action, session, requestId, delegated }: Call): string {
  if (delegated) return '';
  if (session.via === 'ApiCall' || !RELAYED.has(action.product)) return session.ip;
  const last = dice(requestId);
  return last < 128 ? `10.66.${last}.7` : `9.134.${last}.30`;
}

function identity(session: Session, delegated: boolean): object {
  const { type, principalId, secretId, userName, context, roleSessionName } = session;
  return {
    accountId: ACCOUNT,
    principalId,
    secretId,
    // The context holds the browser's address, which a delegated call does not tell.
    sessionContext: delegated ? '{}' : context,
    type,
    userName,
    ...(type === 'TencentCloudService' && { roleSessionName }),
  };
}

type Denial = Extract<Outcome, { kind: 'denied' }>;

interface Errors {
  errorCode: string;
  errorMessage: string;
  apiErrorCode: string | number;
  apiErrorMessage: string;
}

/** The two error layers. The types drift between products, and success has a text too. */
function errors(outcome: Outcome, product: string, requestId: string): Errors {
  const passed = product === 'cvm' ? 'permission verify' : product === 'tat' ? 'ok' : '';
  if (outcome.kind === 'denied') return denied(outcome, product, requestId);
  if (outcome.kind === 'failed') {
    const { code, message } = outcome;
    return { errorCode: '0', errorMessage: passed, apiErrorCode: code, apiErrorMessage: message };
  }
  const none = product === 'cvm' || product === 'cbs' ? 0 : product === 'cam' ? '' : '0';
  return { errorCode: '0', errorMessage: passed, apiErrorCode: none, apiErrorMessage: '' };
}

function denied({ permission, resource }: Denial, product: string, requestId: string): Errors {
  const text = `[request id:${requestId}]you are not authorized to perform operation (${permission})\nresource (${resource}) has no permission`;
  const late = DENY_LATE.has(product);
  const early = resource === '*' ? '4101' : '4102';
  return {
    errorCode: late ? '0' : early,
    errorMessage: late ? '' : text,
    apiErrorCode: product === 'cos' ? 'AccessDenied' : 'UnauthorizedOperation',
    apiErrorMessage: text,
  };
}

function responseText({ outcome, response, requestId }: Call): string {
  if (outcome.kind === 'ok') return JSON.stringify(response);
  if (outcome.kind === 'denied') return '{}';
  const { code, message } = outcome;
  return JSON.stringify({ Error: { Code: code, Message: message }, RequestId: requestId });
}

/** `instance/ins-a|instance/ins-b`; bare where the product has no types. */
function resourceName({ type, id }: Target): string {
  return type === '' ? id : `${type}/${id}`;
}

/**
 * The record that CloudAudit would keep of `call`. Hides what the vendor hides: parameters, address and
 * answer of a delegated call.
 */
export function render(call: Call): RawRecord {
  const { action, session, targets, requestId, delegated } = call;
  const { product, event, write } = action;
  const roll = dice(requestId);
  const head = {
    userIdentity: identity(session, delegated),
    eventRegion: SERVED_FROM.get(`${product} ${call.region}`) ?? call.region,
    eventType: session.via,
    eventName: event,
    actionType: write ? 'Write' : 'Read',
    eventSource: source(call),
    requestParameters: delegated ? '' : JSON.stringify(call.request),
    responseElements: delegated ? '' : responseText(call),
  };
  const tail = {
    requestID: requestId,
    eventVersion: 2,
    eventTime: call.time,
    resourceType: product === 'cos' ? 'COS' : product,
    resourceName: delegated
      ? targets.map(({ type }) => `${type}/*`).join('|')
      : targets.map(resourceName).join('|'),
    ...(!delegated &&
      WITH_RESOURCE_SET.has(product) && {
        resourceSet: targets.map(({ type, id, region }) => ({
          resourceId: id,
          resourceRegion: region,
          resourceType: product.toUpperCase(),
          resourceTypeClass: `QCS::${product.toUpperCase()}::${type}`,
        })),
      }),
    sourceIPAddress: address(call),
    userAgent: session.agent,
    httpMethod: 'POST',
    ...errors(call.outcome, product, requestId),
    tags: targets[0] && !delegated && targets[0].tags.length > 0 ? targets[0].tags : [''],
    sensitiveAction: action.sensitive ? '1' : roll < 40 ? '' : '0',
    ...(delegated && { authMode: '2' }),
  };
  // The order of keys differs from line to line.
  return roll & 1 ? { ...head, ...tail } : { ...tail, ...head };
}
