/** How long it takes, in real time, until what happens is to be seen, is delivered, and is told. */
import { setTimeout as pause } from 'node:timers/promises';
import * as v from 'valibot';
import type { JsonObject } from '../../../shared/event/json.ts';
import { startTicks } from '../../../worker/cli/lib/clock.ts';
import type { Log } from '../../../worker/cli/lib/log.ts';
import { count, type Progress } from '../../../worker/cli/lib/terminal.ts';
import { createRandom } from '../../support/company/rng.ts';
import { lookInto, type Killable } from '../../support/killable.ts';
import { idOf } from '../../support/record-id.ts';
import { by, record } from '../../support/record.ts';
import { startTarget, type HttpTarget } from '../../support/target.ts';
import type { Cloud } from '../../support/cloud/types.ts';
import { ACCOUNT, progressOf, startFollowing } from './following.ts';

/** Seconds, one for each event. */
export interface Latencies {
  /** From the vendor's index to GET /v1/events. */
  seen: number[];
  /** From then to the object in the bucket. */
  deliveredPolled: number[];
  /** From the answer to POST /v1/events to the object in the bucket. */
  deliveredPushed: number[];
  /** From the answer to POST /v1/events to the webhook. */
  alarmed: number[];
}

/** Means of the pauses between two events that the vendor indexes, and between two that are pushed. ms. */
const INDEX_EVERY = 500;
const PUSH_EVERY = 4_000;
/** How often one looks. */
const LOOK_EVERY = 500;
/** After the last event, until the last is seen, delivered and told at the latest. */
const PATIENCE = 150_000;

const PREFIX = 'bench';
const ALARM = 'BenchAlarm';
const SECRET = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;

const Listed = v.array(v.object({ id: v.string() }));

interface Watch {
  cloud: Cloud;
  worker: Killable;
  target: HttpTarget;
  /** Unix ms by event id. */
  indexed: Map<string, number>;
  seen: Map<string, number>;
  pushed: Map<string, number>;
}

export interface LatencyOptions {
  minutes: number;
  signal: AbortSignal;
  log: Log;
  progress: Progress;
}

/** Lets events happen at random moments for some minutes, with the tick of `npm start`. */
export async function measureLatency(
  state: string,
  { minutes, signal, log, progress }: LatencyOptions,
): Promise<Latencies> {
  const target = await startTarget();
  try {
    await using following = await startFollowing(state, { signal, allowed: target.host });
    const { worker } = following;
    const watch: Watch = { ...following, target, indexed: new Map(), seen: new Map(), pushed: new Map() };
    await prepare(watch);
    const ticks = startTicks(worker.server.url, log);
    try {
      while (!(await progressOf(worker)).isDone) await pause(LOOK_EVERY, undefined, { signal });
      await happen(watch, minutes, { signal, progress });
    } finally {
      ticks.stop();
      progress.clear();
    }
    await worker.stop();
    return { ...(await delivered(state, watch)), ...seenAndTold(watch) };
  } finally {
    await target.close();
  }
}

async function prepare({ worker, target }: Watch): Promise<void> {
  const send = (method: string, path: string, json: unknown): Promise<unknown> =>
    worker.call(path, { method, type: 'application/json', body: JSON.stringify(json) });
  // Nothing is there to be read back: that is measured elsewhere.
  await send('PATCH', `/v1/accounts/${ACCOUNT}`, { retention: 1 });
  await send('POST', '/v1/tracks', {
    name: 'Bench',
    q: '',
    format: 'events',
    compress: false,
    target: { type: 'r2', prefix: PREFIX },
  });
  const channel = { id: 'bench', name: 'Bench', kind: 'webhook', url: `${target.url}/hook`, secret: SECRET };
  await send('POST', '/v1/channels', channel);
  await send('POST', '/v1/alarms', {
    name: 'Bench',
    q: `event:${ALARM}`,
    condition: { kind: 'count', atLeast: 1, per: 'resource' },
    channels: [channel.id],
  });
}

async function happen(
  watch: Watch,
  minutes: number,
  { signal, progress }: Pick<LatencyOptions, 'signal' | 'progress'>,
): Promise<void> {
  const random = createRandom(1);
  const over = Date.now() + minutes * 60_000;
  let number = 0;
  const again = async (every: number, act: (record: JsonObject) => Promise<void> | void): Promise<void> => {
    for (;;) {
      await pause(-every * Math.log(1 - random.unit()), undefined, { signal });
      if (Date.now() >= over) return;
      number += 1;
      await act(recordOf(number));
    }
  };
  const indexing = again(INDEX_EVERY, (each) => {
    watch.cloud.add(each);
    watch.indexed.set(idOf(each), Date.now());
  });
  const pushing = again(PUSH_EVERY, async (each) => {
    const alarming = { ...each, eventName: ALARM };
    const body = JSON.stringify(alarming);
    await watch.worker.call('/v1/events', { method: 'POST', type: 'application/x-ndjson', body });
    watch.pushed.set(idOf(alarming), Date.now());
  });
  const looking = (async () => {
    for (let isLast = false; !isLast;) {
      const left = Math.ceil((over - Date.now()) / 1000);
      progress.show(() => `Watching ${count(watch.indexed.size)} events, for ${Math.max(0, left)} s more`);
      await look(watch);
      isLast = Date.now() > over && (isAllSeen(watch) || Date.now() > over + PATIENCE);
      await pause(LOOK_EVERY, undefined, { signal });
    }
    // What was seen last is delivered by message, within a minute.
    await pause(60_000, undefined, { signal });
  })();
  await Promise.all([indexing, pushing, looking]);
}

/** An event of the last seconds, about a resource of its own. */
function recordOf(number: number): JsonObject {
  return record({
    ...by('100000000011', ACCOUNT),
    requestID: `6b0f1f0e-0000-4000-8000-${String(number).padStart(12, '0')}`,
    eventTime: Math.floor(Date.now() / 1000) - 2,
    resourceName: `instance/ins-${String(number).padStart(8, '0')}`,
  });
}

async function look({ worker, seen }: Watch): Promise<void> {
  const { events } = v.parse(v.object({ events: Listed }), await worker.call('/v1/events?limit=500'));
  const now = Date.now();
  for (const { id } of events) if (!seen.has(id)) seen.set(id, now);
}

function isAllSeen({ indexed, seen }: Watch): boolean {
  return [...indexed.keys()].every((id) => seen.has(id));
}

/** What never arrived counts as having taken for ever. */
function seconds(from: number, to: number | undefined): number {
  return to === undefined ? Number.POSITIVE_INFINITY : Math.max(0, to - from) / 1000;
}

const Message = v.object({
  data: v.object({ alert: v.object({ events: Listed }) }),
});

function seenAndTold({ indexed, seen, pushed, target }: Watch): Pick<Latencies, 'seen' | 'alarmed'> {
  const told = new Map<string, number>();
  for (const { body, at } of target.received) {
    for (const { id } of v.parse(Message, JSON.parse(body)).data.alert.events) {
      if (!told.has(id)) told.set(id, at);
    }
  }
  return {
    seen: [...indexed].map(([id, at]) => seconds(at, seen.get(id))),
    alarmed: [...pushed].map(([id, at]) => seconds(at, told.get(id))),
  };
}

async function delivered(
  state: string,
  { indexed, seen, pushed }: Watch,
): Promise<Pick<Latencies, 'deliveredPolled' | 'deliveredPushed'>> {
  const there = await lookInto(state, async ({ TRACKS }) => {
    const found = new Map<string, number>();
    for (let cursor: string | undefined; ;) {
      const page = await TRACKS.list({ prefix: `${PREFIX}/`, ...(cursor === undefined ? {} : { cursor }) });
      for (const { key, uploaded } of page.objects) {
        const lines = ((await (await TRACKS.get(key))?.text()) ?? '')
          .split('\n')
          .filter((line) => line !== '');
        const ids = v.parse(
          Listed,
          lines.map((line) => JSON.parse(line)),
        );
        for (const { id } of ids) found.set(id, uploaded.getTime());
      }
      if (!page.truncated) return found;
      ({ cursor } = page);
    }
  });
  const since = (times: Iterable<[string, number]>): number[] =>
    [...times].map(([id, at]) => seconds(at, there.get(id)));
  return {
    deliveredPolled: since([...seen].filter(([id]) => indexed.has(id))),
    deliveredPushed: since(pushed),
  };
}
