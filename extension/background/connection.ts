/** Connecting to a Worker, looking again, and signing out. */
import { readAddress } from '../protocol/address.ts';
import type { Credentials, Outcome, Saved } from '../protocol/connection.ts';
import { isToken } from '../protocol/token.ts';
import type { Connection, Store } from './store.ts';
import { askMe, type WorkerPorts } from './worker.ts';

export interface Ports extends WorkerPorts {
  store: Store;
  /** Whether the extension may talk to the hosts of a match pattern. */
  isAllowed(pattern: string): Promise<boolean>;
  /** Gives a permission back. */
  release(pattern: string): Promise<void>;
}

/** The connection that is kept, if one is. */
export async function readSaved({ store }: Ports): Promise<Saved | null> {
  const connection = await store.connection();
  return connection ? savedOf(connection) : null;
}

/**
 * Tries an address and a token. What works is kept in the place of what was; what does not leaves that as it
 * was. A permission that nothing needs any more is given back.
 */
export async function connect(ports: Ports, { address, token }: Credentials): Promise<Outcome> {
  const read = readAddress(address);
  if (read.kind !== 'address') return { kind: 'problem', problem: { kind: read.kind } };
  if (!isToken(token)) return { kind: 'problem', problem: { kind: 'not-a-token' } };
  const former = await ports.store.connection();
  const connection = { origin: read.address.origin, token };
  const outcome = await ask(ports, connection);
  const kept = outcome.kind === 'connected' ? connection : former;
  const idle = outcome.kind === 'connected' ? former : connection;
  if (outcome.kind === 'connected') await ports.store.setConnection(connection);
  if (idle && patternOf(idle) !== patternOf(kept)) await releaseFor(ports, idle);
  return outcome;
}

/** Asks again with what is kept. */
export async function check(ports: Ports): Promise<Outcome> {
  const connection = await ports.store.connection();
  return connection ? ask(ports, connection) : { kind: 'signed-out' };
}

/** Forgets the token, then gives the permission back. */
export async function signOut(ports: Ports): Promise<null> {
  const connection = await ports.store.connection();
  await ports.store.removeConnection();
  if (connection) await releaseFor(ports, connection);
  return null;
}

async function ask(ports: Ports, connection: Connection): Promise<Outcome> {
  const pattern = patternOf(connection);
  if (pattern === undefined || !(await ports.isAllowed(pattern))) {
    return { kind: 'problem', problem: { kind: 'permission' } };
  }
  const asked = await askMe(connection, ports);
  return asked.ok
    ? { kind: 'connected', saved: savedOf(connection), facts: asked.facts }
    : { kind: 'problem', problem: asked.problem };
}

async function releaseFor(ports: Ports, connection: Connection): Promise<void> {
  const pattern = patternOf(connection);
  if (pattern !== undefined) await ports.release(pattern);
}

function patternOf(connection: Connection | undefined): string | undefined {
  const read = readAddress(connection?.origin ?? '');
  return read.kind === 'address' ? read.address.pattern : undefined;
}

function savedOf({ origin, token }: Connection): Saved {
  // Eight characters of a short token would be too much of it.
  const tokenHint = token.length < 32 ? '…' : `${token.slice(0, 4)}…${token.slice(-4)}`;
  return { origin, tokenHint };
}
