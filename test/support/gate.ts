/** What stands before a Worker in a test: it sees every request, can hold one back, and can be shut. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Passed {
  /** `/v1/changes`, without what is asked. */
  path: string;
  status: number;
}

export interface Gate {
  origin: string;
  /** Every request that was answered since the test last emptied it. */
  passed: Passed[];
  /** Holds the next request of a path back: resolves when it is there, with what lets it go. */
  holdNext(path: string): Promise<() => void>;
  /** Nothing answers at the address any more. */
  shut(): Promise<void>;
  open(): Promise<void>;
}

/** A gate before the Worker at `target`, open. */
export async function standGate(target: string): Promise<Gate> {
  const passed: Passed[] = [];
  const holds = new Map<string, (letGo: () => void) => void>();

  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? '/', target);
    const hold = holds.get(pathname);
    holds.delete(pathname);
    if (hold) await new Promise<void>((resolve) => hold(resolve));
    const { authorization = '', 'if-none-match': tag } = request.headers;
    const answer = await fetch(`${target}${request.url}`, {
      headers: { authorization, ...(tag !== undefined && { 'if-none-match': tag }) },
    });
    passed.push({ path: pathname, status: answer.status });
    const headers = new Map([...answer.headers].filter(([name]) => name !== 'content-encoding'));
    headers.delete('transfer-encoding');
    headers.delete('content-length');
    response.writeHead(answer.status, Object.fromEntries(headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  };

  let server: Server | undefined;
  const listen = async (port: number): Promise<number> => {
    const made = createServer((request, response) => {
      pass(request, response).catch(() => response.destroy());
    });
    server = made;
    await new Promise<void>((resolve) => made.listen(port, '127.0.0.1', resolve));
    return addressOf(made).port;
  };
  const port = await listen(0);

  return {
    origin: `http://127.0.0.1:${port}`,
    passed,
    holdNext: (path) => new Promise((resolve) => void holds.set(path, resolve)),
    async shut() {
      const closing = server;
      if (!closing) return;
      server = undefined;
      await new Promise<void>((resolve) => {
        closing.close(() => resolve());
        closing.closeAllConnections();
      });
    },
    async open() {
      if (!server) await listen(port);
    },
  };
}

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the gate has no port');
  return address;
}
