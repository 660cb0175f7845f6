/** Calls that are timed, with what the Worker says they cost. */
import { Fault } from '../../worker/cli/lib/fault.ts';
import type { Server } from '../../worker/cli/lib/server.ts';
import { inert } from '../../worker/cli/lib/terminal.ts';
import type { Cost } from '../../worker/store/meter.ts';

export interface Client {
  server: Server;
  signal: AbortSignal;
}

export interface Called {
  /** Milliseconds from the request to the last byte of the answer. */
  ms: number;
  cost: Cost;
  body: unknown;
}

/** One request with the client's token. A `Fault` where the answer is an error. */
export async function call(
  { server, signal }: Client,
  path: string,
  init: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Called> {
  const headers = { ...init.headers, authorization: `Bearer ${server.token}` };
  const started = performance.now();
  const response = await fetch(`${server.url}${path}`, { ...init, headers, signal });
  const text = await response.text();
  const ms = performance.now() - started;
  if (!response.ok) throw new Fault(`${inert(path)} answered ${response.status}: ${inert(text)}`);
  return { ms, cost: readCost(response.headers.get('server-timing')), body: JSON.parse(text) };
}

/** Sends JSON; see `call`. */
export function send(client: Client, method: 'POST' | 'PATCH', path: string, json: unknown): Promise<Called> {
  return call(client, path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(json),
  });
}

const TIMING = /^d1;dur=([\d.e-]+);desc="trips=(\d+) read=(\d+) written=(\d+)"$/;

function readCost(header: string | null): Cost {
  const found = TIMING.exec(header ?? '');
  if (!found) throw new Error(`no cost in the answer: ${header}`);
  const [sqlMs = 0, trips = 0, rowsRead = 0, rowsWritten = 0] = found.slice(1).map(Number);
  return { trips, rowsRead, rowsWritten, sqlMs };
}
