/** Whose key it is. */

import { text } from '../../shared/event/json.ts';
import { callApi, type ApiClient } from './call.ts';
import type { Failed } from './failure.ts';

export interface Identity {
  ok: true;
  /** The root account's uin. */
  account: string;
  /** The caller: a uin, or `role id:session` of a temporary key. */
  user: string;
}

/** Asks STS which account a key belongs to. */
export async function getCallerIdentity(
  client: ApiClient,
  { region }: { region: string },
  now: number,
): Promise<Identity | Failed> {
  const answer = await callApi(
    client,
    { service: 'sts', version: '2018-08-13', action: 'GetCallerIdentity', region, payload: '{}' },
    now,
  );
  if (!answer.ok) return answer;
  const account = text(answer.response['AccountId']);
  if (/^\d+$/.test(account)) return { ok: true, account, user: text(answer.response['UserId']) };
  const message = 'the answer names no account';
  const { requestId } = answer;
  return { ok: false, failure: { kind: 'unreadable', code: 'NoAccount', message, requestId } };
}
