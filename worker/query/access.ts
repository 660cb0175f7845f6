/** Where operators worked from, and who changed what keeps them in. */
import { MAX_FENCE, type Whereabouts } from '../../shared/api/access.ts';
import { isFence } from '../../shared/catalogue/fence.ts';
import type { Part } from '../../shared/columns/group.ts';
import { testOf } from '../../shared/columns/select.ts';
import type { EventSummary } from '../../shared/event/event.ts';
import { parseNetwork } from '../../shared/query/address.ts';
import type { ResolvedQuery } from '../../shared/query/query.ts';
import { rows, run, type Store } from '../store/meter.ts';
import { networksOf, readNetwork } from '../store/networks.ts';
import { readPlaces } from '../store/places.ts';
import type { Scope } from '../store/scope.ts';
import { newestFirst } from './by-operator.ts';
import { narrowed } from './narrow.ts';
import { newestRows } from './newest.ts';
import { pageOf, type Place } from './page.ts';
import { scan, type Scan } from './scan.ts';
import { everybodyIn, WHEREABOUTS_FIELDS, whereaboutsOf } from './whereabouts.ts';

export interface AccessAsked {
  query: ResolvedQuery;
  scope: Scope;
  /** Row id below which events are counted. */
  before?: number;
  limit: number;
  /** Where the page begins; the first where absent. */
  after?: Place;
}

export interface Access extends Omit<Scan, 'parts'> {
  access: Whereabouts[];
  /** Newest first; on the first page only. */
  fence: EventSummary[];
  /** How many are defined. */
  networks: number;
  /** Where the next page begins. */
  after?: Place;
}

/** A page of where operators worked from, who was outside most first. Two round trips, one after the other. */
export async function accessOf(store: Store, asked: AccessAsked): Promise<Access> {
  const { query, scope, before, after: begun } = asked;
  const [{ parts, ...found }, [stored]] = await Promise.all([
    scan(store, { query, scope, fields: WHEREABOUTS_FIELDS, ...(before === undefined ? {} : { before }) }),
    run(store, [networksOf(store)]),
  ]);
  const networks = rows(stored, readNetwork).map((network) => ({
    ...network,
    cidrs: network.cidrs.flatMap((cidr) => parseNetwork(cidr) ?? []),
  }));
  const { shown, after } = pageOf(everybodyIn(parts), asked, ({ outside, last, identity }) => {
    return { at: outside, key: `${newestFirst(last)} ${identity}` };
  });
  const fence = begun === undefined ? await readPlaces(store, scope, fenceIn(parts)) : [];
  return {
    access: shown.map((somebody) => whereaboutsOf(somebody, networks)),
    fence: fence.map(({ summary }) => summary),
    networks: networks.length,
    ...found,
    ...(after === undefined ? {} : { after }),
  };
}

/** The row ids of the newest changes of the fence. */
function fenceIn(parts: readonly Part[]): number[] {
  return newestRows(
    narrowed(parts, (day) => [testOf(day, 'call', isFence)]),
    MAX_FENCE,
  );
}
