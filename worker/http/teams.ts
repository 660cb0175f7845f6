/** /v1/teams: sets of operators that somebody leads. */
import type { IRequest } from 'itty-router';
import { newTeam, teamChange, type Team } from '../../shared/api/teams.ts';
import { newId } from '../access/tokens.ts';
import { listMembers } from '../store/members.ts';
import type { Store } from '../store/meter.ts';
import { addTeam, findTeam, listTeams, removeTeam, replaceTeam } from '../store/teams.ts';
import { answer } from './answer.ts';
import type { ByMember } from './context.ts';
import { given } from './given.ts';
import { body, pathId } from './params.ts';
import { notFound, problem, schemaProblem } from './problem.ts';

export async function getTeams(_request: IRequest, { store }: ByMember): Promise<Response> {
  return answer('GET /v1/teams', { teams: await listTeams(store) });
}

export async function getTeam(request: IRequest, { store }: ByMember): Promise<Response> {
  const team = await findTeam(store, pathId(request));
  return team ? answer('GET /v1/teams/{id}', team) : notFound('such team');
}

export async function createTeam(request: IRequest, { store }: ByMember): Promise<Response> {
  const read = await body(request, newTeam);
  if (!read.ok) return read.response;
  const team = { ...read.value, id: read.value.id ?? newId() };
  const stranger = await unknownLead(store, team);
  if (stranger !== undefined) return noSuchLead(stranger);
  if (!(await addTeam(store, team))) {
    return problem({ kind: 'state', detail: `There is a team ${team.id} already.` });
  }
  return answer('POST /v1/teams', team, { location: `/v1/teams/${team.id}` });
}

export async function changeTeam(request: IRequest, { store }: ByMember): Promise<Response> {
  const read = await body(request, teamChange);
  if (!read.ok) return read.response;
  const team = await findTeam(store, pathId(request));
  if (team === undefined) return notFound('such team');
  const changed = { ...team, ...given(read.value) };
  const stranger = await unknownLead(store, changed);
  if (stranger !== undefined) return noSuchLead(stranger);
  await replaceTeam(store, changed);
  return answer('PATCH /v1/teams/{id}', changed);
}

export async function deleteTeam(request: IRequest, { store }: ByMember): Promise<Response> {
  const removed = await removeTeam(store, pathId(request));
  return removed ? new Response(null, { status: 204 }) : notFound('such team');
}

async function unknownLead(store: Store, { leads }: Team): Promise<string | undefined> {
  if (leads.length === 0) return undefined;
  const known = new Set((await listMembers(store)).map(({ id }) => id));
  return leads.find((lead) => !known.has(lead));
}

function noSuchLead(lead: string): Response {
  return schemaProblem([{ at: 'leads', message: `there is no member ${lead}` }]);
}
