/** What can go wrong when Tencent Cloud is asked, told apart by what one has to do about it. */

import { redactText } from '../../shared/event/redact.ts';
import { inPolicies } from './actions.ts';
import type { Credential } from './credential.ts';

/**
 * `key`: it is unknown, wrong, or its token has run out; `permission`: the key may not do this; `clock`: the clocks
 * differ; `limit`: too many requests; `server`: the cloud failed; `unreachable`: no answer, or not in time;
 * `refused`: the cloud said no for another reason; `unreadable`: what came back is no answer.
 */
export type FailureKind =
  | 'key'
  | 'permission'
  | 'clock'
  | 'limit'
  | 'server'
  | 'unreachable'
  | 'refused'
  | 'unreadable';

export interface Failure {
  kind: FailureKind;
  /** The cloud's own code, or ours: `Timeout`, `Silence`, `NoConnection`, `Redirect`, `CutOff`, `TooLong`, `NotJson`, `HTTP502` … */
  code: string;
  /** For people. Redacted, at most 200 printable characters. */
  message: string;
  /** HTTP status, where there was an answer. */
  status?: number;
  /** By which the vendor's support finds the call. */
  requestId?: string;
}

/** The outcome of anything that can fail in these ways, where it failed. */
export interface Failed {
  ok: false;
  failure: Failure;
}

const MAX_MESSAGE = 200;

/** Makes a failure whose message is fit to be kept and shown, whatever the other side wrote. */
export function failed(credential: Credential, { kind, code, message, status, requestId }: Failure): Failed {
  return {
    ok: false,
    failure: {
      kind,
      code: sayable(code, credential).slice(0, 80),
      message: sayable(message, credential),
      ...(status !== undefined && { status }),
      ...(requestId !== undefined && requestId !== '' && { requestId: sayable(requestId, credential) }),
    },
  };
}

/** True where the same call may succeed later without anybody doing anything. */
export function isTransient({ kind, code }: Failure): boolean {
  if (kind === 'unreadable') return code !== 'TooLong';
  return kind === 'limit' || kind === 'server' || kind === 'unreachable';
}

/** What to do about a failure of an action (`cloudaudit:DescribeEvents`), as one English sentence. */
export function adviceOf({ kind, code }: Failure, action: string): string {
  switch (kind) {
    case 'key':
      if (code.includes('Token'))
        return 'The temporary token is wrong or has run out: set a new key with its token.';
      if (code.includes('MFA'))
        return 'The account demands MFA for this key: use a key that may call without it.';
      return 'The API key is wrong, disabled or deleted: set it anew (TENCENT_SECRET_ID and TENCENT_SECRET_KEY, or TENCENT_ACCOUNTS).';
    case 'permission':
      return `The key may not call ${action}: attach a policy that allows ${inPolicies(action).join(' and ')} to its user.`;
    case 'clock':
      return 'The clock here and that of Tencent Cloud differ by more than five minutes: set the clock right.';
    case 'limit':
      return 'Tencent Cloud takes no more requests for now; calls go on more slowly by themselves.';
    case 'server':
      return 'Tencent Cloud failed; the call is made again by itself.';
    case 'unreachable':
      return 'Tencent Cloud did not answer; the call is made again by itself. If it lasts, check network and endpoint.';
    case 'refused':
      if (code === 'Redirect')
        return 'The endpoint answers with a redirect: check TENCENT_ENDPOINT and the region.';
      return `Tencent Cloud refused ${action} (${code}): check region and settings.`;
    case 'unreadable':
      return 'What came back is no answer of Tencent Cloud: check TENCENT_ENDPOINT and what lies between.';
  }
}

/** One bounded line without secrets: those of any shape, and the credential that the call was made with. */
function sayable(text: string, { secretId, secretKey, token }: Credential): string {
  let said = text;
  for (const secret of [secretKey, token, secretId]) {
    if (secret !== undefined && secret !== '') said = said.replaceAll(secret, '«redacted:key»');
  }
  return redactText(said.slice(0, 4096))
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
    .slice(0, MAX_MESSAGE)
    .toWellFormed();
}
