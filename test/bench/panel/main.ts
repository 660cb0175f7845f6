/** Fills the extension's cache, measures the panel in a real browser, prints, and leaves nothing behind. */
import { writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { Fault } from '../../../worker/cli/lib/fault.ts';
import { createProgress, type Progress } from '../../../worker/cli/lib/terminal.ts';
import { type BenchOptions, runBenchCommand } from '../command.ts';
import { startWorker } from '../worker.ts';
import { measureBlank } from './blank.ts';
import { buildMeasured } from './built.ts';
import { startChromium, type Chromium, type Installed } from './chromium.ts';
import { fillCache, type Connected } from './connected.ts';
import { measureContentScript } from './content-script.ts';
import { openConsole, showAll } from './docked.ts';
import type { Measured, Series } from './figures.ts';
import { load } from './load.ts';
import { measureOpening } from './opening.ts';
import { filed, printed } from './report.ts';
import { measureScrolling, type Pace } from './scrolling.ts';
import { measureFirstKeys, measureTyping } from './typing.ts';

const USAGE = `npm run bench:panel [-- --events N] [--json FILE]

Measures the extension in Chromium: the panel, docked on a page that is like the console, over a cache full of the
demo company, with the Worker stopped.

  --events N    how many events are cached (default 100,000, which is the most; from 10,000)
  --json FILE   writes the figures to a file too, under names that stay the same

Figures are printed beside their targets. Nothing fails where one is over: times depend on the machine.
`;

/** How often each is measured. */
const TIMES = 20;

await runBenchCommand({
  usage: USAGE,
  events: { usual: 100_000, least: 10_000, most: 100_000 },
  bench,
});

async function bench(
  { events, json, duckdb }: BenchOptions,
  folder: string,
  signal: AbortSignal,
): Promise<number> {
  if (duckdb) throw new Fault('--duckdb is for npm run bench.');
  const started = performance.now();
  const progress = createProgress(process.stderr);
  progress.show(() => 'Building');
  const { folder: extension, ...weights } = await buildMeasured(join(folder, 'extension'));
  const installed = { extension, profile: join(folder, 'profile') };
  const { changes, connected } = await fill(installed, join(folder, 'state'), { events, signal, progress });
  await using chromium = await startChromium(installed);
  const measured = { ...weights, changes, ...(await measure(chromium, connected, { signal, progress })) };
  const run = {
    events: connected.cached,
    seconds: Math.round((performance.now() - started) / 1000),
    cores: availableParallelism(),
    node: process.version,
    browser: chromium.version,
  };
  process.stdout.write(printed(run, measured));
  if (json !== undefined) writeFileSync(json, filed(run, measured));
  return 0;
}

interface Running {
  signal: AbortSignal;
  progress: Progress;
}

/** Fills a Worker, and from it the extension's cache. The Worker has stopped when this is done. */
async function fill(
  installed: Installed,
  state: string,
  { events, signal, progress }: Running & { events: number },
): Promise<{ changes: number; connected: Connected }> {
  await using worker = await startWorker(state, signal);
  const { changes } = await load({ server: worker.server, signal }, events, progress);
  const connected = await fillCache(installed, worker.server, { about: events, progress, signal });
  return { changes, connected };
}

type Times = Omit<Measured, 'zip' | 'contentScript' | 'changes'>;

async function measure(
  chromium: Chromium,
  { id, cached }: Connected,
  { signal, progress }: Running,
): Promise<Times> {
  const series = async (what: string, work: () => Promise<number[]>): Promise<Series> => {
    signal.throwIfAborted();
    progress.show(() => `Measuring ${what}`);
    return { values: await work(), load: loadavg()[0] ?? Number.NaN };
  };
  const blank = await series('a blank page', () => measureBlank(chromium, id, TIMES));
  const docked = await openConsole(chromium, id);
  const contentScriptMs = await series('the content script', () => measureContentScript(docked.tab, TIMES));
  // The first time, the cache is read and code is compiled.
  await measureOpening(docked, 1, 'warm');
  const openWarm = await series('clicks', () => measureOpening(docked, TIMES, 'warm'));
  const openStopped = await series('clicks that wake the background', () =>
    measureOpening(docked, TIMES, 'stopped'),
  );
  const tapWarm = await series('taps', () => measureOpening(docked, TIMES, 'warm', 'finger'));
  const tapStopped = await series('taps that wake the background', () =>
    measureOpening(docked, TIMES, 'stopped', 'finger'),
  );
  await docked.open();
  await showAll(docked, cached);
  const keyWarm = await series('keys', () => measureTyping(docked));
  const keyStopped = await series('keys that wake the background', () => measureFirstKeys(docked, TIMES));
  const scroll = (pace: Pace): Promise<Series> =>
    series(`scrolling (${pace})`, () => measureScrolling(docked, TIMES, pace));
  const scrolled = {
    scrollRead: await scroll('read'),
    scrollLeafed: await scroll('leafed'),
    scrollDragged: await scroll('dragged'),
  };
  progress.clear();
  const opened = { openWarm, openStopped, tapWarm, tapStopped };
  return { blank, contentScriptMs, ...opened, keyWarm, keyStopped, ...scrolled };
}
