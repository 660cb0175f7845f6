/** Every route of /v1: who may call it, what it takes, what it gives. The document and the checks come from here. */
import * as v from 'valibot';
import { accountChange, account, accounts, removal } from './accounts.ts';
import { changes, changesQuery } from './changes.ts';
import { event } from './event.ts';
import { ingested, ingestQuery, RECORD_MEDIA_TYPES } from './ingest.ts';
import { events, eventsQuery, exportQuery } from './lists.ts';
import { member, memberChange, members, newMember } from './members.ts';
import type { Route } from './route.ts';
import { deadLetters, deadLettersQuery, me, status } from './status.ts';
import { newTeam, team, teamChange, teams } from './teams.ts';
import { issuedToken, newToken, tokens } from './tokens.ts';

const NOTHING = { kind: 'nothing', status: 204 } as const;

/** An OpenAPI document; what is in it is theirs to say. */
const openapi = v.looseObject({ openapi: v.string() });

export const contract = {
  'GET /v1/me': {
    summary: 'Who calls, what they may see, and where following the changes begins.',
    caller: 'member',
    answer: json(me),
  },
  'GET /v1/status': {
    summary: 'How fresh and how whole the picture is.',
    caller: 'member',
    answer: json(status),
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
    problems: ['query', 'cursor'],
  },
  'POST /v1/events': {
    summary: 'Takes records in, in any form that CloudAudit gives them, plain or gzip.',
    caller: 'sender',
    query: ingestQuery,
    body: { kind: 'records', mediaTypes: RECORD_MEDIA_TYPES },
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
