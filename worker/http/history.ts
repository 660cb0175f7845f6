/** Who changed what: what routes that answer with it, and routes that change something, have in common. */
import type { IRequest } from 'itty-router';
import { pageQuery } from '../../shared/api/tracks.ts';
import { changesOf, type Changed, type Subject, type Who } from '../store/history.ts';
import type { Store } from '../store/meter.ts';
import type { ByMember } from './context.ts';
import { parameters, pathId, type Read } from './params.ts';

/** Who does something now. */
export function whoOf({ caller, now }: ByMember): Who {
  return { by: caller.member.id, at: now };
}

/** The page of the history of what the path names that the query asks for. It is empty where nothing was recorded. */
export async function historyPage<const K extends string>(
  request: IRequest,
  store: Store,
  of: { subject: Subject; kinds: readonly K[] },
): Promise<Read<{ changes: Changed<K>[]; next: number | null }>> {
  const read = parameters(request, pageQuery);
  if (!read.ok) return read;
  const { limit, before = Number.MAX_SAFE_INTEGER } = read.value;
  const { changes, next = null } = await changesOf(store, { ...of, id: pathId(request) }, { before, limit });
  return { ok: true, value: { changes, next } };
}
