/** One strict fake of Tencent Cloud on loopback: what the real one refuses, it refuses. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { createRandom } from '../company/rng.ts';
import { overRate, refuse, type Refusal } from './answer.ts';
import { answerCall, type Outcome } from './api.ts';
import { createArchive } from './archive.ts';
import { AUDIT_REGIONS } from './cloudaudit.ts';
import { createFaults, drawFault } from './faults.ts';
import { listen } from './listen.ts';
import { createMeter } from './rate.ts';
import { envelope, send } from './reply.ts';
import { readRequest } from './request.ts';
import { accountOf, type State } from './service.ts';
import { answerUpload, isUpload, uploadMessage } from './upload.ts';
import type { Cloud, CloudCall, CloudOptions, FaultKind } from './types.ts';

/** Starts a cloud on a port of loopback. */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  let clock = options.clock ?? Date.now;
  const state = createState(options);
  const random = createRandom(options.seed ?? 1);
  const faults = createFaults(options.faults);
  const keys = new Map(options.keys.map((key) => [key.secretId, key]));
  const calls: CloudCall[] = [];
  const isWithinRate = createMeter(options.perSecond ?? 20);
  const [quick, slow] = options.latency ?? [0, 0];

  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await readRequest(incoming);
    const at = clock();
    const fault = drawFault(faults, random);
    const requestId = random.uuid();
    const instead = insteadOf(fault);
    const upload = isUpload(request);
    const outcome = (upload ? answerUpload : answerCall)(request, {
      state,
      keys,
      now: at + faults.skewMs,
      requestId,
      uuid: () => random.uuid(),
      // Requests come in real time, whatever time the cloud believes it is.
      isWithinRate: (name) => isWithinRate(name, performance.now()),
      instead,
    });
    const body = upload ? '' : request.body.toString('utf8');
    calls.push({ at, body, ...summaryOf(outcome), outcome: wordFor(outcome, instead, fault) });
    const wait = random.between(quick, slow) + (fault === 'slow' ? faults.slowMs : 0);
    if (wait > 0) await pause(wait);
    const message = upload ? uploadMessage(outcome.answer) : envelope(outcome.answer, requestId);
    send(response, message, { fault, dice: random.bits() });
  };

  const server = createServer((incoming, response) => {
    serve(incoming, response).catch(() => response.destroy());
  });
  const { url, close } = await listen(server);
  return {
    url,
    now: () => clock(),
    setClock: (next) => {
      clock = next;
    },
    add: (record, { indexedAt = clock() } = {}) => state.archive.add(record, indexedAt),
    added: () => state.archive.size(),
    calls,
    faults,
    account: (uin) => accountOf(state, uin),
    keys,
    logs: (topicId) => (state.topics.has(topicId) ? (state.logs.get(topicId) ?? []) : undefined),
    topics: state.topics,
    alarms: state.alarms,
    notices: state.notices,
    close,
  };
}

function createState(options: CloudOptions): State {
  return {
    archive: createArchive(),
    order: options.order ?? 'newest',
    tokens: options.tokens ?? 'exact',
    endIncluded: options.endIncluded ?? false,
    dealOffset: options.dealOffset ?? 'pages',
    regions: new Set(options.regions ?? AUDIT_REGIONS),
    accounts: new Map(),
    topics: new Map((options.topics ?? []).map((topic) => [topic.id, topic])),
    logs: new Map(),
    alarms: new Map(),
    notices: new Map(),
  };
}

function insteadOf(fault: FaultKind | undefined): Refusal | undefined {
  if (fault === 'limit') return overRate();
  // A page of an error from in front of the service tells nothing of what it did: here it did nothing.
  if (fault === 'internal' || fault === 'server')
    return refuse('InternalError', 'An internal error has occurred.');
  return undefined;
}

function summaryOf({ answer, action, region, key }: Outcome): Omit<CloudCall, 'at' | 'body' | 'outcome'> {
  return {
    action,
    region,
    secretId: key?.secretId ?? '',
    account: key?.account ?? '',
    items: answer.ok ? answer.items : 0,
  };
}

function wordFor({ answer }: Outcome, instead: Refusal | undefined, fault: FaultKind | undefined): string {
  const isStruck = answer === instead || fault === 'server' || fault === 'truncated' || fault === 'dropped';
  if (fault && isStruck) return fault;
  return answer.ok ? 'ok' : answer.code;
}
