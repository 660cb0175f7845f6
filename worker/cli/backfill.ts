import { setTimeout as pause } from 'node:timers/promises';
import type { Backfill, ReadSource } from '../../shared/api/sources.ts';
import { readArguments } from './lib/arguments.ts';
import { Fault, runCommand } from './lib/fault.ts';
import { stateFolder } from './lib/places.ts';
import { ask, findServer, type Server } from './lib/server.ts';
import { stateFiles } from './lib/state.ts';
import { stopSignal } from './lib/stop-signal.ts';
import { bar, count, createProgress, inert } from './lib/terminal.ts';

const USAGE = `npm run backfill -- [SOURCE]

Reads back what CloudAudit still has, newest first, and shows how far it is. One that goes on already is joined.
The Worker does it: Ctrl-C only ends watching.

  SOURCE        the id of a source, such as api-1250000001 (default: every account that is followed by API)
  --from TIME   the first moment: RFC 3339, or a date (UTC; default: 90 days ago, which is the most)
  --to TIME     the end (default: now)

SIDETRAIL_URL and SIDETRAIL_TOKEN name the Worker; otherwise it is the one that "npm start" started.
`;

/** How often the Worker is asked how far it is, ms. */
const EVERY = 1000;

interface Options {
  source?: string;
  span: { from?: string; to?: string };
}

const stopped = stopSignal();

await runCommand(async () => {
  const options = readOptions();
  if (options === undefined) {
    process.stdout.write(USAGE);
    return 0;
  }
  const server = findServer(stateFiles(stateFolder()), process.env);
  const ids = chosen((await ask(server, 'GET /v1/sources', {})).sources, options.source);
  // All are started before one is watched: the Worker reads accounts side by side.
  for (const id of ids) await ask(server, 'POST /v1/sources/{id}/backfill', { id, body: options.span });
  for (const [i, id] of ids.entries()) {
    const rest = ids.length - i - 1;
    const done = await watch(server, id, rest === 0 ? '' : `  and ${rest} more`);
    if (done === undefined) {
      process.stderr.write('It goes on in the Worker. "npm run backfill" shows how far it is.\n');
      return 0;
    }
    process.stdout.write(`${id}: ${count(done.events)} events read back, ${done.from} to ${done.to}\n`);
  }
  return 0;
});

function readOptions(): Options | undefined {
  const { values, positionals } = readArguments({
    allowPositionals: true,
    options: {
      from: { type: 'string' },
      to: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return undefined;
  const [source, ...more] = positionals;
  if (more.length > 0) throw new Fault('One source at a time, or none for all.');
  const { from, to } = values;
  return {
    ...(source === undefined ? {} : { source }),
    span: {
      ...(from === undefined ? {} : { from: timeOf('--from', from) }),
      ...(to === undefined ? {} : { to: timeOf('--to', to) }),
    },
  };
}

function timeOf(option: string, text: string): string {
  const time = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw new Fault(`${option} is no time such as 2026-11-01 or 2026-11-01T08:00:00Z.`);
  return new Date(time).toISOString();
}

/** The ids to read back: the one that was named, or all that an API is read of. */
function chosen(sources: readonly ReadSource[], named: string | undefined): string[] {
  const read = sources.filter(
    ({ source, accounts, state }) => source === 'api' && accounts.length > 0 && state !== 'stopped',
  );
  if (named !== undefined) return [named];
  if (read.length > 0) return read.map(({ id }) => id);
  const [problem] = sources.flatMap((source) => source.problem ?? []);
  throw new Fault(
    problem === undefined
      ? 'No account is followed by API yet: set TENCENT_SECRET_ID and TENCENT_SECRET_KEY, and wait a minute.'
      : `No account can be followed yet: ${inert(problem.detail)}. ${inert(problem.todo)}`,
  );
}

/** Shows how far a source is until it is done; undefined where the watcher has had enough. */
async function watch(server: Server, id: string, rest: string): Promise<Backfill | undefined> {
  const progress = createProgress(process.stderr);
  try {
    while (!stopped.aborted) {
      const { sources } = await ask(server, 'GET /v1/sources', {});
      const backfill = sources.find((source) => source.id === id)?.backfill;
      if (backfill === undefined) throw new Fault(`${id} has no back-fill any more.`);
      if (backfill.state === 'done') return backfill;
      progress.show(() => `${lineOf(id, backfill)}${rest}`);
      await pause(EVERY, undefined, { signal: stopped }).catch(() => {});
    }
    return undefined;
  } finally {
    progress.clear();
  }
}

function lineOf(id: string, { percent, events, rate, left, problem }: Backfill): string {
  const pace =
    problem === undefined
      ? `${count(rate)}/s  ${left === null ? 'time left not known yet' : `${lengthOf(left)} left`}`
      : `${inert(problem.detail, 80)}. ${inert(problem.todo, 120)}`;
  return `${inert(id, 40)}  ${bar(percent, 100)}  ${count(events)} events  ${pace}`;
}

/** Seconds for people: `45 s`, `3 min`, `2 h 5 min`. */
function lengthOf(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
