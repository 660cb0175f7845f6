/** The shapes that have a name in the document of the interface. */
import type * as v from 'valibot';
import { account, accountChange, accounts, removal } from './accounts.ts';
import { changes, gone } from './changes.ts';
import { arrival, coverage } from './coverage.ts';
import { event, eventError, eventSummary, operator, person, resource } from './event.ts';
import { ingested } from './ingest.ts';
import { events } from './lists.ts';
import { member, memberChange, members, newMember } from './members.ts';
import { operatorRef } from './parts.ts';
import { deadLetter, deadLetters, fullStatus, me, scopedStatus, status } from './status.ts';
import { newTeam, team, teamChange, teams } from './teams.ts';
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
  Coverage: coverage,
  Arrival: arrival,
  OperatorRef: operatorRef,
  Accounts: accounts,
  Account: account,
  AccountChange: accountChange,
  Removal: removal,
  Members: members,
  Member: member,
  NewMember: newMember,
  MemberChange: memberChange,
  Teams: teams,
  Team: team,
  NewTeam: newTeam,
  TeamChange: teamChange,
  Tokens: tokens,
  Token: token,
  IssuedToken: issuedToken,
  NewToken: newToken,
} satisfies Record<string, v.GenericSchema>;

export type ModelName = keyof typeof models;
