import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startCloud } from '../../test/support/cloud/cloud.ts';
import { letLive } from '../../test/support/cloud/living.ts';
import { CLOUD_ACCOUNT } from '../../test/support/cloud/records.ts';
import type { Cloud } from '../../test/support/cloud/types.ts';
import { readArguments } from './lib/arguments.ts';
import { Fault, runCommand } from './lib/fault.ts';
import { ROOT } from './lib/places.ts';
import { checkPort, freePort, readPort } from './lib/port.ts';
import { request, type Server } from './lib/server.ts';
import { stateFiles, type StateFiles } from './lib/state.ts';
import { stopSignal } from './lib/stop-signal.ts';
import { bar, count, createProgress } from './lib/terminal.ts';
import { devVars } from './lib/wrangler.ts';

const USAGE = `npm run demo:live

Starts a made-up Tencent Cloud on this machine, in which a made-up company works, and beside it a Sidetrail that
follows it: what happens there is to be seen within about a minute. Both are gone when it is stopped.

PORT is respected; else a free one is taken.
`;

/** It is no secret: the cloud that it opens is on loopback, and made up. */
const KEY = {
  secretId: 'AKIDmadeUpCloudOfTheDemo000000000001',
  secretKey: 'secretKeyOfTheMadeUpCloud00000001',
  account: CLOUD_ACCOUNT,
};
const LOOK_EVERY = 5_000;

const say = (text: string): void => void process.stdout.write(`${text}\n`);
// A reader that went away is no reason to stop.
process.stdout.on('error', () => {});

await runCommand(async () => {
  const { values } = readArguments({ options: { help: { type: 'boolean', short: 'h' } } });
  if (values.help) {
    say(USAGE.trimEnd());
    return 0;
  }
  const mine = Object.keys(devVars()).find((name) => name.startsWith('TENCENT_'));
  if (mine !== undefined) {
    throw new Fault(
      `.dev.vars has ${mine}, which would be used beside the made-up cloud: move it away for this.`,
    );
  }
  const port = process.env['PORT'] ? readPort(process.env['PORT']) : await freePort();
  await checkPort(port);
  const stopped = stopSignal();
  say('Making up a cloud, and starting Sidetrail to follow it, which takes about half a minute …');
  const cloud = await startCloud({ keys: [KEY], latency: [50, 200] });
  const endLife = letLive(cloud);
  try {
    await follow(cloud, port, stopped);
  } finally {
    endLife();
    await cloud.close();
  }
  say('The demo has stopped.');
  return 0;
});

/** Runs a Sidetrail with the cloud's key in a folder of its own until `stopped` fires. A `Fault` where it ends by itself. */
async function follow(cloud: Cloud, port: number, stopped: AbortSignal): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sidetrail-live-'));
  const state = stateFiles(join(folder, 'state'));
  const inherited = Object.entries(process.env).filter(([name]) => !/^(SIDETRAIL|TENCENT)_/.test(name));
  const child = spawn(process.execPath, [join(ROOT, 'worker/cli/start.ts')], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...Object.fromEntries(inherited),
      SIDETRAIL_DATA: state.folder,
      PORT: String(port),
      TENCENT_SECRET_ID: KEY.secretId,
      TENCENT_SECRET_KEY: KEY.secretKey,
      TENCENT_ENDPOINT: cloud.url,
    },
  });
  const ended = new Promise<void>((resolve) => {
    child.on('exit', () => resolve());
  });
  try {
    const server = await whenReady(state, () => stopped.aborted || child.exitCode !== null);
    if (server) {
      say(welcome(server, state, cloud));
      await watch(server, cloud, () => stopped.aborted || child.exitCode !== null);
    }
    if (!stopped.aborted) throw new Fault('Sidetrail ended by itself.');
  } finally {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

async function whenReady(state: StateFiles, isOver: () => boolean): Promise<Server | undefined> {
  for (; !isOver(); await pause(200)) {
    const [url, token] = [state.url(), state.adminToken()];
    if (url !== undefined && token !== undefined) return { url, token };
  }
  return undefined;
}

/** Shows how far it has come until it is over. */
async function watch(server: Server, cloud: Cloud, isOver: () => boolean): Promise<void> {
  const progress = createProgress(process.stdout);
  let looked = 0;
  for (; !isOver(); await pause(200)) {
    if (Date.now() - looked < LOOK_EVERY) continue;
    looked = Date.now();
    const status = await request(server, 'GET /v1/status', {});
    if (!status.ok || !('readers' in status.body)) continue;
    const { events, readers } = status.body;
    const { seenTo, backfill } = readers[0] ?? {};
    const past = backfill && backfill.state !== 'done' ? `  past ${bar(backfill.percent, 100)}` : '';
    const until = seenTo ? `  seen up to ${new Date(seenTo).toLocaleTimeString()}` : '';
    progress.show(
      () => `${count(events)} events stored, ${count(cloud.calls.length)} calls made${until}${past}`,
    );
  }
  progress.clear();
}

function welcome({ url, token }: Server, state: StateFiles, cloud: Cloud): string {
  const get = `curl -H "Authorization: Bearer $(cat '${state.path('admin-token')}')"`;
  return `
Sidetrail answers on ${url} and follows a made-up cloud on ${cloud.url}.

  Admin token  ${token}
  Account      ${CLOUD_ACCOUNT}, of a made-up company that works while you look

What happened last, and how complete the picture is:
  ${get} '${url}/v1/events?limit=5'
  ${get} '${url}/v1/status'

The past 89 days are read back meanwhile. New events come in each minute. Ctrl-C stops both and leaves nothing.
`;
}
