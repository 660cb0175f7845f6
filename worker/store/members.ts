/** Members: who may use Sidetrail. */
import * as v from 'valibot';
import { member as memberSchema, type Member } from '../../shared/api/members.ts';
import { fromJson, rows, run, text, type Row, type Store } from './meter.ts';

const { role, accounts, operators } = memberSchema.entries;

export function readMember(row: Row): Member {
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    role: v.parse(role, row['role']),
    accounts: fromJson(row, 'accounts', accounts),
    operators: fromJson(row, 'operators', operators),
  };
}

export async function listMembers(store: Store): Promise<Member[]> {
  const [found] = await run(store, [store.db.prepare(`SELECT * FROM member ORDER BY id`)]);
  return rows(found, readMember);
}

export async function findMember(store: Store, id: string): Promise<Member | undefined> {
  const [found] = await run(store, [store.db.prepare(`SELECT * FROM member WHERE id = ?1`).bind(id)]);
  return rows(found, readMember)[0];
}

/** Adds a member; false where the id is taken. */
export async function addMember(store: Store, member: Member): Promise<boolean> {
  const [added] = await run(store, [
    store.db
      .prepare(
        `INSERT INTO member (id, name, role, accounts, operators) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (id) DO NOTHING`,
      )
      .bind(...bound(member)),
  ]);
  return added?.meta.changes === 1;
}

/** Stores a member that exists. */
export async function replaceMember(store: Store, member: Member): Promise<void> {
  await run(store, [
    store.db
      .prepare(`UPDATE member SET name = ?2, role = ?3, accounts = ?4, operators = ?5 WHERE id = ?1`)
      .bind(...bound(member)),
  ]);
}

/** Removes a member, their tokens, and them as a lead: their id may be somebody else's one day. False where there is none. */
export async function removeMember(store: Store, id: string): Promise<boolean> {
  const [, , removed] = await run(store, [
    store.db.prepare(`DELETE FROM token WHERE member = ?1`).bind(id),
    store.db.prepare(UNLEAD).bind(id),
    store.db.prepare(`DELETE FROM member WHERE id = ?1`).bind(id),
  ]);
  return removed?.meta.changes === 1;
}

const UNLEAD = `
  UPDATE team SET leads = (SELECT json_group_array(value) FROM json_each(team.leads) WHERE value <> ?1)
  WHERE EXISTS (SELECT 1 FROM json_each(team.leads) WHERE value = ?1)`;

function bound({ id, name, role: memberRole, accounts: granted, operators: own }: Member): string[] {
  return [id, name, memberRole, JSON.stringify(granted), JSON.stringify(own)];
}
