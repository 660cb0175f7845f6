/** /v1/alerts: what alarm policies found, and what somebody does about it. */
import type { IRequest } from 'itty-router';
import { alertsQuery, muting } from '../../shared/api/alerts.ts';
import { openCursor, sealCursor } from '../access/cursor.ts';
import {
  acknowledgeAlert,
  expectGroup,
  findAlert,
  listAlerts,
  muteGroup,
  type AlertViewer,
  type Deed,
  type StoredAlert,
} from '../store/alerts.ts';
import type { Store } from '../store/meter.ts';
import { readPlaces } from '../store/places.ts';
import { answer } from './answer.ts';
import type { ByMember } from './context.ts';
import { scopeHash, shortHash } from './list-hash.ts';
import { body, parameters, pathId } from './params.ts';
import { notFound, problem, schemaProblem } from './problem.ts';

export async function getAlerts(request: IRequest, context: ByMember): Promise<Response> {
  const { store, caller, secrets } = context;
  const read = parameters(request, alertsQuery);
  if (!read.ok) return read.response;
  const { state, alarm, cursor: text, limit } = read.value;
  const list = shortHash('alerts', state ?? '', alarm ?? '', scopeHash(caller));
  const cursor = text === undefined ? undefined : await openCursor(secrets, text, 'events');
  if (text !== undefined && cursor?.list !== list) {
    const detail = 'A cursor goes on with the list that gave it. Leave it out to begin anew.';
    return problem({ kind: 'cursor', detail, more: { at: 'cursor' } });
  }
  const found = await listAlerts(store, {
    viewer: viewerOf(context),
    state,
    alarm,
    before: cursor?.before,
    limit: limit + 1,
    now: secondOf(context),
  });
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const more = found.length > limit && last !== undefined;
  const next = more
    ? await sealCursor(secrets, { kind: 'events', before: last.num, now: context.now, list })
    : null;
  return answer('GET /v1/alerts', {
    alerts: await withEvents(store, caller.scope, shown, 1),
    next,
    ...hiddenFrom(context),
  });
}

export async function getAlert(request: IRequest, context: ByMember): Promise<Response> {
  const found = await theAlert(request, context);
  if (found === undefined) return notFound('such alert');
  const [alert] = await withEvents(context.store, context.caller.scope, [found]);
  return alert ? answer('GET /v1/alerts/{id}', alert) : notFound('such alert');
}

export const acknowledge = deed('POST /v1/alerts/{id}/acknowledge', (store, id, by) =>
  acknowledgeAlert(store, id, by),
);
export const unacknowledge = deed('DELETE /v1/alerts/{id}/acknowledge', (store, id) =>
  acknowledgeAlert(store, id, undefined),
);
export const unmute = deed('DELETE /v1/alerts/{id}/mute', (store, id) => muteGroup(store, id, undefined));
export const markExpected = deed('POST /v1/alerts/{id}/expected', (store, id, by) =>
  expectGroup(store, id, by),
);
export const unmarkExpected = deed('DELETE /v1/alerts/{id}/expected', (store, id) =>
  expectGroup(store, id, undefined),
);

const MAX_MUTE = 90 * 86_400;

export async function mute(request: IRequest, context: ByMember): Promise<Response> {
  const read = await body(request, muting);
  if (!read.ok) return read.response;
  const until = Math.floor(Date.parse(read.value.until) / 1000);
  const now = secondOf(context);
  if (until <= now || until > now + MAX_MUTE) {
    return schemaProblem([{ at: 'until', message: 'in the future, at most 90 days from now' }]);
  }
  const act = deed('POST /v1/alerts/{id}/mute', (store, id, { by }) => muteGroup(store, id, { by, until }));
  return await act(request, context);
}

type DeedRoute =
  | 'POST /v1/alerts/{id}/acknowledge'
  | 'DELETE /v1/alerts/{id}/acknowledge'
  | 'POST /v1/alerts/{id}/mute'
  | 'DELETE /v1/alerts/{id}/mute'
  | 'POST /v1/alerts/{id}/expected'
  | 'DELETE /v1/alerts/{id}/expected';

/** Does something about an alert, for who may; gives the alert as it is then. */
function deed(
  route: DeedRoute,
  act: (store: Store, id: string, deed: Deed) => Promise<void>,
): (request: IRequest, context: ByMember) => Promise<Response> {
  return async (request, context) => {
    const { store, caller } = context;
    const found = await theAlert(request, context);
    if (found === undefined) return notFound('such alert');
    if (caller.scope.operators !== '*') return notTheirs(caller.member.role);
    await act(store, found.alert.id, { by: caller.member.id, at: secondOf(context) });
    const after = await theAlert(request, context);
    return after ? answer(route, after.alert) : notFound('such alert');
  };
}

/** Nobody silences an alarm about themselves. */
function notTheirs(role: string): Response {
  const detail = `Auditors and admins say what becomes of alerts; your role is ${role}.`;
  return problem({ kind: 'role', detail });
}

function theAlert(request: IRequest, context: ByMember): Promise<StoredAlert | undefined> {
  return findAlert(context.store, viewerOf(context), pathId(request), secondOf(context));
}

function viewerOf({ caller: { scope, member } }: ByMember): AlertViewer {
  return { scope, admin: member.role === 'admin' };
}

function secondOf({ now }: ByMember): number {
  return Math.floor(now / 1000);
}

/** Alerts with the newest of their events, `each` at most. */
async function withEvents(
  store: Store,
  scope: AlertViewer['scope'],
  alerts: readonly StoredAlert[],
  each = Infinity,
) {
  const wanted = alerts.flatMap(({ rowIds }) => rowIds.slice(0, each));
  const found = await readPlaces(store, scope, [...new Set(wanted)]);
  const events = new Map(found.map(({ rowId, summary }) => [rowId, summary]));
  return alerts.map(({ alert, rowIds }) => ({
    ...alert,
    events: rowIds.slice(0, each).flatMap((rowId) => events.get(rowId) ?? []),
  }));
}

function hiddenFrom({ caller: { scope, member } }: ByMember) {
  if (member.role === 'admin') return {};
  const role = scope.operators === '*' ? 'admin' : member.role === 'lead' ? 'auditor' : 'lead';
  return { scope: { hidden: true, role } } as const;
}
