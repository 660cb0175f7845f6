/** One sync: who the token is, what changed since the last one, and more of the first load. */
import { createClient } from '../../../shared/api/client.ts';
import type { Copy, Owner } from '../../cache/copy.ts';
import { readAddress } from '../../protocol/address.ts';
import type { Problem } from '../../protocol/connection.ts';
import type { Held, Keeper } from '../keeper.ts';
import type { Connection, Store } from '../store.ts';
import { askMe, type WorkerPorts } from '../worker.ts';
import { fillOnce } from './fill.ts';
import { follow } from './follow.ts';
import { lookBack } from './reading-back.ts';
import { DAYS, type Progress, type Run } from './step.ts';
import { DAY } from './times.ts';

export interface SyncPorts extends WorkerPorts {
  store: Pick<Store, 'connection'>;
  keeper: Keeper;
  isAllowed: (pattern: string) => Promise<boolean>;
  /** SHA-256 of a text, hex. */
  digest: (text: string) => Promise<string>;
}

export type Synced = { kind: 'done' } | { kind: 'signed-out' } | { kind: 'problem'; problem: Problem };

/** Who the token is is asked again after this long (ms); a change of scope shows at once in the changes. */
const ME_AGE = 3_600_000;

/** Brings the copy up to date. Each request is a step of its own: stopped anywhere, the next run goes on from there. */
export async function syncOnce(ports: SyncPorts): Promise<Synced> {
  const { store, keeper, isAllowed, fetch, now } = ports;
  let epoch = keeper.epoch();
  const connection = await store.connection();
  if (connection === undefined) {
    await keeper.forget();
    return { kind: 'signed-out' };
  }
  const read = readAddress(connection.origin);
  if (read.kind !== 'address' || !(await isAllowed(read.address.pattern))) {
    return { kind: 'problem', problem: { kind: 'permission' } };
  }
  const client = createClient({ url: connection.origin, token: connection.token, fetch });
  for (;;) {
    const begun = await begin(ports, connection, epoch);
    if (begun.kind !== 'begun') return begun;
    ({ epoch } = begun);
    const run = { client, keeper, epoch, now };
    const progress = await goOn(run);
    if (progress.kind === 'end') await lookBack(run);
    if (keeper.epoch() !== epoch) return { kind: 'signed-out' };
    if (progress.kind === 'anew') {
      epoch = await keeper.forget();
      continue;
    }
    if (progress.kind === 'problem' && progress.problem.kind === 'token-refused') await keeper.forget();
    return progress.kind === 'problem' ? progress : { kind: 'done' };
  }
}

/** Follows the changes, then loads one more page of what is older, until there is nothing left of either. */
async function goOn(run: Run): Promise<Progress> {
  for (;;) {
    const followed = await follow(run);
    if (followed.kind !== 'end') return followed;
    const filled = await fillOnce(run);
    if (filled.kind !== 'on') return filled;
  }
}

/** Makes sure that the copy is of whom the token is; gives what keeps it from that, if something does. */
async function begin(
  ports: SyncPorts,
  connection: Connection,
  epoch: number,
): Promise<Synced | { kind: 'begun'; epoch: number }> {
  const { keeper, now, digest } = ports;
  const token = await digest(connection.token);
  const { copy } = await keeper.held();
  const isKnown = copy !== undefined && isOwned(copy, connection, token) && now() - copy.meAt < ME_AGE;
  if (isKnown) return { kind: 'begun', epoch };

  const asked = await askMe(connection, ports);
  // Who signed out in the meantime is not to leave anything behind.
  if (keeper.epoch() !== epoch) return { kind: 'signed-out' };
  if (!asked.ok) {
    const mayNotShow = asked.problem.kind === 'token-refused' || (copy && !isOwned(copy, connection, token));
    if (mayNotShow) await keeper.forget();
    return { kind: 'problem', problem: asked.problem };
  }
  const { me, at } = asked.facts;
  const owner: Owner = { origin: connection.origin, token, member: me.member.id, scope: me.scope.hash };
  const facts = { owner, me, coverage: me.coverage.sources, lastGood: at, meAt: at };
  if (copy !== undefined && isSame(copy.owner, owner)) {
    await keeper.step(epoch, { copy: { ...copy, ...facts } });
    return { kind: 'begun', epoch };
  }
  const begun = copy === undefined ? epoch : await keeper.forget();
  const until = (Math.floor(at / 1000 / DAY) - DAYS + 1) * DAY;
  const filling = { until, cursor: null, done: 0 };
  const fresh: Copy = { ...facts, changes: { cursor: me.cursor }, from: null, filling };
  await keeper.step(begun, { copy: fresh });
  return { kind: 'begun', epoch: begun };
}

function isOwned({ owner }: Copy, { origin }: Connection, token: string): boolean {
  return owner.origin === origin && owner.token === token;
}

function isSame(one: Owner, other: Owner): boolean {
  return one.origin === other.origin && one.member === other.member && one.scope === other.scope;
}

/** How long after the last answer of its Worker (ms) the copy is still opened. */
const SHOWN_FOR = 72 * 3_600_000;

/** What of the copy may be shown to who holds this connection: all of it or nothing. `digest` is of its token. */
export function shownTo(held: Held, connection: Connection, digest: string, now: number): Held | undefined {
  const { copy } = held;
  if (copy === undefined || !isOwned(copy, connection, digest)) return undefined;
  return now - copy.lastGood <= SHOWN_FOR ? held : undefined;
}
