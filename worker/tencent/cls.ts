/** CLS: logs in, over its data interface; alarm policies and who they tell, over API 3.0. */

import { isObject, parseJson, text as textOf } from '../../shared/event/json.ts';
import { callApi, type ApiClient } from './call.ts';
import { encodeLogs, type ClsLog } from './cls-logs.ts';
import { authorization, keyTime } from './cls-signature.ts';
import type { Credential } from './credential.ts';
import { exchange, failureOfStatus, type Network } from './exchange.ts';
import { failed, type Failed, type FailureKind } from './failure.ts';

/** Logs are taken in a region. */
export interface ClsClient extends Network {
  credential: Credential;
  region: string;
  /** An origin that answers in place of `https://{region}.cls.tencentcs.com`. */
  endpoint?: string;
}

const CONTENT_TYPE = 'application/x-protobuf';
const PATH = '/structuredlog';
/** Seconds that a signature is good for, and that it begins earlier, lest our clock is ahead. */
const LIFE = 300;
const EARLIER = 60;

/**
 * Uploads logs to a topic in one request, signed at `now` (unix ms). They must be within the limits (see `batches`).
 * There is no key that makes a repeat be recognised: what must not count twice carries its own id.
 */
export async function uploadLogs(
  client: ClsClient,
  { topicId, logs, source = 'sidetrail' }: { topicId: string; logs: readonly ClsLog[]; source?: string },
  now: number,
): Promise<{ ok: true; requestId: string } | Failed> {
  const { credential, region, endpoint } = client;
  const url = new URL(PATH, endpoint ?? `https://${region}.cls.tencentcs.com`);
  url.searchParams.set('topic_id', topicId);
  const seconds = Math.floor(now / 1000);
  const request = {
    method: 'POST' as const,
    path: PATH,
    params: { topic_id: topicId },
    headers: { 'content-type': CONTENT_TYPE, host: url.host },
  };
  const { token } = credential;
  const time = keyTime(seconds - EARLIER, seconds + LIFE);
  const answer = await exchange(client, url.href, {
    method: 'POST',
    headers: {
      Authorization: await authorization(request, { ...credential, time }),
      'Content-Type': CONTENT_TYPE,
      ...(token !== undefined && { 'x-cls-token': token }),
    },
    body: encodeLogs(logs, source),
  });
  if (!answer.ok) return answer;
  const requestId = answer.headers.get('x-cls-requestid') ?? '';
  if (answer.status === 200) return { ok: true, requestId };
  return failureOf(credential, answer, requestId);
}

function failureOf(
  credential: Credential,
  { status, text }: { status: number; text: string },
  requestId: string,
): Failed {
  const parsed = parseJson(text);
  const body = parsed.ok && isObject(parsed.value) ? parsed.value : {};
  const code = textOf(body['errorcode'] ?? body['errorCode']);
  const message = textOf(body['errormessage'] ?? body['errorMessage']);
  const fallback = failureOfStatus(status);
  return failed(credential, {
    kind: kindOf(status, code) ?? fallback.kind,
    code: code === '' ? fallback.code : code,
    message: message === '' ? fallback.message : message,
    status,
    requestId,
  });
}

/** 401 says all that is wrong with a key or its signature, 403 that it may not, or that a quota is used up. */
function kindOf(status: number, code: string): FailureKind | undefined {
  if (/^Signature\w*Expire/i.test(code)) return 'clock';
  if (/^SpeedQuota|QuotaExceed|TooManyRequests|RequestLimitExceeded/i.test(code)) return 'limit';
  if (status === 401) return 'key';
  if (status === 403 && !/Exceed|ReadOnly/.test(code)) return 'permission';
  return undefined;
}

const API = { service: 'cls', version: '2020-10-16' };

/** Who is told: robots by webhook, or users and groups of the account by the vendor's own channels. */
export interface NoticeGroup {
  /** At most 255 bytes, without `|`. */
  name: string;
  webhooks?: readonly { type: 'Http' | 'WeCom' | 'DingTalk' | 'Lark'; url: string }[];
  receivers?: readonly {
    type: 'Uin' | 'Group';
    ids: readonly number[];
    channels: readonly ('Email' | 'Sms' | 'WeChat' | 'Phone')[];
  }[];
}

/** Makes a notice group, told of what opens and what recovers; gives its id. */
export async function createAlarmNotice(
  client: ApiClient,
  region: string,
  { name, webhooks = [], receivers = [] }: NoticeGroup,
  now: number,
): Promise<Created> {
  const payload = {
    Name: name,
    Type: 'All',
    NoticeReceivers: receivers.map(({ type, ids, channels }) => ({
      ReceiverType: type,
      ReceiverIds: ids,
      ReceiverChannels: channels,
    })),
    WebCallbacks: webhooks.map(({ type, url }) => ({
      CallbackType: type,
      Url: url,
      ...(type === 'Http' && { Method: 'POST' }),
    })),
  };
  const call = { ...API, action: 'CreateAlarmNotice', region, payload: JSON.stringify(payload) };
  return created(await callApi(client, call, now), 'AlarmNoticeId');
}

/** A policy on one topic. */
export interface AlarmPolicy {
  /** At most 255 bytes, without `|`. */
  name: string;
  logsetId: string;
  topicId: string;
  /** CQL with an analysis part: `sensitiveAction:1 | select count(*) as n`. */
  query: string;
  /** On the columns of the query, which is number 1: `$1.n > 0`. */
  condition: string;
  level: 'info' | 'warn' | 'critical';
  /** How far back it is looked, and how often where `everyMinutes` says nothing else: 1 to 1440. */
  minutes: number;
  everyMinutes?: number;
  /** How long before it is looked at its window ends: what arrives late is counted too. 0 where absent. */
  delayMinutes?: number;
  /** Between repeated notices: 0 to 1440. */
  quietMinutes: number;
  noticeIds: readonly string[];
}

const LEVELS = { warn: 0, info: 1, critical: 2 } as const;

/** Makes an alarm policy; gives its id. */
export async function createAlarm(
  client: ApiClient,
  region: string,
  policy: AlarmPolicy,
  now: number,
): Promise<Created> {
  const { minutes, everyMinutes = minutes, delayMinutes = 0 } = policy;
  const payload = {
    Name: policy.name,
    AlarmTargets: [
      {
        TopicId: policy.topicId,
        LogsetId: policy.logsetId,
        Query: policy.query,
        Number: 1,
        StartTimeOffset: -(minutes + delayMinutes),
        EndTimeOffset: 0 - delayMinutes,
        SyntaxRule: 1,
      },
    ],
    MonitorTime: { Type: 'Period', Time: everyMinutes },
    TriggerCount: 1,
    AlarmPeriod: policy.quietMinutes,
    Condition: policy.condition,
    AlarmLevel: LEVELS[policy.level],
    AlarmNoticeIds: policy.noticeIds,
    Status: true,
  };
  const call = { ...API, action: 'CreateAlarm', region, payload: JSON.stringify(payload) };
  return created(await callApi(client, call, now), 'AlarmId');
}

/** The id of what was made. */
export type Created = { ok: true; id: string } | Failed;

function created(answer: Awaited<ReturnType<typeof callApi>>, field: string): Created {
  if (!answer.ok) return answer;
  const id = textOf(answer.response[field]);
  if (id !== '') return { ok: true, id };
  const message = `the answer has no ${field}`;
  const { requestId } = answer;
  return { ok: false, failure: { kind: 'unreadable', code: 'NoId', message, requestId } };
}
