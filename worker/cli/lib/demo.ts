import * as v from 'valibot';
import { company, records } from '../../../test/support/company/company.ts';
import { Fault } from './fault.ts';
import { BATCH_RECORDS, postLines } from './post.ts';
import { ask, type Server } from './server.ts';
import type { StateFiles } from './state.ts';
import { bar, count, type Progress } from './terminal.ts';

const SEED = 20_260_101;
const RECORDS = 20_000;
/** A little less than events are kept, so that none is refused for its age. */
const DAYS = 89;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const STATE_FILE = 'demo.json';

/** What the state folder remembers: until when the demo reaches (Unix ms), and whether it is whole. */
const Remembered = v.object({ end: v.number(), whole: v.boolean() });

export interface DemoOptions {
  server: Server;
  state: StateFiles;
  progress: Progress;
  signal: AbortSignal;
  /** Unix ms. */
  now: number;
}

/**
 * Fills an empty store with the demo company, or makes it anew when it ended over a day ago or was left half
 * loaded. Never where there is anything but the demo: another source, or a second member.
 * Gives what it did.
 */
export async function prepareDemo(options: DemoOptions): Promise<'loaded' | 'kept' | 'none'> {
  const { server, state, now } = options;
  const status = await ask(server, 'GET /v1/status', {});
  // Who may not see how much there is may not fill it either.
  if (!('events' in status)) return 'none';
  const { events, sources } = status;
  const { members } = await ask(server, 'GET /v1/members', {});
  const onlyDemo =
    sources.every(({ source }) => source === 'demo') && members.every(({ id }) => id === 'admin');
  const remembered = read(state);
  if (!onlyDemo || (events > 0 && remembered === undefined)) return 'none';
  if (events > 0 && remembered?.whole && now - remembered.end <= DAY) return 'kept';

  const end = Math.floor(now / HOUR) * HOUR;
  state.write(STATE_FILE, JSON.stringify({ end, whole: false }));
  if (events > 0) await removeDemo(options);
  await loadPeople(server);
  await loadRecords(options, end);
  state.write(STATE_FILE, JSON.stringify({ end, whole: true }));
  return 'loaded';
}

function read(state: StateFiles): v.InferOutput<typeof Remembered> | undefined {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Remembered), state.read(STATE_FILE));
  return parsed.success ? parsed.output : undefined;
}

/** Whether a state folder's Worker was given the whole demo. */
export function hasWholeDemo(state: StateFiles): boolean {
  return read(state)?.whole ?? false;
}

async function removeDemo({ server, signal }: DemoOptions): Promise<void> {
  for (let done = false; !done;) {
    signal.throwIfAborted();
    ({ done } = await ask(server, 'DELETE /v1/accounts/{id}', { id: company.account }, signal));
  }
}

/** Makes the admin one of the employees, and a lead, so that "Me" and "Team" have something to show. */
async function loadPeople(server: Server): Promise<void> {
  const { account, teams, lead } = company;
  const operators = (uins: readonly string[]) => uins.map((id) => ({ account, id }));
  const admin = { name: lead.name, operators: operators([lead.uin]) };
  await ask(server, 'PATCH /v1/members/{id}', { id: 'admin', body: admin });
  const there = new Set((await ask(server, 'GET /v1/teams', {})).teams.map(({ id }) => id));
  for (const { id, name, operators: uins, lead: leader } of teams) {
    const team = { name, operators: operators(uins), leads: leader === lead.uin ? ['admin'] : [] };
    if (there.has(id)) await ask(server, 'PATCH /v1/teams/{id}', { id, body: team });
    else await ask(server, 'POST /v1/teams', { body: { id, ...team } });
  }
}

async function loadRecords(options: DemoOptions, end: number): Promise<void> {
  let loaded = 0;
  let batch: string[] = [];
  const send = async (): Promise<void> => {
    await post(options, batch);
    loaded += batch.length;
    batch = [];
    options.progress.show(() => `Loading demo data ${bar(loaded, RECORDS)}  ${count(loaded)} records`);
  };
  for (const record of records({ seed: SEED, records: RECORDS, end: end / 1000, days: DAYS })) {
    batch.push(JSON.stringify(record));
    if (batch.length === BATCH_RECORDS) await send();
  }
  if (batch.length > 0) await send();
  options.progress.clear();
}

async function post({ server, signal }: DemoOptions, lines: readonly string[]): Promise<void> {
  signal.throwIfAborted();
  const posted = await postLines({ server, query: { source: 'demo' }, signal }, lines);
  if (!posted.ok) throw new Fault(`The demo data could not be loaded: ${posted.detail}`);
}
