/** A server on loopback that answers as a test says, and what it was asked. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Asked {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: Buffer;
}

export interface Server {
  /** Its origin. */
  origin: string;
  asked: Asked[];
}

export type Respond = (response: ServerResponse, asked: Asked) => void | Promise<void>;

/** Starts it for the present test. */
export async function serve(respond: Respond): Promise<Server> {
  const asked: Asked[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const one = await readAsked(request);
    asked.push(one);
    await respond(response, one);
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });
  // A server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, asked };
}

/** Answers with JSON. */
export function json(value: unknown, status = 200): Respond {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  };
}

/** Answers with a text. */
export function plain(text: string, status = 200, headers: Record<string, string> = {}): Respond {
  return (response) => {
    response.writeHead(status, headers).end(text);
  };
}

/** Answers with each in turn, and with the last from then on. */
export function inTurn(...responds: Respond[]): Respond {
  let next = 0;
  return (response, asked) => {
    const respond = responds[Math.min(next, responds.length - 1)];
    next += 1;
    return respond?.(response, asked);
  };
}

async function readAsked(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  return {
    method: request.method ?? '',
    url: request.url ?? '',
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks),
  };
}
