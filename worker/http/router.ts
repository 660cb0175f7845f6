/** Every route, on one page. */
import { Router, type IRequest } from 'itty-router';
import type { RouteName } from '../../shared/api/contract.ts';
import { addressOf } from '../../shared/api/route-name.ts';
import { getAccess } from './access.ts';
import { changeAccountById, getAccounts, removeDemoAccount } from './accounts.ts';
import {
  changeAlarmById,
  createAlarm,
  deleteAlarm,
  getAlarm,
  getAlarmChanges,
  getAlarms,
  previewAlarmAsked,
} from './alarms.ts';
import {
  acknowledge,
  getAlert,
  getAlerts,
  markExpected,
  mute,
  unacknowledge,
  unmarkExpected,
  unmute,
} from './alerts.ts';
import { getChanges } from './changes.ts';
import {
  changeChannelById,
  createChannel,
  deleteChannel,
  getChannel,
  getChannelChanges,
  getChannels,
  testChannel,
} from './channels.ts';
import { createTrackAlarm } from './cls-alarm.ts';
import type { Context } from './context.ts';
import { getDeadLetters } from './dead-letters.ts';
import { getDeliveries, getTrackChanges, replayTrack, testTrack } from './deliveries.ts';
import { getDocs } from './docs.ts';
import { getEvent, getEvents } from './events.ts';
import { getExport } from './export.ts';
import { getFacets } from './facets.ts';
import { postEnvelopes } from './eventbridge.ts';
import { byAdmin, byEventBridge, byMember, bySender, type Handler } from './guard.ts';
import { getMe } from './me.ts';
import { changeMember, createMember, deleteMember, getMember, getMembers } from './members.ts';
import { getOpenApi } from './openapi.ts';
import { getOperator, getOperators } from './operators.ts';
import { getHealth, getHome, getIcon, getLink, getStyle } from './pages.ts';
import { changeNetworkById, createNetwork, deleteNetwork, getNetwork, getNetworks } from './networks.ts';
import { notFound, problem } from './problem.ts';
import { getProblems } from './problems.ts';
import { postEvents } from './push.ts';
import { changeRuleById, createRule, deleteRule, getRule, getRules, previewRule } from './rules.ts';
import { getPurchases } from './purchases.ts';
import { getResource, getResourceChanges } from './resource.ts';
import { getResources } from './resource-list.ts';
import { getSources, startBackfill } from './sources.ts';
import { getStatus } from './status.ts';
import { changeTeam, createTeam, deleteTeam, getTeam, getTeams } from './teams.ts';
import { getTimeline } from './timeline.ts';
import { createToken, deleteToken, getTokens } from './tokens.ts';
import { changeTrackById, createTrack, deleteTrack, getTrack, getTracks } from './tracks.ts';

/** The routes of the contract, each with its guard. Of two that fit an address the first answers. */
const api: Readonly<Record<RouteName, Handler<Context>>> = {
  'GET /v1/me': byMember(getMe),
  'GET /v1/status': byMember(getStatus),
  'GET /v1/sources': byMember(getSources),
  'POST /v1/sources/{id}/backfill': byAdmin(startBackfill),
  'GET /v1/dead-letters': byAdmin(getDeadLetters),

  'GET /v1/events': byMember(getEvents),
  'POST /v1/events': bySender(postEvents),
  'POST /v1/eventbridge': byEventBridge(postEnvelopes),
  'GET /v1/events/export': byMember(getExport),
  'GET /v1/events/{id}': byMember(getEvent),
  'GET /v1/changes': byMember(getChanges),

  'GET /v1/purchases': byMember(getPurchases),

  'GET /v1/problems': byMember(getProblems),
  'GET /v1/access': byMember(getAccess),

  'GET /v1/timeline': byMember(getTimeline),
  'GET /v1/facets': byMember(getFacets),
  'GET /v1/operators': byMember(getOperators),
  'GET /v1/operators/{id}': byMember(getOperator),
  'GET /v1/resources': byMember(getResources),
  'GET /v1/resources/{id}': byMember(getResource),
  'GET /v1/resources/{id}/changes': byMember(getResourceChanges),

  'GET /v1/accounts': byMember(getAccounts),
  'PATCH /v1/accounts/{id}': byAdmin(changeAccountById),
  'DELETE /v1/accounts/{id}': byAdmin(removeDemoAccount),

  'GET /v1/members': byAdmin(getMembers),
  'POST /v1/members': byAdmin(createMember),
  'GET /v1/members/{id}': byAdmin(getMember),
  'PATCH /v1/members/{id}': byAdmin(changeMember),
  'DELETE /v1/members/{id}': byAdmin(deleteMember),

  'GET /v1/teams': byAdmin(getTeams),
  'POST /v1/teams': byAdmin(createTeam),
  'GET /v1/teams/{id}': byAdmin(getTeam),
  'PATCH /v1/teams/{id}': byAdmin(changeTeam),
  'DELETE /v1/teams/{id}': byAdmin(deleteTeam),

  'GET /v1/rules': byMember(getRules),
  'POST /v1/rules': byAdmin(createRule),
  'POST /v1/rules/preview': byAdmin(previewRule),
  'GET /v1/rules/{id}': byMember(getRule),
  'PATCH /v1/rules/{id}': byAdmin(changeRuleById),
  'DELETE /v1/rules/{id}': byAdmin(deleteRule),

  'GET /v1/networks': byMember(getNetworks),
  'POST /v1/networks': byAdmin(createNetwork),
  'GET /v1/networks/{id}': byMember(getNetwork),
  'PATCH /v1/networks/{id}': byAdmin(changeNetworkById),
  'DELETE /v1/networks/{id}': byAdmin(deleteNetwork),

  'GET /v1/tracks': byMember(getTracks),
  'POST /v1/tracks': byAdmin(createTrack),
  'GET /v1/tracks/{id}': byMember(getTrack),
  'PATCH /v1/tracks/{id}': byAdmin(changeTrackById),
  'DELETE /v1/tracks/{id}': byAdmin(deleteTrack),
  'GET /v1/tracks/{id}/deliveries': byAdmin(getDeliveries),
  'GET /v1/tracks/{id}/changes': byAdmin(getTrackChanges),
  'POST /v1/tracks/{id}/test': byAdmin(testTrack),
  'POST /v1/tracks/{id}/replay': byAdmin(replayTrack),

  'POST /v1/tracks/{id}/cls-alarm': byAdmin(createTrackAlarm),

  'GET /v1/alarms': byMember(getAlarms),
  'POST /v1/alarms': byAdmin(createAlarm),
  'POST /v1/alarms/preview': byAdmin(previewAlarmAsked),
  'GET /v1/alarms/{id}': byMember(getAlarm),
  'PATCH /v1/alarms/{id}': byAdmin(changeAlarmById),
  'DELETE /v1/alarms/{id}': byAdmin(deleteAlarm),
  'GET /v1/alarms/{id}/changes': byAdmin(getAlarmChanges),

  'GET /v1/alerts': byMember(getAlerts),
  'GET /v1/alerts/{id}': byMember(getAlert),
  'POST /v1/alerts/{id}/acknowledge': byMember(acknowledge),
  'DELETE /v1/alerts/{id}/acknowledge': byMember(unacknowledge),
  'POST /v1/alerts/{id}/mute': byMember(mute),
  'DELETE /v1/alerts/{id}/mute': byMember(unmute),
  'POST /v1/alerts/{id}/expected': byMember(markExpected),
  'DELETE /v1/alerts/{id}/expected': byMember(unmarkExpected),

  'GET /v1/channels': byAdmin(getChannels),
  'POST /v1/channels': byAdmin(createChannel),
  'GET /v1/channels/{id}': byAdmin(getChannel),
  'PATCH /v1/channels/{id}': byAdmin(changeChannelById),
  'DELETE /v1/channels/{id}': byAdmin(deleteChannel),
  'GET /v1/channels/{id}/changes': byAdmin(getChannelChanges),
  'POST /v1/channels/{id}/test': byAdmin(testChannel),

  'GET /v1/tokens': byMember(getTokens),
  'POST /v1/tokens': byMember(createToken),
  'DELETE /v1/tokens/{id}': byMember(deleteToken),

  'GET /v1/openapi.json': getOpenApi,
};

const router = Router<IRequest, [Context], Response>();

router
  .get('/', getHome)
  .get('/docs', getDocs)
  .get('/health', getHealth)
  .get('/style.css', getStyle)
  .get('/icon.svg', getIcon)
  .get('/e/:id', getLink)
  .get('/r/:id', getLink);

for (const [name, handle] of Object.entries(api)) {
  const { method, path } = addressOf(name);
  router[method.toLowerCase()]?.(path.replace('{id}', ':id'), handle);
}

/** Answers a request: by its route, else 405 where the path has other methods, else 404. */
export async function route(request: Request, context: Context): Promise<Response> {
  return (await router.fetch(request, context)) ?? unrouted(request);
}

function unrouted(request: Request): Response {
  const { pathname } = new URL(request.url);
  const methods = router.routes.flatMap(([method, path]) => (path.test(pathname) ? [method] : []));
  if (methods.length === 0) return notFound('such address');
  const allow = [
    ...new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))),
  ].join(', ');
  return problem({
    kind: 'method',
    detail: `${pathname} takes ${allow}.`,
    headers: { allow },
  });
}
