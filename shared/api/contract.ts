/** Every route of /v1: who may call it, what it takes, what it gives. The document and the checks come from here. */
import * as v from 'valibot';
import { access, accessQuery } from './access.ts';
import { accountChange, account, accounts, removal } from './accounts.ts';
import {
  alarm,
  alarmChange,
  alarmHistory,
  alarmPreview,
  alarmPreviewAsked,
  alarms,
  newAlarm,
  shownAlarm,
} from './alarms.ts';
import { alert, alerts, alertsQuery, alertWithEvents, muting } from './alerts.ts';
import { changes, changesQuery } from './changes.ts';
import { channel, channelChange, channelHistory, channels, channelTest, newChannel } from './channels.ts';
import { clsAlarmAsked, clsAlarmMade } from './cls-alarm.ts';
import { event } from './event.ts';
import { facets, facetsQuery } from './facets.ts';
import { BUS_MEDIA_TYPES, ingested, ingestQuery, RECORD_MEDIA_TYPES } from './ingest.ts';
import { events, eventsQuery, exportQuery } from './lists.ts';
import { member, memberChange, members, newMember } from './members.ts';
import { problems, problemsQuery } from './problems.ts';
import { operatorAnswers, operatorQuery, operators, operatorsQuery } from './operators.ts';
import { resourceList, resourcesQuery } from './resource-list.ts';
import { resourceAnswer, resourceChangesAnswer, resourceChangesQuery, resourceQuery } from './resources.ts';
import type { Route } from './route.ts';
import { backfill, backfillAsked, sources } from './sources.ts';
import { deadLetters, deadLettersQuery, me, status } from './status.ts';
import { network, networkChange, networks, newNetwork } from './networks.ts';
import { newRule, previewAsked, rule, ruleChange, rulePreview, rules } from './rules.ts';
import { purchases, purchasesQuery } from './purchases.ts';
import { newTeam, team, teamChange, teams } from './teams.ts';
import { timeline, timelineQuery } from './timeline.ts';
import { issuedToken, newToken, tokens } from './tokens.ts';
import {
  deliveries,
  newTrack,
  pageQuery,
  replayed,
  testDelivery,
  track,
  trackChange,
  trackHistory,
  tracks,
} from './tracks.ts';

const NOTHING = { kind: 'nothing', status: 204 } as const;

/** An OpenAPI document; what is in it is theirs to say. */
const openapi = v.looseObject({ openapi: v.string() });

export const contract = {
  'GET /v1/me': {
    summary: 'Who calls, what they may see, and where following the changes begins.',
    caller: 'member',
    answer: json(me),
    conditional: true,
  },
  'GET /v1/status': {
    summary: 'How fresh and how whole the picture is.',
    caller: 'member',
    answer: json(status),
    conditional: true,
  },
  'GET /v1/sources': {
    summary: 'What Sidetrail reads by itself, how far it is, and what stands in the way.',
    caller: 'member',
    answer: json(sources),
  },
  'POST /v1/sources/{id}/backfill': {
    summary: 'Reads back what CloudAudit still has; one that goes on already is joined.',
    caller: 'admin',
    body: { kind: 'json', schema: backfillAsked },
    answer: json(backfill),
    problems: ['state'],
  },
  'GET /v1/dead-letters': {
    summary: 'Records that could not be read, newest first.',
    caller: 'admin',
    query: deadLettersQuery,
    answer: json(deadLetters),
  },

  'GET /v1/events': {
    summary: 'The events that a query finds, newest first.',
    caller: 'member',
    query: eventsQuery,
    answer: json(events),
    conditional: true,
    problems: ['query', 'cursor'],
  },
  'POST /v1/events': {
    summary: 'Takes records in, in any form that CloudAudit gives them, plain or gzip.',
    caller: 'sender',
    query: ingestQuery,
    body: { kind: 'records', mediaTypes: RECORD_MEDIA_TYPES },
    answer: json(ingested),
  },
  'POST /v1/eventbridge': {
    summary: 'Takes what a rule of EventBridge delivers: CloudEvents whose data are records, one or a batch.',
    caller: 'eventbridge',
    body: { kind: 'records', mediaTypes: BUS_MEDIA_TYPES },
    answer: json(ingested),
  },
  'GET /v1/events/export': {
    summary: 'Everything that a query finds as one stream, whose last line proves it whole.',
    caller: 'member',
    query: exportQuery,
    answer: { kind: 'stream', status: 200, mediaTypes: ['application/x-ndjson', 'text/csv'] },
    problems: ['query', 'cursor'],
  },
  'GET /v1/events/{id}': {
    summary: 'One event with its parameters and its record.',
    caller: 'member',
    answer: json(event),
  },
  'GET /v1/changes': {
    summary: 'What became of the store since a cursor: how a copy is kept up to date.',
    caller: 'member',
    query: changesQuery,
    answer: json(changes),
    conditional: true,
    problems: ['cursor'],
  },

  'GET /v1/purchases': {
    summary: 'What was bought, renewed, resized and given back, newest first, and by whom.',
    caller: 'member',
    query: purchasesQuery,
    answer: json(purchases),
    problems: ['query', 'cursor'],
  },

  'GET /v1/problems': {
    summary: 'Calls that failed, by operator, call and error, with the rights that were missing.',
    caller: 'member',
    query: problemsQuery,
    answer: json(problems),
    conditional: true,
    problems: ['query', 'cursor'],
  },
  'GET /v1/access': {
    summary:
      'Where operators worked from, who was outside most first, and who changed what restricts logins.',
    caller: 'member',
    query: accessQuery,
    answer: json(access),
    conditional: true,
    problems: ['query', 'cursor'],
  },

  'GET /v1/timeline': {
    summary: 'How many events a query finds, by hour or day.',
    caller: 'member',
    query: timelineQuery,
    answer: json(timeline),
    conditional: true,
    problems: ['query', 'cursor'],
  },
  'GET /v1/facets': {
    summary: 'The values that occur most among the events that a query finds.',
    caller: 'member',
    query: facetsQuery,
    answer: json(facets),
    conditional: true,
    problems: ['query', 'cursor'],
  },
  'GET /v1/operators': {
    summary: 'Who acted in the events that a query finds.',
    caller: 'member',
    query: operatorsQuery,
    answer: json(operators),
    conditional: true,
    problems: ['query', 'cursor'],
  },
  'GET /v1/operators/{id}': {
    summary: 'What one operator touched, failed at, bought, changed, did that is sensitive, and from where.',
    caller: 'member',
    query: operatorQuery,
    answer: json(operatorAnswers),
    conditional: true,
    problems: ['query', 'cursor'],
  },
  'GET /v1/resources': {
    summary: 'The resources that the events a query finds touched, and who touched them.',
    caller: 'member',
    query: resourcesQuery,
    answer: json(resourceList),
    conditional: true,
    problems: ['query', 'cursor'],
  },
  'GET /v1/resources/{id}': {
    summary: 'One resource: who bought it, what became of it last, who works with it.',
    caller: 'member',
    query: resourceQuery,
    answer: json(resourceAnswer),
    conditional: true,
    problems: ['query', 'cursor'],
  },
  'GET /v1/resources/{id}/changes': {
    summary: 'The writes to a resource, newest first, with what each setting was before and is after.',
    caller: 'member',
    query: resourceChangesQuery,
    answer: json(resourceChangesAnswer),
    conditional: true,
    problems: ['query', 'cursor'],
  },

  'GET /v1/accounts': {
    summary: 'The accounts that the caller may see.',
    caller: 'member',
    answer: json(accounts),
  },
  'PATCH /v1/accounts/{id}': {
    summary: 'Changes the alias of an account, or how long its events are kept.',
    caller: 'admin',
    body: { kind: 'json', schema: accountChange },
    answer: json(account),
  },
  'DELETE /v1/accounts/{id}': {
    summary: 'Deletes the events of the demo company, a part at a time; no other account’s can be.',
    caller: 'admin',
    answer: json(removal),
    problems: ['state'],
  },

  'GET /v1/members': {
    summary: 'Everybody who may use Sidetrail.',
    caller: 'admin',
    answer: json(members),
  },
  'POST /v1/members': {
    summary: 'Adds a member; make a token for them next.',
    caller: 'admin',
    body: { kind: 'json', schema: newMember },
    answer: created(member),
    problems: ['state'],
  },
  'GET /v1/members/{id}': {
    summary: 'One member.',
    caller: 'admin',
    answer: json(member),
  },
  'PATCH /v1/members/{id}': {
    summary: 'Changes what is named of a member.',
    caller: 'admin',
    body: { kind: 'json', schema: memberChange },
    answer: json(member),
    problems: ['state'],
  },
  'DELETE /v1/members/{id}': {
    summary: 'Removes a member and their tokens.',
    caller: 'admin',
    answer: NOTHING,
    problems: ['state'],
  },

  'GET /v1/teams': {
    summary: 'Every team.',
    caller: 'admin',
    answer: json(teams),
  },
  'POST /v1/teams': {
    summary: 'Adds a team: those who lead it see what its operators did.',
    caller: 'admin',
    body: { kind: 'json', schema: newTeam },
    answer: created(team),
    problems: ['state'],
  },
  'GET /v1/teams/{id}': {
    summary: 'One team.',
    caller: 'admin',
    answer: json(team),
  },
  'PATCH /v1/teams/{id}': {
    summary: 'Changes what is named of a team.',
    caller: 'admin',
    body: { kind: 'json', schema: teamChange },
    answer: json(team),
  },
  'DELETE /v1/teams/{id}': {
    summary: 'Removes a team; its operators and their events stay.',
    caller: 'admin',
    answer: NOTHING,
  },

  'GET /v1/rules': {
    summary: 'Which operations are sensitive: the rules that come with Sidetrail, and your own.',
    caller: 'member',
    answer: json(rules),
  },
  'POST /v1/rules': {
    summary: 'Adds a rule; stored events are looked at anew by and by.',
    caller: 'admin',
    body: { kind: 'json', schema: newRule },
    answer: created(rule),
    problems: ['query', 'state'],
  },
  'POST /v1/rules/preview': {
    summary: 'Which events a rule would find, and whose they are.',
    caller: 'admin',
    body: { kind: 'json', schema: previewAsked },
    answer: json(rulePreview),
    problems: ['query'],
  },
  'GET /v1/rules/{id}': {
    summary: 'One rule.',
    caller: 'member',
    answer: json(rule),
  },
  'PATCH /v1/rules/{id}': {
    summary: 'Changes what is named of a rule; of a shipped one only `severity` and `on`.',
    caller: 'admin',
    body: { kind: 'json', schema: ruleChange },
    answer: json(rule),
    problems: ['query', 'state'],
  },
  'DELETE /v1/rules/{id}': {
    summary: 'Removes a rule; a shipped one can only be switched off.',
    caller: 'admin',
    answer: NOTHING,
    problems: ['state'],
  },

  'GET /v1/networks': {
    summary: 'The networks that are inside.',
    caller: 'member',
    answer: json(networks),
  },
  'POST /v1/networks': {
    summary: 'Adds a network that is inside; stored events are looked at anew by and by.',
    caller: 'admin',
    body: { kind: 'json', schema: newNetwork },
    answer: created(network),
    problems: ['state'],
  },
  'GET /v1/networks/{id}': {
    summary: 'One network.',
    caller: 'member',
    answer: json(network),
  },
  'PATCH /v1/networks/{id}': {
    summary: 'Changes what is named of a network.',
    caller: 'admin',
    body: { kind: 'json', schema: networkChange },
    answer: json(network),
    problems: ['state'],
  },
  'DELETE /v1/networks/{id}': {
    summary: 'Removes a network.',
    caller: 'admin',
    answer: NOTHING,
  },

  'GET /v1/tracks': {
    summary: 'The tracking sets: what each delivers where, and how that goes.',
    caller: 'member',
    answer: json(tracks),
  },
  'POST /v1/tracks': {
    summary: 'Adds a tracking set: what comes in from then on, and of the past what is asked, is delivered.',
    caller: 'admin',
    body: { kind: 'json', schema: newTrack },
    answer: created(track),
    problems: ['query', 'state'],
  },
  'GET /v1/tracks/{id}': {
    summary: 'One tracking set.',
    caller: 'member',
    answer: json(track),
  },
  'PATCH /v1/tracks/{id}': {
    summary: 'Changes what is named of a tracking set; a target is given whole, with its credential.',
    caller: 'admin',
    body: { kind: 'json', schema: trackChange },
    answer: json(track),
    problems: ['query', 'state'],
  },
  'DELETE /v1/tracks/{id}': {
    summary: 'Removes a tracking set; what it delivered stays where it is.',
    caller: 'admin',
    answer: NOTHING,
  },
  'GET /v1/tracks/{id}/deliveries': {
    summary: 'What a tracking set delivers, newest first.',
    caller: 'admin',
    query: pageQuery,
    answer: json(deliveries),
  },
  'GET /v1/tracks/{id}/changes': {
    summary: 'Who changed a tracking set, when and how, newest first; also of one that was removed.',
    caller: 'admin',
    query: pageQuery,
    answer: json(trackHistory),
  },
  'POST /v1/tracks/{id}/test': {
    summary: 'Sends a made-up event to where a tracking set delivers to, and says what came of it.',
    caller: 'admin',
    answer: json(testDelivery),
  },
  'POST /v1/tracks/{id}/replay': {
    summary: 'Attempts again what was given up.',
    caller: 'admin',
    answer: json(replayed),
  },

  'POST /v1/tracks/{id}/cls-alarm': {
    summary: 'Makes an alarm policy in CLS, with who it tells, on the topic that the set delivers to.',
    caller: 'admin',
    body: { kind: 'json', schema: clsAlarmAsked },
    answer: created(clsAlarmMade),
    problems: ['query', 'state'],
  },

  'GET /v1/alarms': {
    summary: 'Which events somebody must be told about: the policies that concern the caller.',
    caller: 'member',
    answer: json(alarms),
  },
  'POST /v1/alarms': {
    summary: 'Adds an alarm policy, which asks what comes in from now on.',
    caller: 'admin',
    body: { kind: 'json', schema: newAlarm },
    answer: created(alarm),
    problems: ['query', 'state'],
  },
  'POST /v1/alarms/preview': {
    summary: 'When an alarm policy would have fired in the last 30 days.',
    caller: 'admin',
    body: { kind: 'json', schema: alarmPreviewAsked },
    answer: json(alarmPreview),
    problems: ['query'],
  },
  'GET /v1/alarms/{id}': {
    summary: 'One alarm policy.',
    caller: 'member',
    answer: json(shownAlarm),
  },
  'PATCH /v1/alarms/{id}': {
    summary: 'Changes what is named of an alarm policy; of a shipped one not what it asks.',
    caller: 'admin',
    body: { kind: 'json', schema: alarmChange },
    answer: json(alarm),
    problems: ['query', 'state'],
  },
  'DELETE /v1/alarms/{id}': {
    summary: 'Removes an alarm policy, but not its alerts; a shipped one can only be switched off.',
    caller: 'admin',
    answer: NOTHING,
    problems: ['state'],
  },
  'GET /v1/alarms/{id}/changes': {
    summary: 'Who changed an alarm policy, when and how, newest first; also of one that was removed.',
    caller: 'admin',
    query: pageQuery,
    answer: json(alarmHistory),
  },

  'GET /v1/alerts': {
    summary: 'What alarm policies found, newest first: alerts all of whose events the caller may see.',
    caller: 'member',
    query: alertsQuery,
    answer: json(alerts),
    problems: ['cursor'],
  },
  'GET /v1/alerts/{id}': {
    summary: 'One alert, with examples of its events.',
    caller: 'member',
    answer: json(alertWithEvents),
  },
  'POST /v1/alerts/{id}/acknowledge': {
    summary: 'Says that somebody takes care of an alert: only its end is told then; for auditors and admins.',
    caller: 'member',
    answer: json(alert),
  },
  'DELETE /v1/alerts/{id}/acknowledge': {
    summary: 'Says that nobody takes care of an alert after all; for auditors and admins.',
    caller: 'member',
    answer: json(alert),
  },
  'POST /v1/alerts/{id}/mute': {
    summary: 'Tells nobody about what an alert is about until a time; for auditors and admins.',
    caller: 'member',
    body: { kind: 'json', schema: muting },
    answer: json(alert),
  },
  'DELETE /v1/alerts/{id}/mute': {
    summary: 'Ends a mute before its time; for auditors and admins.',
    caller: 'member',
    answer: json(alert),
  },
  'POST /v1/alerts/{id}/expected': {
    summary: 'Tells nobody about what an alert is about any more; for auditors and admins.',
    caller: 'member',
    answer: json(alert),
  },
  'DELETE /v1/alerts/{id}/expected': {
    summary: 'Says that what an alert is about is not expected after all; for auditors and admins.',
    caller: 'member',
    answer: json(alert),
  },

  'GET /v1/channels': {
    summary: 'Where messages about alerts go, and whether they arrive.',
    caller: 'admin',
    answer: json(channels),
  },
  'POST /v1/channels': {
    summary: 'Adds a channel: a chat robot, or an address of your own.',
    caller: 'admin',
    body: { kind: 'json', schema: newChannel },
    answer: created(channel),
    problems: ['state'],
  },
  'GET /v1/channels/{id}': {
    summary: 'One channel.',
    caller: 'admin',
    answer: json(channel),
  },
  'PATCH /v1/channels/{id}': {
    summary: 'Changes what is named of a channel; what waits for it is sent at once to a new address.',
    caller: 'admin',
    body: { kind: 'json', schema: channelChange },
    answer: json(channel),
  },
  'DELETE /v1/channels/{id}': {
    summary: 'Removes a channel that no alarm policy names, with the messages that wait for it.',
    caller: 'admin',
    answer: NOTHING,
    problems: ['state'],
  },
  'GET /v1/channels/{id}/changes': {
    summary: 'Who changed a channel, when and how, newest first; also of one that was removed.',
    caller: 'admin',
    query: pageQuery,
    answer: json(channelHistory),
  },
  'POST /v1/channels/{id}/test': {
    summary: 'Sends a made-up message to a channel, and says what came of it.',
    caller: 'admin',
    answer: json(channelTest),
  },

  'GET /v1/tokens': {
    summary: 'The caller’s tokens; for an admin everybody’s.',
    caller: 'member',
    answer: json(tokens),
  },
  'POST /v1/tokens': {
    summary: 'Makes a token, shown once; for others, and for ingest, only an admin does.',
    caller: 'member',
    body: { kind: 'json', schema: newToken },
    answer: created(issuedToken),
  },
  'DELETE /v1/tokens/{id}': {
    summary: 'Ends a token at once.',
    caller: 'member',
    answer: NOTHING,
  },

  'GET /v1/openapi.json': {
    summary: 'This interface as an OpenAPI document.',
    caller: 'anyone',
    answer: json(openapi),
  },
} as const satisfies Record<string, Route>;

export type Contract = typeof contract;
export type RouteName = keyof Contract;

/** Routes that answer with JSON. */
export type JsonRoute = {
  [R in RouteName]: Contract[R]['answer'] extends { kind: 'json' } ? R : never;
}[RouteName];

/** The JSON body that a route answers with; null where it has none. */
export type AnswerOf<R extends RouteName> = Contract[R]['answer'] extends {
  schema: infer S extends v.GenericSchema;
}
  ? v.InferOutput<S>
  : null;

function json<S extends v.GenericSchema>(schema: S): { kind: 'json'; status: 200; schema: S } {
  return { kind: 'json', status: 200, schema };
}

function created<S extends v.GenericSchema>(schema: S): { kind: 'json'; status: 201; schema: S } {
  return { kind: 'json', status: 201, schema };
}
