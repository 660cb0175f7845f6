import { refuse, done, type Answer } from './answer.ts';
import type { Desk, Outcome } from './api.ts';
import { isLogSigned, readLogAuthorization } from './log-signature.ts';
import { readLogs } from './log-groups.ts';
import { isAllowed } from './permissions.ts';
import type { Message } from './reply.ts';
import type { SignedRequest } from './tc3.ts';
import type { CloudKey } from './types.ts';

const ACTION = 'cls:pushLog';
/** Before compression, bytes. */
const MAX_UPLOAD = 6 << 20;

/** The status of each refusal that is not 400. */
const STATUS: Readonly<Record<string, number>> = {
  Unauthorized: 401,
  LogSizeExceed: 403,
  SpeedQuotaExceed: 403,
  TopicNotExist: 404,
  InternalError: 500,
};

/** The answer as the log service's own interface gives it: nothing but 200, or a code and a message. */
export function uploadMessage(answer: Answer): Message {
  if (answer.ok) return { status: 200, headers: {}, body: '' };
  // Its name for what API 3.0 calls otherwise.
  const code = answer.code === 'RequestLimitExceeded' ? 'SpeedQuotaExceed' : answer.code;
  return {
    status: STATUS[code] ?? 400,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ errorcode: code, errormessage: answer.message }),
  };
}

/** Whether a request is an upload of logs. */
export function isUpload({ url }: SignedRequest): boolean {
  return url.split('?')[0] === '/structuredlog';
}

/** Takes an upload of logs as strictly as the vendor. The region is the topic's own. */
export function answerUpload(request: SignedRequest, desk: Desk): Outcome {
  const topicId = new URL(request.url, 'http://host').searchParams.get('topic_id') ?? '';
  const topic = desk.state.topics.get(topicId);
  const caller = authenticate(request, desk);
  const known = { action: ACTION, region: topic?.region ?? '' };
  if (!caller.ok) return { ...known, key: undefined, answer: caller };
  const { key } = caller;
  return { ...known, key, answer: take(request, desk, { key, topicId }) };
}

function authenticate(
  request: SignedRequest,
  { keys, now }: Desk,
): { ok: true; key: CloudKey } | (Answer & { ok: false }) {
  const text = request.headers['authorization'] ?? '';
  if (text === '') return refuse('MissingAuthorization', 'Authorization is missing');
  const given = readLogAuthorization(text);
  if (!given) return refuse('InvalidAuthorization', 'Invalid signature string format');
  const key = keys.get(given.secretId);
  const time = now / 1000;
  // A signature may begin a little before the other clock does, and is not good for ever.
  const isCurrent = given.from - 300 <= time && time <= given.until && given.until > given.from;
  const token = request.headers['x-cls-token'] || undefined;
  const isKnown = key && token === key.token && (key.expires === undefined || now < key.expires);
  return key && isKnown && isCurrent && isLogSigned(key.secretKey, request, given)
    ? { ok: true, key }
    : refuse('Unauthorized', 'Authentication failed');
}

function take(
  request: SignedRequest,
  { state, instead }: Desk,
  { key, topicId }: { key: CloudKey; topicId: string },
): Answer {
  if (instead) return instead;
  const { method, headers, body } = request;
  if (method !== 'POST') return refuse('InvalidParam', 'Only POST is supported');
  if (headers['content-type'] !== 'application/x-protobuf') {
    return refuse('InvalidContentType', 'Specified Content-Type is not supported');
  }
  if (headers['x-cls-compress-type']) {
    return refuse('InvalidCompressType', 'This cloud takes logs without compression only');
  }
  if (topicId === '') return refuse('InvalidParam', 'topic_id is missing');
  const topic = state.topics.get(topicId);
  if (!topic) return refuse('TopicNotExist', 'The topic does not exist');
  if (topic.account !== key.account || !isAllowed(key, ACTION)) {
    return refuse('Unauthorized', 'The request is not authorized');
  }
  if (body.length === 0) return refuse('MissingContent', 'Message body is empty');
  if (body.length > MAX_UPLOAD) return refuse('LogSizeExceed', 'The upload is too large');
  const read = readLogs(body);
  if (!read.ok) return refuse(read.code, 'The logs could not be taken');
  const kept = state.logs.get(topicId) ?? [];
  kept.push(...read.logs.map((log) => ({ ...log, hashKey: headers['x-cls-hashkey'] ?? '' })));
  state.logs.set(topicId, kept);
  return done({}, read.logs.length);
}
