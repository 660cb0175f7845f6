/** GET /v1/dead-letters: what could not be read, redacted, newest first. */
import type { IRequest } from 'itty-router';
import { deadLettersQuery } from '../../shared/api/status.ts';
import { listDeadLetters } from '../store/arrivals.ts';
import { answer } from './answer.ts';
import type { ByMember } from './context.ts';
import { parameters } from './params.ts';

export async function getDeadLetters(request: IRequest, { store, caller }: ByMember): Promise<Response> {
  const asked = parameters(request, deadLettersQuery);
  if (!asked.ok) return asked.response;
  const { limit, before = Number.MAX_SAFE_INTEGER } = asked.value;
  const deadLetters = await listDeadLetters(store, { accounts: caller.scope.accounts, before, limit });
  const next = deadLetters.length === limit ? (deadLetters.at(-1)?.id ?? null) : null;
  return answer('GET /v1/dead-letters', { deadLetters, next });
}
