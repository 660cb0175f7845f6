/** POST /v1/tracks/{id}/cls-alarm: an alarm policy in CLS on what a tracking set delivers there. */
import type { IRequest } from 'itty-router';
import { clsAlarmAsked } from '../../shared/api/cls-alarm.ts';
import { readStoredQuery } from '../../shared/query/stored.ts';
import { reachOf } from '../access/reach.ts';
import { run } from '../store/meter.ts';
import { insertChange } from '../store/track-history.ts';
import { findSending } from '../store/tracks.ts';
import { clsPolicy, createClsAlarm } from '../tracks/targets/cls-alarm.ts';
import { openTarget } from '../tracks/targets/keep.ts';
import { answer } from './answer.ts';
import type { ByMember } from './context.ts';
import { queryProblem } from './list.ts';
import { body, pathId } from './params.ts';
import { notFound, problem } from './problem.ts';

/** Makes the policy, and the notice group that it tells, with the credential of the set's target. */
export async function createTrackAlarm(
  request: IRequest,
  { env, store, secrets, caller, now }: ByMember,
): Promise<Response> {
  const read = await body(request, clsAlarmAsked);
  if (!read.ok) return read.response;
  const asked = read.value;
  const query = readStoredQuery(asked.q, 'an alarm policy');
  if (!query.ok) return queryProblem(query.error);
  const track = await findSending(store, pathId(request));
  if (track === undefined) return notFound('such tracking set');
  if (track.target.type !== 'cls') return refused('This tracking set does not deliver to a topic of CLS.');
  const said = clsPolicy(asked, query.query, track.id);
  if (!said.ok) return refused(`CLS cannot be asked this: ${said.reason}.`);
  const target = await openTarget(secrets, track.id, track);
  if (target?.type !== 'cls')
    return refused('The credential cannot be read any more: give the target again.');

  const made = await createClsAlarm(target, asked, said.policy, { fetch, reach: reachOf(env, fetch), now });
  if (!made.ok) {
    const { failure, noticeId } = made;
    const { code, text } = failure;
    const left =
      noticeId === undefined ? '' : ` The notice group ${noticeId} was made: give its id the next time.`;
    return refused(`CLS said no${code === undefined ? '' : ` (${code})`}: ${text}.${left}`);
  }
  const { alarmId, noticeId } = made;
  const what = { name: asked.name, alarmId, noticeId };
  const change = { track: track.id, at: now, by: caller.member.id, kind: 'alarmed' as const, what };
  await run(store, [insertChange(store, change)]);
  const { query: search, condition } = said.policy;
  return answer('POST /v1/tracks/{id}/cls-alarm', { alarmId, noticeId, query: search, condition });
}

function refused(detail: string): Response {
  return problem({ kind: 'state', detail });
}
