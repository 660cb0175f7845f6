/** /v1/tracks: tracking sets. */
import type { IRequest } from 'itty-router';
import {
  MAX_TRACKS,
  MAX_TRACKS_TEXT,
  newTrack,
  trackChange,
  type NewTrack,
  type Track,
  type TrackChange,
} from '../../shared/api/tracks.ts';
import type { OpenTarget } from '../../shared/api/targets.ts';
import { reachOf } from '../access/reach.ts';
import { newId } from '../access/tokens.ts';
import { run } from '../store/meter.ts';
import { readTrackStates, trackStatesOf } from '../store/track-states.ts';
import type { StoredSelector } from '../store/track-plan.ts';
import { addTrack, changeTrack, removeTrack, type Past } from '../store/tracks.ts';
import { readSelector } from '../tracks/match.ts';
import { keepTarget } from '../tracks/targets/keep.ts';
import { answer } from './answer.ts';
import type { ByMember } from './context.ts';
import { given } from './given.ts';
import { queryProblem } from './list.ts';
import { body, pathId, type Read } from './params.ts';
import { notFound, problem, schemaProblem } from './problem.ts';
import { shownTo } from './track-shown.ts';

export async function getTracks(_request: IRequest, context: ByMember): Promise<Response> {
  return answer('GET /v1/tracks', { tracks: await states(context) });
}

export async function getTrack(request: IRequest, context: ByMember): Promise<Response> {
  const [track] = await states(context, pathId(request));
  return track ? answer('GET /v1/tracks/{id}', track) : notFound('such tracking set');
}

export async function createTrack(request: IRequest, context: ByMember): Promise<Response> {
  const read = await body(request, newTrack);
  if (!read.ok) return read.response;
  const { store, secrets, caller, now, arrived } = context;
  const { id = newId(), name, accounts, target, format, compress, status } = read.value;
  const checked = await check(context, read.value);
  if (!checked.ok) return checked.response;
  const past = pastOf(read.value, now);
  if (past === 'never') return schemaProblem([{ at: 'backfill.from', message: 'earlier than now' }]);
  const added = await addTrack(
    store,
    {
      id,
      name,
      accounts,
      format,
      compress,
      status,
      selector: selectorOf(read.value) ?? { q: '' },
      ...(past === undefined ? {} : { past }),
      sealed: undefined,
      ...(await keepTarget(secrets, id, target)),
    },
    { by: caller.member.id, at: now },
  );
  if (added === 'taken') return problem({ kind: 'state', detail: `There is a tracking set ${id} already.` });
  const [track] = await states(context, id);
  if (added === 'full' || track === undefined) return full();
  if (past !== undefined) arrived();
  return answer('POST /v1/tracks', track, { location: `/v1/tracks/${id}` });
}

export async function changeTrackById(request: IRequest, context: ByMember): Promise<Response> {
  const read = await body(request, trackChange);
  if (!read.ok) return read.response;
  const { store, secrets, caller, now, arrived } = context;
  const id = pathId(request);
  const { target, q: _q, filters: _filters, ...rest } = read.value;
  const checked = await check(context, read.value);
  if (!checked.ok) return checked.response;
  const selector = selectorOf(read.value);
  const changed = await changeTrack(
    store,
    id,
    {
      ...given(rest),
      ...(selector === undefined ? {} : { selector }),
      ...(target === undefined
        ? {}
        : { kept: { sealed: undefined, ...(await keepTarget(secrets, id, target)) } }),
    },
    { by: caller.member.id, at: now },
  );
  if (changed === 'full') return full();
  const [track] = await states(context, id);
  if (changed === 'missing' || track === undefined) return notFound('such tracking set');
  if (track.backlog) arrived();
  return answer('PATCH /v1/tracks/{id}', track);
}

export async function deleteTrack(request: IRequest, { store, caller, now }: ByMember): Promise<Response> {
  const removed = await removeTrack(store, pathId(request), { by: caller.member.id, at: now });
  return removed ? new Response(null, { status: 204 }) : notFound('such tracking set');
}

/** Every set, or one of that id, as the caller may see them. */
async function states({ store, caller, now }: ByMember, id?: string): Promise<Track[]> {
  const [found] = await run(store, [trackStatesOf(store, id)]);
  return readTrackStates(found, now).map((track) => shownTo(caller, track));
}

/** Whether the query of a set can be read, and its target be called. */
async function check(
  { env }: ByMember,
  { accounts = '*', target, ...written }: TrackChange,
): Promise<Read<null>> {
  const selector = selectorOf(written);
  const read = selector === undefined ? undefined : readSelector(selector, accounts);
  if (read?.ok === false) return { ok: false, response: queryProblem(read.error) };
  const called = target === undefined ? undefined : calledBy(target);
  if (called === undefined) return { ok: true, value: null };
  const reached = await reachOf(env, fetch)(called.url);
  // A name that cannot be looked up now may be there when something is sent.
  if (reached.ok || reached.kind === 'unresolved') return { ok: true, value: null };
  return { ok: false, response: schemaProblem([{ at: `target.${called.at}`, message: reached.reason }]) };
}

/** The address of a target that an admin chose freely. */
function calledBy(target: OpenTarget): { at: string; url: string } | undefined {
  if (target.type === 'webhook') return { at: 'url', url: target.url };
  if ('endpoint' in target && target.endpoint !== undefined) return { at: 'endpoint', url: target.endpoint };
  return undefined;
}

function selectorOf({ q, filters }: TrackChange): StoredSelector | undefined {
  if (q !== undefined) return { q };
  return filters === undefined ? undefined : { filters };
}

/** The past that a new set wants, in whole seconds. `now` is unix ms. */
function pastOf({ backfill }: NewTrack, now: number): Past | 'never' | undefined {
  if (backfill === undefined) return undefined;
  const from = Math.ceil(Date.parse(backfill.from) / 1000);
  const to = Math.ceil((backfill.to === undefined ? now : Date.parse(backfill.to)) / 1000);
  return from < to ? { from: Math.max(0, from), to } : 'never';
}

function full(): Response {
  const detail = `There may be ${MAX_TRACKS} tracking sets, with ${MAX_TRACKS_TEXT} characters in all their queries and filters: every event is asked each of them.`;
  return problem({ kind: 'state', detail });
}
