/** /v1/members: who may use Sidetrail. */
import type { IRequest } from 'itty-router';
import { memberChange, newMember } from '../../shared/api/members.ts';
import { ADMIN } from '../access/authenticate.ts';
import { newId } from '../access/tokens.ts';
import { addMember, findMember, listMembers, removeMember, replaceMember } from '../store/members.ts';
import { answer } from './answer.ts';
import type { ByMember } from './context.ts';
import { body, pathId } from './params.ts';
import { notFound, problem } from './problem.ts';
import { given } from './given.ts';

export async function getMembers(_request: IRequest, { store }: ByMember): Promise<Response> {
  return answer('GET /v1/members', { members: await listMembers(store) });
}

export async function getMember(request: IRequest, { store }: ByMember): Promise<Response> {
  const member = await findMember(store, pathId(request));
  return member ? answer('GET /v1/members/{id}', member) : notFound('such member');
}

export async function createMember(request: IRequest, { store }: ByMember): Promise<Response> {
  const read = await body(request, newMember);
  if (!read.ok) return read.response;
  const member = { ...read.value, id: read.value.id ?? newId() };
  if (!(await addMember(store, member))) {
    return problem({ kind: 'state', detail: `There is a member ${member.id} already.` });
  }
  return answer('POST /v1/members', member, { location: `/v1/members/${member.id}` });
}

export async function changeMember(request: IRequest, { store }: ByMember): Promise<Response> {
  const read = await body(request, memberChange);
  if (!read.ok) return read.response;
  const member = await findMember(store, pathId(request));
  if (member === undefined) return notFound('such member');
  if (member.id === ADMIN && (read.value.role ?? 'admin') !== 'admin') return adminStays();
  const changed = { ...member, ...given(read.value) };
  await replaceMember(store, changed);
  return answer('PATCH /v1/members/{id}', changed);
}

export async function deleteMember(request: IRequest, { store }: ByMember): Promise<Response> {
  const id = pathId(request);
  if (id === ADMIN) return adminStays();
  return (await removeMember(store, id)) ? new Response(null, { status: 204 }) : notFound('such member');
}

function adminStays(): Response {
  return problem({
    kind: 'state',
    detail: `The member ${ADMIN} stands for SIDETRAIL_ADMIN_TOKEN and stays an admin.`,
  });
}
