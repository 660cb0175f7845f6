import { readArguments } from './lib/arguments.ts';
import { findBrowser } from './lib/browser.ts';
import { openDemoWorker } from './lib/demo-worker.ts';
import { Fault, runCommand } from './lib/fault.ts';
import { runScript } from './lib/run-script.ts';
import { stopSignal } from './lib/stop-signal.ts';

const USAGE = `npm run demo [-- --headless] [-- --check]

Opens Chromium with the extension on pages that look like the console, connected to a Worker with demo data: the one
that runs already if it has some, else one that is gone when the browser is closed.

  --headless  without a window
  --check     look whether the panel lists events, and end

CHROMIUM_PATH, SIDETRAIL_URL and SIDETRAIL_TOKEN are respected.
`;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

await runCommand(async () => {
  const flag = { type: 'boolean' } as const;
  const { values } = readArguments({
    options: { headless: flag, check: flag, help: { ...flag, short: 'h' } },
  });
  if (values.help) {
    say(USAGE.trimEnd());
    return 0;
  }
  if (!values.headless && !hasScreen(process.env)) {
    throw new Fault(
      'There is no screen here to open a browser on (DISPLAY and WAYLAND_DISPLAY are not set): run it on a machine with one, or add "-- --headless --check" to only see that it works.',
    );
  }
  const browser = findBrowser(say);
  if (browser.path === undefined) {
    throw new Fault('No Chromium could be found or installed: set CHROMIUM_PATH to the program of one.');
  }
  const stopped = stopSignal();
  const worker = await openDemoWorker(say, stopped);
  if (!worker) return 0;
  try {
    const { url, token } = worker.server;
    const env = { SIDETRAIL_URL: url, SIDETRAIL_TOKEN: token, CHROMIUM_PATH: browser.path };
    return stopped.aborted ? 0 : await runScript('test/demo/main.ts', { args: process.argv.slice(2), env });
  } finally {
    await worker.stop();
  }
});

function hasScreen(env: NodeJS.ProcessEnv): boolean {
  return process.platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
}
