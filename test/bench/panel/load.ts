/** Fills a Worker with what happened in the demo company in the last month. */
import { gzipSync } from 'node:zlib';
import * as v from 'valibot';
import { DEMO_SOURCE } from '../../../shared/event/demo.ts';
import { bar, count, type Progress } from '../../../worker/cli/lib/terminal.ts';
import { records } from '../../support/company/company.ts';
import { call, type Client } from '../client.ts';

const SEED = 20_260_102;
const DAY = 86_400;
/** The cache goes back 30 days of UTC, of which today has only begun. */
const DAYS = 29;
const BATCH = 500;
/** The generator makes so many more or fewer than it is asked for. */
const SLACK = 0.03;
/** Events of the sync that is weighed. */
const NEW = 1000;

export interface Loaded {
  /** gzip bytes of what /v1/changes says of the newest 1,000 events. */
  changes: number;
}

/** Sends so many events, the newest of them apart, as they would come in between two syncs. */
export async function load(client: Client, events: number, progress: Progress): Promise<Loaded> {
  const end = Math.floor(Date.now() / 1000) - 60;
  const made = records({ seed: SEED, records: Math.ceil(events * (1 + SLACK)), end, days: DAYS });
  const lines = Array.from(made, (record) => JSON.stringify(record)).slice(-events);
  if (lines.length < events) throw new Error(`the company made only ${lines.length} records`);
  let sent = 0;
  const send = async (some: readonly string[]): Promise<void> => {
    for (let at = 0; at < some.length; at += BATCH) {
      const batch = some.slice(at, at + BATCH);
      await post(client, batch);
      sent += batch.length;
      progress.show(() => `Loading ${bar(sent, events)}  ${count(sent)} events`);
    }
  };
  await send(lines.slice(0, -NEW));
  const cursor = v.parse(v.object({ cursor: v.string() }), (await call(client, '/v1/me')).body).cursor;
  await send(lines.slice(-NEW));
  progress.clear();
  return { changes: await weighChanges(client, cursor, end - DAYS * DAY) };
}

async function post(client: Client, lines: readonly string[]): Promise<void> {
  const { body } = await call(client, `/v1/events?source=${DEMO_SOURCE}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: lines.join('\n'),
  });
  // Anything else than new events would be another figure.
  v.parse(v.object({ accepted: v.literal(lines.length) }), body);
}

const ANSWER = v.object({ changes: v.array(v.unknown()), next: v.string(), more: v.boolean() });

/** Asks for the changes as the extension does. */
async function weighChanges(client: Client, cursor: string, since: number): Promise<number> {
  const from = new Date(since * 1000).toISOString();
  let [bytes, changes, after, more] = [0, 0, cursor, true];
  while (more) {
    const query = new URLSearchParams({ after, since: from, limit: '1000' });
    const { body } = await call(client, `/v1/changes?${query}`);
    const answer = v.parse(ANSWER, body);
    bytes += gzipSync(JSON.stringify(body)).length;
    changes += answer.changes.length;
    ({ next: after, more } = answer);
  }
  if (changes !== NEW) throw new Error(`${changes} changes of ${NEW}`);
  return bytes;
}
