/** What tracking sets deliver: lists, tests, and what was given up once more. */
import type { IRequest } from 'itty-router';
import { pageQuery, TRACK_CHANGES } from '../../shared/api/tracks.ts';
import { reachOf } from '../access/reach.ts';
import { replayDead, settleTest } from '../store/deliveries.ts';
import { listDeliveries } from '../store/delivery-list.ts';
import { findSending } from '../store/tracks.ts';
import { sendTest } from '../tracks/test-delivery.ts';
import { answer } from './answer.ts';
import type { ByMember } from './context.ts';
import { historyPage } from './history.ts';
import { parameters, pathId } from './params.ts';
import { notFound } from './problem.ts';

export async function getDeliveries(request: IRequest, { store }: ByMember): Promise<Response> {
  const asked = parameters(request, pageQuery);
  if (!asked.ok) return asked.response;
  const { limit, before = Number.MAX_SAFE_INTEGER } = asked.value;
  const page = await listDeliveries(store, pathId(request), { before, limit });
  if (page === undefined) return notFound('such tracking set');
  const { deliveries, next = null } = page;
  return answer('GET /v1/tracks/{id}/deliveries', { deliveries, next });
}

/** The history of a set, also of one that was deleted. */
export async function getTrackChanges(request: IRequest, { store }: ByMember): Promise<Response> {
  const history = await historyPage(request, store, { subject: 'track', kinds: TRACK_CHANGES });
  if (!history.ok) return history.response;
  const isKnown = history.value.changes.length > 0 || (await findSending(store, pathId(request)));
  return isKnown ? answer('GET /v1/tracks/{id}/changes', history.value) : notFound('such tracking set');
}

/** Sends a made-up event to where a set delivers to, and says what came of it. */
export async function testTrack(request: IRequest, context: ByMember): Promise<Response> {
  const { env, store, secrets, caller, now, arrived } = context;
  const id = pathId(request);
  const track = await findSending(store, id);
  if (track === undefined) return notFound('such tracking set');
  const tested = await sendTest(
    { secrets, clock: () => now, tools: { fetch, objects: env.TRACKS, reach: reachOf(env, fetch) } },
    track,
  );
  await settleTest(store, id, tested, { by: caller.member.id, at: now });
  if (tested.ok) arrived();
  return answer('POST /v1/tracks/{id}/test', tested);
}

/** Has what was given up of a set attempted again. */
export async function replayTrack(
  request: IRequest,
  { store, caller, now, arrived }: ByMember,
): Promise<Response> {
  const id = pathId(request);
  if ((await findSending(store, id)) === undefined) return notFound('such tracking set');
  const replayed = await replayDead(store, id, { by: caller.member.id, at: now });
  if (replayed > 0) arrived();
  return answer('POST /v1/tracks/{id}/replay', { replayed });
}
