import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import type { Server } from '../../worker/cli/lib/server.ts';

/** An answer of the server; `hang up` closes the connection without one. */
export type Reply = { status: number; body: unknown; headers?: Record<string, string> } | 'hang up';

export interface Asked {
  method: string;
  path: string;
  /** Lines of an NDJSON body, unzipped. */
  lines: string[];
  authorization: string | undefined;
}

export interface FakeWorker extends AsyncDisposable {
  server: Server;
  asked: Asked[];
}

/** A server on loopback that answers as `reply` says, for tests of what talks to the Worker. */
export async function fakeWorker(reply: (asked: Asked) => Reply | Promise<Reply>): Promise<FakeWorker> {
  const asked: Asked[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const one = await read(request);
    asked.push(one);
    const answer = await reply(one);
    if (answer === 'hang up') {
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(JSON.stringify(answer.body));
  };
  const http = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => {
    http.listen(0, '127.0.0.1', resolve);
  });
  const address = http.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server listens on no port');
  return {
    server: { url: `http://127.0.0.1:${address.port}`, token: 'a-token' },
    asked,
    async [Symbol.asyncDispose]() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

async function read(request: IncomingMessage): Promise<Asked> {
  const body = await buffer(request);
  const text = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body).toString() : body.toString();
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    lines: text === '' ? [] : text.split('\n'),
    authorization: request.headers.authorization,
  };
}

/** The answer to a batch of which every line was new but those listed. */
export function taken({ lines }: Asked, refused: { at: number; reason: string }[] = []): Reply {
  const accepted = lines.length - refused.length;
  return { status: 200, body: { accepted, duplicate: 0, refused, refusedTotal: refused.length } };
}
