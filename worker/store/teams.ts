/** Teams: sets of operators that somebody leads. */
import { team as teamSchema, type Team } from '../../shared/api/teams.ts';
import { fromJson, rows, run, text, type Row, type Store } from './meter.ts';

const { operators, leads } = teamSchema.entries;

export function readTeam(row: Row): Team {
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    operators: fromJson(row, 'operators', operators),
    leads: fromJson(row, 'leads', leads),
  };
}

export async function listTeams(store: Store): Promise<Team[]> {
  const [found] = await run(store, [store.db.prepare(`SELECT * FROM team ORDER BY id`)]);
  return rows(found, readTeam);
}

export async function findTeam(store: Store, id: string): Promise<Team | undefined> {
  const [found] = await run(store, [store.db.prepare(`SELECT * FROM team WHERE id = ?1`).bind(id)]);
  return rows(found, readTeam)[0];
}

/** Adds a team; false where the id is taken. */
export async function addTeam(store: Store, team: Team): Promise<boolean> {
  const [added] = await run(store, [
    store.db
      .prepare(
        `INSERT INTO team (id, name, operators, leads) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO NOTHING`,
      )
      .bind(...bound(team)),
  ]);
  return added?.meta.changes === 1;
}

/** Stores a team that exists. */
export async function replaceTeam(store: Store, team: Team): Promise<void> {
  await run(store, [
    store.db
      .prepare(`UPDATE team SET name = ?2, operators = ?3, leads = ?4 WHERE id = ?1`)
      .bind(...bound(team)),
  ]);
}

/** Removes a team; false where there is none. */
export async function removeTeam(store: Store, id: string): Promise<boolean> {
  const [removed] = await run(store, [store.db.prepare(`DELETE FROM team WHERE id = ?1`).bind(id)]);
  return removed?.meta.changes === 1;
}

function bound({ id, name, operators: members, leads: leaders }: Team): string[] {
  return [id, name, JSON.stringify(members), JSON.stringify(leaders)];
}
