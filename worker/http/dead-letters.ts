/** GET /v1/dead-letters: what could not be read, redacted, newest first. */
import type { IRequest } from 'itty-router';
import { listDeadLetters } from '../store/arrivals.ts';
import type { ByMember } from './context.ts';
import { numberParameter } from './params.ts';

export async function getDeadLetters(request: IRequest, { store }: ByMember): Promise<Response> {
  const limit = numberParameter(request, 'limit', { min: 1, max: 1000, otherwise: 50 });
  if (!limit.ok) return limit.response;
  const before = numberParameter(request, 'before', { min: 0, max: 10 ** 14, otherwise: 10 ** 14 });
  if (!before.ok) return before.response;
  const deadLetters = await listDeadLetters(store, { before: before.value, limit: limit.value });
  const next = deadLetters.length === limit.value ? (deadLetters.at(-1)?.id ?? null) : null;
  return Response.json({ deadLetters, next });
}
