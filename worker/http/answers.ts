/** What counted answers share: how their question is read, and what they say beside what they counted. */
import type { Asked, Searched } from '../../shared/api/answers.ts';
import type { RouteName } from '../../shared/api/contract.ts';
import type { Arrival, Coverage } from '../../shared/api/coverage.ts';
import { widen, type Widening } from '../../shared/query/widen.ts';
import type { MemberCaller } from '../access/authenticate.ts';
import { sealCursor, type GroupsCursor } from '../access/cursor.ts';
import type { Place } from '../query/page.ts';
import { about } from './answer.ts';
import type { ByMember } from './context.ts';
import { readListOf, type List } from './list.ts';
import type { Read } from './params.ts';

/** A question whose answer is counted. */
export interface Question extends List<GroupsCursor> {
  limit: number;
  /** Row id below which events are counted, where an earlier answer counted those above. */
  before?: number;
  /** The place of the last group that was shown. */
  after?: Place;
  /** Unix second from which on nothing is counted, where an earlier page says so. */
  end?: number;
}

/**
 * The question that a request asks of a route. `also` is what else must be the same for a cursor to go on: the other
 * parameters of the route. Later pages count what there was up to the first one's time, or the newest of what that one
 * counted, so that groups keep their places while events come in.
 */
export async function readQuestion(
  route: RouteName,
  asked: Asked & { limit: number },
  context: ByMember,
  ...also: readonly string[]
): Promise<Read<Question>> {
  const list = await readListOf('groups', asked, context, [route, ...also]);
  if (!list.ok) return list;
  const { cursor, query } = list.value;
  if (cursor === undefined) return { ok: true, value: { ...list.value, limit: asked.limit } };
  const { before, after, to } = cursor;
  const value = {
    ...list.value,
    limit: asked.limit,
    query: { ...query, to: Math.min(query.to ?? Infinity, to) },
    end: to,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
  return { ok: true, value };
}

/** How far an answer got: all from `through` on was looked at; what is older has row ids below `before`, 0 for none. */
export interface Bound {
  through: string;
  before: number;
  reason: string;
}

/** What a counted answer says beside what it counted. `after` is where its next page begins, where there is one. */
export async function aboutGroups(
  question: Question,
  context: ByMember,
  found: {
    arrivals: readonly Arrival[];
    /** Unix second after the newest that was counted. */
    end: number;
    partial?: Bound | undefined;
    after?: Place | undefined;
    empty: boolean;
  },
): Promise<About & { next: string | null }> {
  const { now, hash: list, before } = question;
  const { after, partial } = found;
  const to = question.end ?? Math.max(found.end, Math.floor(now / 1000) + 1);
  const seal = (place: Pick<GroupsCursor, 'before' | 'after'>): Promise<string> =>
    sealCursor(context.secrets, { kind: 'groups', now, to, list, ...place });
  const said = aboutList(question, context.caller, found);
  if (after !== undefined) {
    return { next: await seal({ after, ...(before === undefined ? {} : { before }) }), ...said };
  }
  return {
    next: partial === undefined || partial.before === 0 ? null : await seal({ before: partial.before }),
    ...said,
  };
}

interface About {
  partial?: { through: string; reason: string };
  searched: Searched;
  widen?: Widening[];
  scope?: { hidden: true; role: 'lead' | 'auditor' };
  coverage: { sources: Coverage[] };
  demo?: true;
}

/** What every answer to a query says beside what it found. Only where a whole search found nothing it says what else to ask. */
export function aboutList(
  { searched, written, cursor }: List | Question,
  { scope, member }: MemberCaller,
  found: {
    arrivals: readonly Arrival[];
    partial?: { through: string; reason: string } | undefined;
    empty: boolean;
  },
): About {
  const { arrivals, partial, empty } = found;
  const role = member.role === 'lead' ? 'auditor' : 'lead';
  return {
    ...(partial === undefined ? {} : { partial: { through: partial.through, reason: partial.reason } }),
    searched,
    ...(empty && partial === undefined && cursor === undefined ? { widen: widen(written) } : {}),
    ...(scope.operators === '*' ? {} : { scope: { hidden: true, role } }),
    ...about(arrivals),
  };
}
