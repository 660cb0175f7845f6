/** Who there is: sub-users and roles of an account, from CAM. */

import type { Json } from '../../shared/event/event.ts';
import { isList, isObject, text, type JsonObject } from '../../shared/event/json.ts';
import { callApi, type ApiClient } from './call.ts';
import type { Failed } from './failure.ts';

export interface DirectoryEntry {
  /** Of a user the uin, of a role its id: what records give as `principalId`. */
  id: string;
  name: string;
}

export type Directory = { ok: true; entries: DirectoryEntry[] } | Failed;

const CAM = { service: 'cam', version: '2019-01-16' };
/** The most that a page of roles may hold. */
const PAGE = 200;
/** An account may have far fewer roles; a vendor that never says that it is the last page must not hold us. */
const MAX_PAGES = 100;

/** All sub-users. The vendor gives them in one answer. */
export async function listUsers(client: ApiClient, now: number): Promise<Directory> {
  const answer = await callApi(client, { ...CAM, action: 'ListUsers', payload: '{}' }, now);
  if (!answer.ok) return answer;
  const entries = entriesIn(answer.response['Data'], (user) => ({
    id: text(user['Uin']),
    name: text(user['Name']),
  }));
  return entries ? { ok: true, entries } : unreadable('ListUsers', answer.requestId);
}

/** All roles, page by page. */
export async function listRoles(client: ApiClient, now: number): Promise<Directory> {
  const roles = new Map<string, DirectoryEntry>();
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const payload = JSON.stringify({ Page: page, Rp: PAGE });
    const answer = await callApi(client, { ...CAM, action: 'DescribeRoleList', payload }, now);
    if (!answer.ok) return answer;
    const entries = entriesIn(answer.response['List'], (role) => ({
      id: text(role['RoleId']),
      name: text(role['RoleName']),
    }));
    if (!entries) return unreadable('DescribeRoleList', answer.requestId);
    const before = roles.size;
    for (const role of entries) roles.set(role.id, role);
    // A role that was made meanwhile moves others to the next page; one more page that brings none ends it.
    if (roles.size === before || roles.size >= Number(text(answer.response['TotalNum']))) break;
  }
  return { ok: true, entries: [...roles.values()] };
}

/** The entries of a list that have an id and a name; undefined where it is no list. Null is an empty one. */
function entriesIn(
  list: Json | undefined,
  entryOf: (item: JsonObject) => DirectoryEntry,
): DirectoryEntry[] | undefined {
  const items = list === null ? [] : list;
  if (!isList(items)) return undefined;
  return items
    .filter(isObject)
    .map(entryOf)
    .filter(({ id, name }) => id !== '' && name !== '');
}

function unreadable(action: string, requestId: string): Failed {
  const message = `the answer to ${action} holds no list`;
  return { ok: false, failure: { kind: 'unreadable', code: 'NoList', message, requestId } };
}
