import { setTimeout as pause } from 'node:timers/promises';
import { readPrivateHosts } from '../../shared/api/private-hosts.ts';
import { DEMO_ACCOUNT } from '../../shared/event/demo.ts';
import { readArguments } from './lib/arguments.ts';
import { startTicks } from './lib/clock.ts';
import { prepareDemo } from './lib/demo.ts';
import { Fault, runCommand } from './lib/fault.ts';
import { lockState } from './lib/lock.ts';
import { createLog, type Log } from './lib/log.ts';
import { stateFolder } from './lib/places.ts';
import { checkPort, readPort } from './lib/port.ts';
import { explain, probe, request, type Server } from './lib/server.ts';
import { stopSignal } from './lib/stop-signal.ts';
import { adminToken, openState, rootSecret, type StateFiles } from './lib/state.ts';
import { createProgress } from './lib/terminal.ts';
import {
  devVars,
  removeVars,
  startDev,
  startMigration,
  tencentVars,
  withTail,
  type Running,
  type Vars,
} from './lib/wrangler.ts';

const USAGE = `npm start [-- --empty]

Starts Sidetrail on this machine, with demo data where there is nothing else.

  --empty   load no demo data

PORT (default 8787), SIDETRAIL_DATA (the state folder, default .sidetrail/) and SIDETRAIL_ADMIN_TOKEN
(32 characters or more) are respected. Tencent Cloud credentials come from .dev.vars or the environment.
`;

/** The Worker is bundled first, which on a slow machine takes its time. */
const READY_WITHIN = 120_000;

/** Where the data comes from, by what there is. */
const DATA = {
  demo: `a made-up company (account ${DEMO_ACCOUNT})`,
  followed: 'the accounts of your keys, read each minute; npm run backfill watches the past come in',
  none: 'what you bring: npm run import -- FILE…',
};

// A reader that went away (`npm start | head`) is no reason to stop.
process.stdout.on('error', () => {});

const say = (text: string): void => void process.stdout.write(`${text}\n`);

await runCommand(async () => {
  const { values } = readArguments({
    options: { empty: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    say(USAGE.trimEnd());
    return 0;
  }
  const port = readPort(process.env['PORT']);
  await checkPort(port);
  const state = openState(stateFolder());
  const unlock = lockState(state);
  try {
    return await serve(state, port, values.empty ?? false);
  } finally {
    state.setUrl(undefined);
    removeVars(state);
    unlock();
  }
});

/** Runs until it is told to stop, which ends it with 0. A `Fault` where the Worker ends by itself. */
async function serve(state: StateFiles, port: number, empty: boolean): Promise<number> {
  const own = { ...devVars(), ...tencentVars(process.env) };
  const follows = own['TENCENT_SECRET_ID'] !== undefined || own['TENCENT_ACCOUNTS'] !== undefined;
  const token = adminToken(state, process.env['SIDETRAIL_ADMIN_TOKEN'] || own['SIDETRAIL_ADMIN_TOKEN']);
  const secret = rootSecret(state);
  const allowed = privateHosts(
    process.env['SIDETRAIL_ALLOW_PRIVATE'] || own['SIDETRAIL_ALLOW_PRIVATE'] || '',
  );
  const log = createLog(state.path('worker.log'), [token, secret, ...secretsOf(own)]);
  const server: Server = { url: `http://127.0.0.1:${port}`, token };
  const stopped = stopSignal();
  state.setUrl(undefined);
  say(`Starting Sidetrail, with its state in ${state.folder} …`);
  if (allowed.length > 0) say(`SIDETRAIL_ALLOW_PRIVATE lets it call ${allowed.join(', ')}.`);

  await run(startMigration(state, log), stopped, async ({ ended }) => {
    if ((await ended) !== 0)
      throw new Fault(withTail('The local database could not be migrated.', state, log));
  });
  if (stopped.aborted) return 0;

  const vars = {
    ...tencentVars(process.env),
    SIDETRAIL_SECRET: secret,
    SIDETRAIL_LOCAL: '1',
    SIDETRAIL_PUBLIC_URL: own['SIDETRAIL_PUBLIC_URL'] ?? server.url,
    SIDETRAIL_ADMIN_TOKEN: token,
    ...(allowed.length > 0 ? { SIDETRAIL_ALLOW_PRIVATE: allowed.join(',') } : {}),
  };
  await run(startDev(state, log, port, vars), stopped, async ({ ended }) => {
    const failed = ended.then(() => {
      throw new Fault(withTail('The Worker ended by itself.', state, log));
    });
    await Promise.race([failed, waitUntilReady(server, state, log)]);
    state.setUrl(server.url);
    const ticks = startTicks(server.url, log);
    stopped.addEventListener('abort', ticks.stop);
    const demo = empty || follows ? false : await Promise.race([failed, loadDemo(server, state, stopped)]);
    // Answers count what a tick has folded.
    if (demo) await Promise.race([failed, ticks.fire()]);
    if (!stopped.aborted) say(welcome(server, state, demo ? 'demo' : follows ? 'followed' : 'none'));
    await failed.finally(ticks.stop);
  });
  say('Sidetrail has stopped.');
  return 0;
}

/** Works with something that runs until the work is done or `stopped` fires, and ends it then. */
async function run(
  running: Running,
  stopped: AbortSignal,
  work: (running: Running) => Promise<void>,
): Promise<void> {
  const aborted = new Promise<void>((resolve) => {
    if (stopped.aborted) resolve();
    stopped.addEventListener('abort', () => resolve());
  });
  try {
    await Promise.race([aborted, work(running)]);
  } finally {
    await running.stop();
  }
}

async function waitUntilReady(server: Server, state: StateFiles, log: Log): Promise<void> {
  const deadline = Date.now() + READY_WITHIN;
  while ((await probe(server.url)) !== 'sidetrail') {
    if (Date.now() > deadline)
      throw new Fault(withTail(`The Worker does not answer on ${server.url}.`, state, log));
    await pause(150);
  }
  const answer = await request(server, 'GET /v1/me', {});
  if (!answer.ok) throw new Fault(withTail(explain(server, answer), state, log));
}

/** True when the demo is there. A demo that fails to load is told, and the server goes on without. */
async function loadDemo(server: Server, state: StateFiles, stopped: AbortSignal): Promise<boolean> {
  const progress = createProgress(process.stdout);
  try {
    const done = await prepareDemo({ server, state, progress, signal: stopped, now: Date.now() });
    return done !== 'none';
  } catch (error) {
    if (stopped.aborted) return false;
    if (!(error instanceof Fault)) throw error;
    progress.clear();
    process.stderr.write(`${error.message}\n`);
    return false;
  }
}

/** The hosts in private networks that tracking sets and channels may be tested with. */
function privateHosts(text: string): string[] {
  const read = readPrivateHosts(text);
  if (!read.ok) throw new Fault(`${read.problem}.`);
  return read.hosts;
}

function secretsOf(vars: Vars): string[] {
  return Object.entries(vars).flatMap(([name, value]) =>
    // Of keys in JSON each text that is long enough to be one.
    name === 'TENCENT_ACCOUNTS'
      ? [...value.matchAll(/"([^"]{8,})"/g)].map(([, text = '']) => text)
      : /KEY|TOKEN|SECRET/.test(name) && value.length > 7
        ? [value]
        : [],
  );
}

function welcome({ url, token }: Server, state: StateFiles, data: keyof typeof DATA): string {
  return `
Sidetrail answers on ${url}

  Admin token  ${token}
  Data         ${DATA[data]}

Try it:
  curl -H "Authorization: Bearer $(cat '${state.path('admin-token')}')" '${url}/v1/events?limit=5'

The browser extension:
  npm run build, then load the folder .output/chrome-mv3 in chrome://extensions (developer mode)

Ctrl-C stops it.
`;
}
