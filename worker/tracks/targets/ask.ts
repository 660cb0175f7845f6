/** One request to a target, within bounds: where it may go, how long it may take, how much of the answer is read. */
import { beginning } from '../../access/beginning.ts';
import { told } from '../../access/told.ts';
import { refusalOf } from './failure.ts';
import type { Failure, Tools } from './target.ts';

/** For one request, from beginning to end. */
export const TIMEOUT_MS = 30_000;
const MAX_ANSWER = 16_384;

export type Asked = { ok: true } | Refused | { ok: false; failure: Failure };

/** An answer that is no success, with the beginning of its body. */
interface Refused {
  ok: false;
  failure?: never;
  status: number;
  text: string;
}

/** Whether a target answers with success. A redirect is an answer, and is not followed. */
export async function ask(
  url: string,
  init: RequestInit,
  { fetch: fetcher, reach }: Pick<Tools, 'fetch' | 'reach'>,
  secrets: readonly string[],
): Promise<Asked> {
  const reached = await reach(url);
  if (!reached.ok) return { ok: false, failure: refusalOf(reached) };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const response = await fetcher(url, { ...init, redirect: 'manual', signal });
    if (response.ok) {
      await response.body?.cancel();
      return { ok: true };
    }
    return { ok: false, status: response.status, text: await beginning(response, MAX_ANSWER) };
  } catch (error) {
    const text = signal.aborted ? `no answer within ${TIMEOUT_MS / 1000} s` : told(error, secrets);
    return { ok: false, failure: { kind: 'unreachable', text } };
  }
}
