/** An HTTP target for webhooks and chat robots: it records what it gets, and fails in the ways that a test asks for. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { listen } from './cloud/listen.ts';
import { readRequest } from './cloud/request.ts';
import { createRandom } from './company/rng.ts';

/** What the target does with one request. */
export type Behaviour =
  | { does: 'answer'; status: number; body?: string; headers?: Readonly<Record<string, string>> }
  /** Answers with a redirect to this address. */
  | { does: 'redirect'; to: string; status?: 301 | 302 | 303 | 307 | 308 }
  /** Answers as it would, but so many ms later. */
  | { does: 'delay'; ms: number }
  /** Never answers. */
  | { does: 'hang' }
  /** Closes the connection without an answer. */
  | { does: 'drop' };

/** One request as it came in. */
export interface Received {
  method: string;
  /** Path and query. */
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** Unix ms of the real clock. */
  at: number;
  /** Whether it was answered with a status of success. */
  taken: boolean;
}

export interface TargetOptions {
  /** What a request is answered with where nothing else is said; 200 and an empty body unless given. */
  answer?: { status: number; body?: string; headers?: Readonly<Record<string, string>> };
  /** Draws which requests are struck. */
  seed?: number;
}

export interface HttpTarget {
  /** The origin. */
  url: string;
  /** `127.0.0.1:PORT`, as a list of allowed private hosts names it. */
  host: string;
  /** All requests, whether taken or not, oldest first. */
  received: Received[];
  /** Each of these is for one request, in order, before anything else applies. */
  next: Behaviour[];
  /** Strikes that share of the requests with one of the behaviours; 0 to stop. */
  strike(rate: number, ...ways: readonly Behaviour[]): void;
  /** What all other requests are answered with from now on. */
  answer(answer: NonNullable<TargetOptions['answer']>): void;
  close(): Promise<void>;
}

/** Starts a target on a free port of loopback. */
export async function startTarget(options: TargetOptions = {}): Promise<HttpTarget> {
  const random = createRandom(options.seed ?? 1);
  const received: Received[] = [];
  const next: Behaviour[] = [];
  let usual: Behaviour = { does: 'answer', status: 200, ...options.answer };
  let struck: { rate: number; ways: readonly Behaviour[] } = { rate: 0, ways: [] };

  const behaviour = (): Behaviour => {
    const forced = next.shift();
    if (forced) return forced;
    return random.chance(struck.rate) && struck.ways.length > 0 ? random.pick(struck.ways) : usual;
  };
  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method, url, headers, body } = await readRequest(incoming);
    const chosen = behaviour();
    const final = chosen.does === 'delay' ? usual : chosen;
    const taken = final.does === 'answer' && final.status >= 200 && final.status < 300;
    received.push({ method, url, headers, body: body.toString('utf8'), at: Date.now(), taken });
    if (chosen.does === 'delay') await pause(chosen.ms);
    act(response, final);
  };
  const server = createServer((incoming, response) => {
    serve(incoming, response).catch(() => response.destroy());
  });
  const { url, close } = await listen(server);
  return {
    url,
    host: new URL(url).host,
    received,
    next,
    strike(rate, ...ways) {
      struck = { rate, ways };
    },
    answer(answer) {
      usual = { does: 'answer', ...answer };
    },
    close,
  };
}

function act(response: ServerResponse, behaviour: Behaviour): void {
  switch (behaviour.does) {
    case 'answer':
      response.writeHead(behaviour.status, behaviour.headers).end(behaviour.body ?? '');
      return;
    case 'redirect':
      response.writeHead(behaviour.status ?? 302, { location: behaviour.to }).end();
      return;
    case 'drop':
      response.destroy();
      return;
    // A delay has been waited for; who hangs says nothing until the server is closed.
    case 'delay':
    case 'hang':
      return;
  }
}
