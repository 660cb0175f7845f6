/** The shapes that have a name in the document of the interface. */
import type * as v from 'valibot';
import { clsAlarmAsked, clsAlarmMade } from './cls-alarm.ts';
import { access, whereabouts } from './access.ts';
import { account, accountChange, accounts, removal } from './accounts.ts';
import {
  alarm,
  alarmChange,
  alarmHistory,
  alarmPreview,
  alarmPreviewAsked,
  alarms,
  alertGroup,
  newAlarm,
  schedule,
  shownAlarm,
} from './alarms.ts';
import { alert, alerts, alertWithEvents, muting } from './alerts.ts';
import { changes, gone } from './changes.ts';
import { channel, channelChange, channelHistory, channels, channelTest, newChannel } from './channels.ts';
import { progress } from './classification.ts';
import { arrival, coverage } from './coverage.ts';
import { event, eventError, eventSummary, operator, person, resource } from './event.ts';
import { ingested } from './ingest.ts';
import { events } from './lists.ts';
import { member, memberChange, members, newMember } from './members.ts';
import { facet, facets } from './facets.ts';
import { actor, operatorAnswers, operators } from './operators.ts';
import { operatorRef } from './parts.ts';
import { resourceList, touchedResource, toucher } from './resource-list.ts';
import {
  ambiguous,
  identifiedResource,
  resourceAnswer,
  resourceCard,
  resourceChanges,
  resourceChangesAnswer,
  settingChange,
} from './resources.ts';
import { network, networkChange, networks, newNetwork } from './networks.ts';
import { newRule, previewAsked, rule, ruleChange, rulePreview, rules } from './rules.ts';
import { denial, failedCall, policy, problems } from './problems.ts';
import { backfill, backfillAsked, readSource, sourceProblem, sources } from './sources.ts';
import { deadLetter, deadLetters, fullStatus, me, scopedStatus, status, warning } from './status.ts';
import { purchaser, purchases } from './purchases.ts';
import { newTeam, team, teamChange, teams } from './teams.ts';
import { bucket, timeline } from './timeline.ts';
import { target } from './targets.ts';
import { issuedToken, newToken, token, tokens } from './tokens.ts';
import {
  deliveries,
  delivery,
  deliveryProblem,
  newTrack,
  replayed,
  testDelivery,
  track,
  trackChange,
  trackHistory,
  tracks,
} from './tracks.ts';

export const models = {
  Me: me,
  Status: status,
  FullStatus: fullStatus,
  ScopedStatus: scopedStatus,
  Sources: sources,
  ReadSource: readSource,
  Warning: warning,
  SourceProblem: sourceProblem,
  Backfill: backfill,
  BackfillAsked: backfillAsked,
  DeadLetters: deadLetters,
  DeadLetter: deadLetter,
  Events: events,
  Event: event,
  EventSummary: eventSummary,
  Operator: operator,
  Person: person,
  Resource: resource,
  EventError: eventError,
  Ingested: ingested,
  Changes: changes,
  Gone: gone,
  Problems: problems,
  FailedCall: failedCall,
  Denial: denial,
  Policy: policy,
  Access: access,
  Whereabouts: whereabouts,
  Coverage: coverage,
  Arrival: arrival,
  OperatorRef: operatorRef,
  Timeline: timeline,
  Bucket: bucket,
  Facets: facets,
  Facet: facet,
  Operators: operators,
  Actor: actor,
  OperatorAnswers: operatorAnswers,
  TouchedResources: resourceList,
  TouchedResource: touchedResource,
  Toucher: toucher,
  ResourceAnswer: resourceAnswer,
  ResourceCard: resourceCard,
  ResourceChangesAnswer: resourceChangesAnswer,
  ResourceChanges: resourceChanges,
  SettingChange: settingChange,
  IdentifiedResource: identifiedResource,
  AmbiguousResource: ambiguous,
  Accounts: accounts,
  Account: account,
  AccountChange: accountChange,
  Removal: removal,
  Purchases: purchases,
  Purchaser: purchaser,
  Members: members,
  Member: member,
  NewMember: newMember,
  MemberChange: memberChange,
  Teams: teams,
  Team: team,
  NewTeam: newTeam,
  TeamChange: teamChange,
  Rules: rules,
  Rule: rule,
  NewRule: newRule,
  RuleChange: ruleChange,
  PreviewAsked: previewAsked,
  RulePreview: rulePreview,
  Networks: networks,
  Network: network,
  NewNetwork: newNetwork,
  NetworkChange: networkChange,
  Progress: progress,
  Tracks: tracks,
  Track: track,
  NewTrack: newTrack,
  TrackChange: trackChange,
  Target: target,
  Deliveries: deliveries,
  Delivery: delivery,
  DeliveryProblem: deliveryProblem,
  TrackHistory: trackHistory,
  TestDelivery: testDelivery,
  Replayed: replayed,
  Alarms: alarms,
  Alarm: alarm,
  ShownAlarm: shownAlarm,
  NewAlarm: newAlarm,
  AlarmChange: alarmChange,
  AlarmHistory: alarmHistory,
  AlarmPreviewAsked: alarmPreviewAsked,
  AlarmPreview: alarmPreview,
  Schedule: schedule,
  Alerts: alerts,
  Alert: alert,
  AlertWithEvents: alertWithEvents,
  AlertGroup: alertGroup,
  Muting: muting,
  Channels: channels,
  Channel: channel,
  NewChannel: newChannel,
  ChannelChange: channelChange,
  ChannelHistory: channelHistory,
  ChannelTest: channelTest,
  Tokens: tokens,
  Token: token,
  IssuedToken: issuedToken,
  NewToken: newToken,
  ClsAlarmAsked: clsAlarmAsked,
  ClsAlarmMade: clsAlarmMade,
} satisfies Record<string, v.GenericSchema>;

export type ModelName = keyof typeof models;
