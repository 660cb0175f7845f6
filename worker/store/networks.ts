/** Networks that are inside. */
import {
  MAX_ALL_CIDRS,
  MAX_NETWORKS,
  network as networkSchema,
  type Network,
  type NetworkChange,
} from '../../shared/api/networks.ts';
import { fromJson, maybeText, rows, run, text, type Row, type Store } from './meter.ts';

const { cidrs } = networkSchema.entries;

/** The statement whose rows `readNetwork` reads: every network. */
export function networksOf(store: Store): D1PreparedStatement {
  return store.db.prepare(`SELECT * FROM network ORDER BY id`);
}

export function readNetwork(row: Row): Network {
  const [from, to] = [maybeText(row, 'valid_from'), maybeText(row, 'valid_to')];
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    cidrs: fromJson(row, 'cidrs', cidrs),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

/** One network. */
export async function findNetwork(store: Store, id: string): Promise<Network | undefined> {
  const [found] = await run(store, [store.db.prepare(BY_ID).bind(id)]);
  return rows(found, readNetwork)[0];
}

/** `full`: there are as many networks, or CIDRs in them, as there may be. */
export async function addNetwork(store: Store, network: Network): Promise<'added' | 'taken' | 'full'> {
  const { id, name, cidrs: own, from, to } = network;
  const [known, added] = await run(store, [
    store.db.prepare(BY_ID).bind(id),
    store.db.prepare(INSERT).bind(id, name, JSON.stringify(own), from ?? null, to ?? null),
  ]);
  if (known?.results.length !== 0) return 'taken';
  return added?.results.length === 1 ? 'added' : 'full';
}

/**
 * Changes what is named of a network and gives it as it is then; the rest stays, whoever changes that meanwhile.
 * `full`: too many CIDRs. `never`: it would end before it begins.
 */
export async function changeNetwork(
  store: Store,
  id: string,
  { name, cidrs: own, from, to }: NetworkChange,
): Promise<Network | 'missing' | 'full' | 'never'> {
  const { db } = store;
  const bound = [
    id,
    name ?? null,
    own === undefined ? null : JSON.stringify(own),
    Number(from !== undefined),
    from ?? null,
    Number(to !== undefined),
    to ?? null,
  ] as const;
  const [known, room, changed] = await run(store, [
    db.prepare(BY_ID).bind(id),
    db.prepare(HAS_ROOM).bind(id, bound[2]),
    db.prepare(UPDATE).bind(...bound),
  ]);
  const [network] = rows(changed, readNetwork);
  if (network !== undefined) return network;
  if (known?.results.length === 0) return 'missing';
  return room?.results.length === 0 ? 'full' : 'never';
}

/** Removes a network; false where there is none. */
export async function removeNetwork(store: Store, id: string): Promise<boolean> {
  const [removed] = await run(store, [
    store.db.prepare(`DELETE FROM network WHERE id = ?1 RETURNING id`).bind(id),
  ]);
  return removed?.results.length === 1;
}

const BY_ID = `SELECT * FROM network WHERE id = ?1`;

const ROOM = (own: string): string => `
  (SELECT coalesce(sum(json_array_length(cidrs)), 0) FROM network WHERE id <> ?1)
    + coalesce(json_array_length(${own}), 0) <= ${MAX_ALL_CIDRS}`;

const INSERT = `
  INSERT INTO network (id, name, cidrs, valid_from, valid_to) SELECT ?1, ?2, ?3, ?4, ?5
  WHERE (SELECT count(*) FROM network) < ${MAX_NETWORKS} AND ${ROOM('?3')}
  ON CONFLICT (id) DO NOTHING RETURNING id`;

const HAS_ROOM = `SELECT 1 AS room WHERE ${ROOM('?2')}`;

const UPDATE = `
  UPDATE network SET name = coalesce(?2, name), cidrs = coalesce(?3, cidrs),
    valid_from = iif(?4, ?5, valid_from), valid_to = iif(?6, ?7, valid_to)
  WHERE id = ?1 AND (?3 IS NULL OR ${ROOM('?3')})
    AND coalesce(iif(?4, ?5, valid_from) < iif(?6, ?7, valid_to), 1) RETURNING *`;
