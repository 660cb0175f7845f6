import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { hasWholeDemo } from './demo.ts';
import { Fault } from './fault.ts';
import { ROOT, stateFolder } from './places.ts';
import { freePort } from './port.ts';
import { explain, findServer, request, type Server } from './server.ts';
import { stateFiles } from './state.ts';
import { devVars } from './wrangler.ts';

/** A Worker with demo data. `stop` ends it, and removes what it left, where it was started for this. */
export interface DemoWorker {
  server: Server;
  stop: () => Promise<void>;
}

/**
 * The Worker that runs already, if it has demo data; else one of its own, in a folder that is gone after it. Undefined
 * where `stopped` fires first.
 */
export async function openDemoWorker(
  say: (text: string) => void,
  stopped: AbortSignal,
): Promise<DemoWorker | undefined> {
  return (await runningWorker()) ?? (await ownWorker(say, stopped));
}

async function runningWorker(): Promise<DemoWorker | undefined> {
  const { env } = process;
  const state = stateFiles(stateFolder());
  if (!env['SIDETRAIL_URL'] && state.url() === undefined) return undefined;
  const server = findServer(state, env);
  const me = await request(server, 'GET /v1/me', {});
  if (me.ok && me.body.demo) return { server, stop: () => Promise.resolve() };
  if (!env['SIDETRAIL_URL']) return undefined;
  throw new Fault(me.ok ? `${server.url} has no demo data.` : explain(server, me));
}

async function ownWorker(say: (text: string) => void, stopped: AbortSignal): Promise<DemoWorker | undefined> {
  if (devVars()['TENCENT_SECRET_ID']) {
    throw new Fault(
      'With credentials in .dev.vars a Worker gets no demo data: move them away for the demo, or set SIDETRAIL_URL to a Worker that has some.',
    );
  }
  say('Starting a Worker with demo data, which takes about half a minute …');
  const folder = mkdtempSync(join(tmpdir(), 'sidetrail-demo-'));
  const state = stateFiles(join(folder, 'state'));
  const inherited = Object.entries(process.env).filter(([name]) => !/^(SIDETRAIL|TENCENT)_/.test(name));
  const child = spawn(process.execPath, [join(ROOT, 'worker/cli/start.ts')], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...Object.fromEntries(inherited), SIDETRAIL_DATA: state.folder, PORT: `${await freePort()}` },
  });
  const ended = new Promise<void>((resolve) => {
    child.on('exit', () => resolve());
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  while (!stopped.aborted && child.exitCode === null) {
    const [url, token] = [state.url(), state.adminToken()];
    if (url !== undefined && token !== undefined && hasWholeDemo(state))
      return { server: { url, token }, stop };
    await Promise.race([ended, pause(200)]);
  }
  await stop();
  if (stopped.aborted) return undefined;
  throw new Fault('The Worker for the demo did not start.');
}
