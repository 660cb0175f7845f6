import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { Fault } from './fault.ts';
import { probe } from './server.ts';

/** The port to serve on: `PORT`, else 8787. */
export function readPort(text: string | undefined): number {
  if (!text) return 8787;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) throw new Fault('PORT must be a number from 1 to 65535.');
  return port;
}

/** A `Fault` that tells who has the port, where it cannot be had on loopback. */
export async function checkPort(port: number): Promise<void> {
  const code = await tryListen(port);
  if (code === undefined) return;
  if (code === 'EACCES')
    throw new Fault(`Port ${port} needs rights that this user lacks: choose another PORT.`);
  if (code !== 'EADDRINUSE') throw new Fault(`Port ${port} cannot be listened on (${code}).`);
  const url = `http://127.0.0.1:${port}`;
  if ((await probe(url)) === 'sidetrail') throw new Fault(`Sidetrail is already running on ${url}.`);
  throw new Fault(`Port ${port} is in use by another program: stop it, or choose another PORT.`);
}

/**
 * A port on loopback that nobody has now. Not one that the system would hand out next: connections and servers of
 * others take those, and it may be a while until this one is used.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    if ((await tryListen(port)) === undefined) return port;
  }
}

function tryListen(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve('code' in error ? String(error.code) : error.message));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(undefined)));
  });
}
