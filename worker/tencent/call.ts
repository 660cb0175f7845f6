/** One call of API 3.0. */

import type { Json } from '../../shared/event/event.ts';
import { isObject, parseJson, text, type JsonObject } from '../../shared/event/json.ts';
import type { Credential } from './credential.ts';
import { exchange, failureOfStatus, type Network } from './exchange.ts';
import { failed, type Failed, type FailureKind } from './failure.ts';
import { authorization } from './tc3.ts';

const CONTENT_TYPE = 'application/json';

/** Who calls, and how. */
export interface ApiClient extends Network {
  credential: Credential;
  /** An origin that answers in place of `https://{service}.tencentcloudapi.com`. */
  endpoint?: string;
}

export interface ApiCall {
  service: string;
  version: string;
  action: string;
  region?: string;
  /** The parameters as JSON text, so that integers past 2^53 can be written as they are. */
  payload: string;
}

/** `response` is what is in the envelope; integers past 2^53 keep their digits (see parseJson). */
export type ApiAnswer = { ok: true; response: JsonObject; requestId: string } | Failed;

/** Calls an action, signed at `now` (unix ms). Never throws for what the other side does. */
export async function callApi(client: ApiClient, call: ApiCall, now: number): Promise<ApiAnswer> {
  const url = new URL(originFor(client.endpoint, call.service));
  const answer = await exchange(client, `${url.origin}/`, {
    method: 'POST',
    headers: await signedHeaders(client.credential, call, url, now),
    body: call.payload,
  });
  if (!answer.ok) return answer;
  const parsed = parseJson(answer.text);
  const response = parsed.ok && isObject(parsed.value) ? parsed.value['Response'] : undefined;
  if (isObject(response)) return read(client.credential, response, answer.status);
  const failure = failureOfStatus(answer.status);
  if (failure.kind !== 'unreadable') return failed(client.credential, failure);
  const [code, message] = parsed.ok
    ? ['NoResponse', 'the answer is JSON without a Response']
    : ['NotJson', `the answer is ${parsed.reason}`];
  return failed(client.credential, { kind: 'unreadable', code, message, status: answer.status });
}

/**
 * Where a service answers. An endpoint of the vendor itself names one service in its first label, so that each
 * service gets its own: `https://cloudaudit.intl.tencentcloudapi.com` stands for all of that site.
 */
function originFor(endpoint: string | undefined, service: string): string {
  if (endpoint === undefined) return `https://${service}.tencentcloudapi.com`;
  return endpoint.replace(
    /^https:\/\/[a-z0-9]+(?=\.(?:[a-z0-9-]+\.)*tencentcloudapi\.com$)/,
    `https://${service}`,
  );
}

async function signedHeaders(
  credential: Credential,
  call: ApiCall,
  url: URL,
  now: number,
): Promise<Record<string, string>> {
  const timestamp = Math.floor(now / 1000);
  const { secretId, secretKey, token } = credential;
  const { service, payload } = call;
  // The port is left out, as the official SDKs do.
  const headers = { 'content-type': CONTENT_TYPE, host: url.hostname };
  return {
    'Content-Type': CONTENT_TYPE,
    Authorization: await authorization(
      { method: 'POST', query: '', headers, payload },
      { secretId, secretKey, service, timestamp },
    ),
    'X-TC-Action': call.action,
    'X-TC-Version': call.version,
    'X-TC-Timestamp': String(timestamp),
    'X-TC-Language': 'en-US',
    ...(call.region !== undefined && { 'X-TC-Region': call.region }),
    ...(token !== undefined && { 'X-TC-Token': token }),
  };
}

function read(credential: Credential, response: JsonObject, status: number): ApiAnswer {
  const requestId = /^[\w-]{1,64}$/.exec(text(response['RequestId']))?.[0] ?? '';
  const error: Json | undefined = response['Error'];
  if (!isObject(error)) {
    if (status < 400) return { ok: true, response, requestId };
    return failed(credential, { ...failureOfStatus(status), requestId });
  }
  const code = text(error['Code']);
  const kind = status === 429 ? 'limit' : kindOf(code);
  return failed(credential, { kind, code, message: text(error['Message']), status, requestId });
}

/** From the most particular code to the least: the first that fits decides. */
const KINDS: readonly (readonly [RegExp, FailureKind])[] = [
  [/^AuthFailure\.SignatureExpire$/, 'clock'],
  [/^AuthFailure\.UnauthorizedOperation$/, 'permission'],
  [/^UnauthorizedOperation(\.|$)/, 'permission'],
  [/^FailedOperation\.MemberNot/, 'permission'],
  [/^AuthFailure(\.|$)/, 'key'],
  [/^RequestLimitExceeded(\.|$)/, 'limit'],
  // Without a reason it says no more than that it did not work this time.
  [/^FailedOperation$/, 'server'],
  [/^(InternalError|ServiceUnavailable|ResourceUnavailable)(\.|$)/, 'server'],
];

function kindOf(code: string): FailureKind {
  return KINDS.find(([pattern]) => pattern.test(code))?.[1] ?? 'refused';
}
