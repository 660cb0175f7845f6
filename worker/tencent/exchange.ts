/** One HTTP exchange, bounded in time and bytes, that follows no redirect. */

import type { Failure } from './failure.ts';

/** An answer longer than this is not read. Fifty records of the longest kind fit. */
const MAX_BYTES = 8 * 1024 * 1024;

/**
 * What has begun comes in one go: after such a part of its time without a byte the rest does not come. Locally, workerd
 * tells of a connection that ended too early by nothing else.
 */
const SILENCE = 1 / 3;

/** How the network is reached. */
export interface Network {
  fetch: typeof fetch;
  /** For the whole exchange; of an object that is streamed, for each wait. */
  timeoutMs: number;
}

/** An answer, whatever its status says. */
export interface Answer {
  ok: true;
  status: number;
  headers: Headers;
  text: string;
}

/** Sends a request and reads the answer as text (UTF-8). */
export async function exchange(
  network: Network,
  url: string,
  init: RequestInit,
): Promise<Answer | { ok: false; failure: Failure }> {
  const silent = new AbortController();
  const signal = AbortSignal.any([AbortSignal.timeout(network.timeoutMs), silent.signal]);
  const begun = await begin(network, url, init, signal);
  if (!begun.ok) return begun;
  const { response } = begun;
  const { status, headers } = response;
  try {
    const text = await readText(response, network.timeoutMs * SILENCE, silent);
    if (text === undefined) return broken(status, 'TooLong', `the answer is longer than ${MAX_BYTES} bytes`);
    return { ok: true, status, headers, text };
  } catch {
    if (silent.signal.aborted) return unreachable('Silence', 'the answer broke off');
    if (signal.aborted) return tooSlow(network);
    return broken(status, 'CutOff', 'the connection ended before the answer did');
  }
}

/** Sends a request and gives the answer with its body still to be read. `signal` ends both. */
export async function begin(
  network: Network,
  url: string,
  init: RequestInit,
  signal: AbortSignal,
): Promise<{ ok: true; response: Response } | { ok: false; failure: Failure }> {
  // Called as a method of another object, workerd's fetch refuses.
  const { fetch } = network;
  let response: Response;
  try {
    response = await fetch(url, { ...init, redirect: 'manual', signal });
  } catch {
    // Its message may quote the address or a header.
    return signal.aborted ? tooSlow(network) : unreachable('NoConnection', 'no connection');
  }
  const { status } = response;
  if (status < 300 || status >= 400) return { ok: true, response };
  await response.body?.cancel();
  const message = 'the answer is a redirect, which is not followed';
  return { ok: false, failure: { kind: 'refused', code: 'Redirect', message, status } };
}

/** The failure of a call that took too long. */
export function tooSlow({ timeoutMs }: Network): { ok: false; failure: Failure } {
  return unreachable('Timeout', `no answer within ${timeoutMs} ms`);
}

/** The kind and code that an HTTP status alone tells, where the body says nothing that can be read. */
export function failureOfStatus(status: number): Pick<Failure, 'kind' | 'code' | 'message' | 'status'> {
  const kind =
    status === 429 ? 'limit' : status >= 500 ? 'server' : status >= 400 ? 'refused' : ('unreadable' as const);
  return { kind, code: `HTTP${status}`, message: `the answer has HTTP status ${status}`, status };
}

function unreachable(code: string, message: string): { ok: false; failure: Failure } {
  return { ok: false, failure: { kind: 'unreachable', code, message } };
}

function broken(status: number, code: string, message: string): { ok: false; failure: Failure } {
  // A server that fails need not do so tidily.
  if (status >= 500) return { ok: false, failure: failureOfStatus(status) };
  return { ok: false, failure: { kind: 'unreadable', code, message, status } };
}

async function readText(
  response: Response,
  waitMs: number,
  silent: AbortController,
): Promise<string | undefined> {
  if (!response.body) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (;;) {
    const timer = setTimeout(() => silent.abort(), waitMs);
    const { done, value } = await reader.read().finally(() => clearTimeout(timer));
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > MAX_BYTES) {
      await reader.cancel();
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}
