/** /v1/alarms: policies that say which events somebody must be told about. */
import type { IRequest } from 'itty-router';
import {
  type Alarm,
  ALARM_CHANGES,
  alarmChange,
  alarmPreviewAsked,
  MAX_ALARMS,
  MAX_ALARMS_TEXT,
  MAX_FIRINGS,
  newAlarm,
  type ShownAlarm,
} from '../../shared/api/alarms.ts';
import { hoursOf } from '../../shared/alarms/schedule.ts';
import { printQuery } from '../../shared/query/print.ts';
import { readStoredQuery } from '../../shared/query/stored.ts';
import { newId } from '../access/tokens.ts';
import { previewAlarm } from '../alarms/preview.ts';
import {
  addAlarm,
  alarmsOf,
  changeAlarm,
  chooseForAlarm,
  findAlarm,
  readAlarms,
  removeAlarm,
  type AlarmChange,
} from '../store/alarms.ts';
import { alarmsSeen } from '../store/alerts.ts';
import { run, type Store } from '../store/meter.ts';
import { about, answer } from './answer.ts';
import type { ByMember } from './context.ts';
import { queryProblem } from './list.ts';
import { historyPage, whoOf } from './history.ts';
import { body, pathId } from './params.ts';
import { notFound, problem, schemaProblem } from './problem.ts';

const WHAT = 'an alarm policy';

export async function getAlarms(_request: IRequest, { store, caller }: ByMember): Promise<Response> {
  const [shipped, own] = await run(store, alarmsOf(store));
  const alarms = await concerning(readAlarms(shipped, own), store, caller);
  const role = caller.scope.operators === '*' ? ('admin' as const) : ('auditor' as const);
  const isAdmin = caller.member.role === 'admin';
  return answer('GET /v1/alarms', { alarms, ...(isAdmin ? {} : { scope: { hidden: true, role } }) });
}

export async function getAlarm(request: IRequest, { store, caller }: ByMember): Promise<Response> {
  const found = await findAlarm(store, pathId(request));
  const [alarm] = found === undefined ? [] : await concerning([found], store, caller);
  return alarm ? answer('GET /v1/alarms/{id}', alarm) : notFound('such alarm policy');
}

/**
 * What of the policies concerns the caller: all of them an admin; all about events who sees everybody's; and who sees
 * some operators only, those that gave an alert that they may see.
 */
async function concerning(
  alarms: readonly Alarm[],
  store: Store,
  { member, scope }: ByMember['caller'],
): Promise<readonly ShownAlarm[]> {
  if (member.role === 'admin') return alarms;
  const aboutEvents = alarms.filter(({ condition }) => condition.kind !== 'system').map(withoutChannels);
  if (scope.operators === '*') return aboutEvents;
  const seen = await alarmsSeen(store, { scope, admin: false });
  return aboutEvents.filter(({ id }) => seen.has(id));
}

function withoutChannels({ channels: _channels, ...alarm }: Alarm): ShownAlarm {
  return alarm;
}

export async function getAlarmChanges(request: IRequest, { store }: ByMember): Promise<Response> {
  const history = await historyPage(request, store, { subject: 'alarm', kinds: ALARM_CHANGES });
  if (!history.ok) return history.response;
  // A shipped policy that nobody changed has none.
  const isKnown = history.value.changes.length > 0 || (await findAlarm(store, pathId(request)));
  return isKnown ? answer('GET /v1/alarms/{id}/changes', history.value) : notFound('such alarm policy');
}

export async function createAlarm(request: IRequest, context: ByMember): Promise<Response> {
  const read = await body(request, newAlarm);
  if (!read.ok) return read.response;
  const alarm = { ...read.value, id: read.value.id ?? newId() };
  const query = readStoredQuery(alarm.q, WHAT);
  if (!query.ok) return queryProblem(query.error);
  const added = await addAlarm(context.store, alarm, whoOf(context));
  if (added === 'taken') return problem({ kind: 'state', detail: `There is a policy ${alarm.id} already.` });
  if (added === 'full') return full();
  if (added === 'unknown') return unknownChannel();
  return answer('POST /v1/alarms', { ...alarm, shipped: false }, { location: `/v1/alarms/${alarm.id}` });
}

export async function changeAlarmById(request: IRequest, context: ByMember): Promise<Response> {
  const read = await body(request, alarmChange);
  if (!read.ok) return read.response;
  const { store } = context;
  const id = pathId(request);
  const known = await findAlarm(store, id);
  if (known?.shipped === true) return await changeShipped(context, known, read.value);
  const query = read.value.q === undefined ? undefined : readStoredQuery(read.value.q, WHAT);
  if (query?.ok === false) return queryProblem(query.error);
  const alarm = await changeAlarm(store, id, read.value, whoOf(context));
  if (alarm === 'missing') return notFound('such alarm policy');
  if (alarm === 'unknown') return unknownChannel();
  return alarm === 'full' ? full() : answer('PATCH /v1/alarms/{id}', alarm);
}

async function changeShipped(context: ByMember, alarm: Alarm, change: AlarmChange): Promise<Response> {
  const { name, q, condition, old, ...choice } = change;
  const fixed = [name, q, condition, old].some((part) => part !== undefined);
  const isSystem = alarm.condition.kind === 'system';
  if (fixed || (isSystem && choice.schedule !== undefined)) {
    return ours(alarm.id, 'What it asks cannot be changed; make a policy of your own.');
  }
  const { store } = context;
  if (!(await chooseForAlarm(store, alarm.id, choice, whoOf(context)))) return unknownChannel();
  const changed = await findAlarm(store, alarm.id);
  return changed ? answer('PATCH /v1/alarms/{id}', changed) : notFound('such alarm policy');
}

export async function deleteAlarm(request: IRequest, context: ByMember): Promise<Response> {
  const { store } = context;
  const id = pathId(request);
  if (await removeAlarm(store, id, whoOf(context))) return new Response(null, { status: 204 });
  const known = await findAlarm(store, id);
  if (known === undefined) return notFound('such alarm policy');
  return ours(id, 'It cannot be deleted; switch it off with {"on": false}.');
}

const PREVIEW_DAYS = 30;

/** When a policy would have fired. */
export async function previewAlarmAsked(
  request: IRequest,
  { store, caller: { scope, zone }, now: nowMs }: ByMember,
): Promise<Response> {
  const read = await body(request, alarmPreviewAsked);
  if (!read.ok) return read.response;
  const { q, condition, schedule, silence } = read.value;
  const query = readStoredQuery(q, WHAT);
  if (!query.ok) return queryProblem(query.error);
  const now = Math.floor(nowMs / 1000);
  const from = now - PREVIEW_DAYS * 86_400;
  const { count, firings, arrivals, partial } = await previewAlarm(store, {
    query: query.query,
    condition,
    hours: hoursOf(schedule),
    silence,
    scope,
    from,
    now,
  });
  return answer('POST /v1/alarms/preview', {
    count,
    alerts: firings.length,
    firings: firings.slice(0, MAX_FIRINGS).map(({ at, count: events, first, last, of }) => ({
      at: timeOf(at),
      ...(of === undefined ? {} : { group: of }),
      count: events,
      first: timeOf(first),
      last: timeOf(last),
    })),
    ...(partial === undefined ? {} : { partial: { through: partial.through, reason: NOT_ALL } }),
    searched: { q: printQuery(query.written), from: timeOf(from), to: timeOf(now), tz: zone },
    ...about(arrivals),
  });
}

const NOT_ALL = 'Older events are not all in it, nor may be some that changed just now.';

function timeOf(second: number): string {
  return new Date(second * 1000).toISOString();
}

function ours(id: string, detail: string): Response {
  return problem({ kind: 'state', detail: `${id} comes with Sidetrail. ${detail}` });
}

function full(): Response {
  const detail = `There may be ${MAX_ALARMS} policies, with ${MAX_ALARMS_TEXT} characters in all their queries: every event is asked each of them.`;
  return problem({ kind: 'state', detail });
}

function unknownChannel(): Response {
  return schemaProblem([{ at: 'channels', message: 'ids of channels that there are' }]);
}
