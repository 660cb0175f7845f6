/** The shapes that have a name in the document of the interface. */
import type * as v from 'valibot';
import { access, whereabouts } from './access.ts';
import { account, accountChange, accounts, removal } from './accounts.ts';
import { changes, gone } from './changes.ts';
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
import { deadLetter, deadLetters, fullStatus, me, scopedStatus, status } from './status.ts';
import { purchaser, purchases } from './purchases.ts';
import { newTeam, team, teamChange, teams } from './teams.ts';
import { bucket, timeline } from './timeline.ts';
import { issuedToken, newToken, token, tokens } from './tokens.ts';

export const models = {
  Me: me,
  Status: status,
  FullStatus: fullStatus,
  ScopedStatus: scopedStatus,
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
  Tokens: tokens,
  Token: token,
  IssuedToken: issuedToken,
  NewToken: newToken,
} satisfies Record<string, v.GenericSchema>;

export type ModelName = keyof typeof models;
