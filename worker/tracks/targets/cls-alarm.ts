/** An alarm policy in CLS itself, on the topic that a tracking set delivers to: it goes on when the Worker does not. */
import type { CountCondition, EventCondition } from '../../../shared/api/alarms.ts';
import type { ClsAlarmAsked } from '../../../shared/api/cls-alarm.ts';
import type { Severity } from '../../../shared/api/rules.ts';
import type { OpenTarget } from '../../../shared/api/targets.ts';
import type { ResolvedQuery } from '../../../shared/query/query.ts';
import { createAlarm, createAlarmNotice, type AlarmPolicy } from '../../tencent/cls.ts';
import { FIELDS } from './cls-log.ts';
import { clsQuery } from './cls-query.ts';
import type { Failure as CloudFailure } from '../../tencent/failure.ts';
import { told } from '../../access/told.ts';
import { fromCloud } from './failure.ts';
import { guard } from './guard.ts';
import type { Failure, Tools } from './target.ts';

type ClsTarget = Extract<OpenTarget, { type: 'cls' }>;

/** A policy in the words of CLS. */
export interface ClsPolicy {
  query: string;
  condition: string;
  minutes: number;
  everyMinutes: number;
  delayMinutes: number;
  quietMinutes: number;
  level: AlarmPolicy['level'];
}

/** CLS looks back a day. */
const MAX_MINUTES = 1440;
/** A window is looked at that often while it passes, so that what lies across the edge of one is in the next. */
const LOOKS = 5;

/**
 * What CLS is to ask, and when to say so; or why CLS cannot ask that. Events are counted once each, whatever was
 * delivered twice.
 */
export function clsPolicy(
  {
    condition,
    severity,
    silence,
    delay,
  }: Pick<ClsAlarmAsked, 'condition' | 'severity' | 'silence' | 'delay'>,
  query: ResolvedQuery,
  trackId: string,
): { ok: true; policy: ClsPolicy } | { ok: false; reason: string } {
  const search = clsQuery(query);
  if (!search.ok) return search;
  const counted = countOf(condition);
  if (!counted.ok) return counted;
  const minutes = condition.kind === 'count' ? condition.within / 60 : 0;
  const delayMinutes = Math.ceil(delay / 60);
  if (!Number.isInteger(minutes))
    return { ok: false, reason: 'CLS counts whole minutes: "within" is a multiple of 60' };
  if (minutes + delayMinutes > MAX_MINUTES) {
    return { ok: false, reason: 'CLS looks back a day: "within" and "delay" are no more together' };
  }
  const ofTrack = `${FIELDS.track}:"${trackId}"`;
  return {
    ok: true,
    policy: {
      query: `${search.text === '' ? ofTrack : `${ofTrack} AND ${search.text}`} | ${counted.select}`,
      condition: counted.condition,
      minutes,
      everyMinutes: Math.max(1, Math.floor(minutes / LOOKS)),
      delayMinutes,
      quietMinutes: Math.ceil(silence / 60),
      level: LEVELS[severity],
    },
  };
}

const LEVELS: Readonly<Record<Severity, ClsPolicy['level']>> = {
  info: 'info',
  low: 'warn',
  medium: 'warn',
  high: 'critical',
  critical: 'critical',
};

function countOf(
  condition: EventCondition,
): { ok: true; select: string; condition: string } | { ok: false; reason: string } {
  if (condition.kind !== 'count')
    return { ok: false, reason: 'CLS counts: the condition is one of kind "count"' };
  const select = selectBy(condition.per);
  if (select === undefined) {
    return { ok: false, reason: 'an event may have several resources, which CLS cannot count one by one' };
  }
  return { ok: true, select, condition: `$1.n >= ${condition.atLeast}` };
}

/** Of several counts the largest decides: the condition is met as soon as one of them is large enough. */
function selectBy(per: CountCondition['per']): string | undefined {
  const count = `count(distinct ${FIELDS.id}) as n`;
  if (per === undefined) return `select ${count}`;
  if (per === 'resource') return undefined;
  const field = FIELDS[per];
  const group = `${FIELDS.account}, ${field}`;
  return `select ${group}, ${count} where ${field} is not null group by ${group} order by n desc limit 1`;
}

export type ClsAlarm =
  | { ok: true; alarmId: string; noticeId: string }
  /** `noticeId`: the notice group was made before the policy failed, and can be given the next time. */
  | { ok: false; failure: Failure; noticeId?: string };

/** Makes the notice group, unless one is given, and the policy that tells it. */
export async function createClsAlarm(
  { topicId, region, endpoint, credential }: ClsTarget,
  { name, logsetId, notice }: Pick<ClsAlarmAsked, 'name' | 'logsetId' | 'notice'>,
  policy: ClsPolicy,
  tools: Pick<Tools, 'fetch' | 'reach' | 'now'>,
): Promise<ClsAlarm> {
  const { network, refusal } = guard(tools);
  const client = { ...network, credential, ...(endpoint === undefined ? {} : { endpoint }) };
  // The address of a robot is the right to write to it: CLS may repeat it in what it says.
  const addresses = 'id' in notice ? [] : notice.webhooks.map(({ url }) => url);
  const failureOf = (failure: CloudFailure): Failure => {
    const meant = refusal() ?? fromCloud(failure);
    return { ...meant, text: told(meant.text, addresses) };
  };
  const group =
    'id' in notice
      ? ({ ok: true, id: notice.id } as const)
      : await createAlarmNotice(client, region, { name, ...notice }, tools.now);
  if (!group.ok) return { ok: false, failure: failureOf(group.failure) };
  const noticeId = group.id;
  const made = await createAlarm(
    client,
    region,
    { ...policy, name, logsetId, topicId, noticeIds: [noticeId] },
    tools.now,
  );
  if (made.ok) return { ok: true, alarmId: made.id, noticeId };
  const failure = failureOf(made.failure);
  return 'id' in notice ? { ok: false, failure } : { ok: false, failure, noticeId };
}
