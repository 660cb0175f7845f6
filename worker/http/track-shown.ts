/** What members see of a tracking set. */
import type { Target } from '../../shared/api/targets.ts';
import type { Track, TrackState } from '../../shared/api/tracks.ts';
import type { MemberCaller } from '../access/authenticate.ts';
import { given } from './given.ts';

/** Whether the caller sees every event: counts of events would tell others what is hidden. */
function seesAll({ scope: { accounts, operators } }: MemberCaller): boolean {
  return accounts === '*' && operators === '*';
}

/** The set as the caller may see it. */
export function shownTo(caller: MemberCaller, track: Track): Track {
  const target = caller.member.role === 'admin' ? track.target : withoutPath(track.target);
  if (seesAll(caller)) return { ...track, target };
  const {
    lastDelivered: _last,
    lag: _lag,
    backlog: _backlog,
    dead: _dead,
    problem: _problem,
    ...rest
  } = track;
  const { backfill } = track;
  if (backfill === undefined) return { ...rest, target };
  const { events: _events, ...range } = backfill;
  return { ...rest, target, backfill: range };
}

/** Addresses that others call by often have a secret in them. */
function withoutPath(target: Target): Target {
  return target.type === 'webhook'
    ? { ...target, url: `${URL.parse(target.url)?.origin ?? 'https:'}/…` }
    : target;
}

/** How delivering a set goes, and nothing else of it. */
export function stateOf({ id, name, health, ...rest }: Track): TrackState {
  const { lastDelivered, lag, backlog, dead, problem } = rest;
  return { id, name, health, ...given({ lastDelivered, lag, backlog, dead, problem }) };
}
