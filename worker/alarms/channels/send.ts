/** Sends one message: the only place from which a channel is called. */
import type { ChannelKind } from '../../../shared/api/channels.ts';
import { beginning } from '../../access/beginning.ts';
import type { Reach } from '../../access/reach.ts';
import { keysIn, kindOf, told, UNREACHED } from '../../access/told.ts';
import type { Address, Failure } from './channel.ts';
import { CHANNELS } from './kinds.ts';
import type { Message } from './message.ts';

/** For one request, from beginning to end. */
export const TIMEOUT_MS = 10_000;

const MAX_ANSWER = 16_384;
const CODE = /^[\w.:-]{1,64}$/;

/** The longest that an answer may ask for, in seconds. */
const LONGEST = 3600;

export interface Network {
  fetch: typeof fetch;
  /** Decides where the Worker may call. */
  reach: Reach;
}

/** Sends a message to a channel at unix ms `now`; gives what went wrong. Redirects are not followed. */
export async function sendMessage(
  channel: { kind: ChannelKind; address: Address },
  message: Message,
  { fetch: fetcher, reach }: Network,
  now: number,
): Promise<Failure | undefined> {
  const { kind, address } = channel;
  const reached = await reach(address.url);
  if (!reached.ok) return { kind: UNREACHED[reached.kind], text: told(reached.reason) };
  const { compose, judge } = CHANNELS[kind];
  const { url, headers, body } = await compose(message, address, now);
  const secrets = [...secretsOf(address), ...keysIn(url)];
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const response = await fetcher(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    const answer = { status: response.status, body: await beginning(response, MAX_ANSWER) };
    if (!response.ok) return refusal(answer, response.headers.get('retry-after'), secrets);
    const verdict = judge(answer);
    return verdict.ok ? undefined : failure(verdict.kind, { ...answer, ...verdict }, secrets);
  } catch (error) {
    const text = signal.aborted ? `no answer within ${TIMEOUT_MS / 1000} s` : told(error, secrets);
    return { kind: 'unreachable', text };
  }
}

/** A secret, as it was given and without the word that says whose it is. */
function secretsOf({ secret }: Address): string[] {
  return secret === undefined ? [] : [secret, secret.replace(/^(whsec_|SEC)/, '')];
}

function refusal(
  { status, body }: { status: number; body: string },
  retryAfter: string | null,
  secrets: readonly string[],
): Failure {
  if (status >= 300 && status < 400) {
    return { kind: 'gone', status, text: 'it answers with a redirect, which is not followed' };
  }
  const code = body.trim();
  const after = /^\d{1,6}$/.test(retryAfter ?? '') ? Math.min(LONGEST, Number(retryAfter)) : undefined;
  return {
    ...failure(kindOf(status), { status, code, text: body }, secrets),
    ...(after === undefined ? {} : { after }),
  };
}

function failure(
  kind: Failure['kind'],
  { status, code, text }: { status: number; code?: string; text: string },
  secrets: readonly string[],
): Failure {
  const isCode = code !== undefined && CODE.test(code) && told(code, secrets) === code;
  return {
    kind,
    status,
    ...(isCode ? { code } : {}),
    text: told(text, secrets) || `it answers with status ${status}`,
  };
}
