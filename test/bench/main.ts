/** Loads the demo company into the Worker, measures, prints, and leaves nothing behind. */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { DEMO_ACCOUNT } from '../../shared/event/demo.ts';
import { createProgress, type Progress } from '../../worker/cli/lib/terminal.ts';
import { measureAnswers } from './answer-costs.ts';
import { answersFor } from './answers.ts';
import { makeCallers } from './callers.ts';
import { type BenchOptions, runBenchCommand } from './command.ts';
import { createCosFiles } from './cos-files.ts';
import type { Compared } from './duckdb.ts';
import { measureFold } from './fold.ts';
import { load, type Loaded } from './load.ts';
import { createNodeStore, openNodeStore } from './node-store.ts';
import { questionsFor } from './queries.ts';
import { compareReads, measureReads, type Read } from './reads.ts';
import { filed, printed } from './report.ts';
import { measureTick, shortenRetention } from './retention.ts';
import { takeSample, type Sample } from './sample.ts';
import { measureSpace, type Space } from './space.ts';
import { databaseIn, startWorker } from './worker.ts';

const USAGE = `npm run bench [-- --events N] [--json FILE] [--duckdb]
npm run bench -- --live [--help]

Measures the Worker on local workerd and D1, filled with the demo company, and compares it with node:sqlite.

  --events N    how many events (default 1,000,000; 100,000 for a quick look)
  --json FILE   writes the figures to a file too, under names that stay the same
  --duckdb      also asks DuckDB, over the same records as gzip files
  --live        measures something else: following a cloud, delivering and alarming, in real time

Figures are printed beside their targets. Nothing fails where one is over: times depend on the machine.
`;

const HOUR = 3_600_000;
/** What a tick removes at least, if its bound allows. */
const REMOVED = 5_000;
/** Days that events are kept, and that the company reaches back. */
const KEPT = 90;

await runBenchCommand({
  usage: USAGE,
  events: { usual: 1_000_000, least: 10_000, most: 10_000_000 },
  bench,
});

async function bench(options: BenchOptions, folder: string, signal: AbortSignal): Promise<number> {
  const started = performance.now();
  const state = join(folder, 'state');
  const bucket = join(folder, 'bucket');
  const progress = createProgress(process.stderr);
  const loaded = await fill(
    options,
    { state, bucket, baseline: join(folder, 'node.sqlite') },
    { signal, progress },
  );
  const loadSeconds = secondsSince(started);
  progress.show(() => 'Folding');
  const folding = await measureFold(state, signal);
  progress.clear();
  const asked = await ask(loaded, state, { signal, progress });
  const { reads, sample, answers, answerSeconds } = asked;
  const { space, compared } = await inspect(databaseIn(state), asked);
  signal.throwIfAborted();
  const removal = await measureTick(state);
  signal.throwIfAborted();
  const duckdb = options.duckdb ? await askDuckDb(bucket, sample) : undefined;

  const found = { loaded, newestSqlMs: reads.newestSqlMs, compared, space, removal, folding, answers };
  const run = {
    events: loaded.events,
    seconds: secondsSince(started),
    loadSeconds,
    foldSeconds: Math.round(folding.ms / 1000),
    answerSeconds,
    cores: availableParallelism(),
    node: process.version,
  };
  process.stdout.write(printed(run, found, duckdb));
  if (options.json !== undefined) writeFileSync(options.json, filed(run, found, duckdb));
  return 0;
}

interface Paths {
  state: string;
  bucket: string;
  baseline: string;
}

interface Running {
  signal: AbortSignal;
  progress: Progress;
}

/** Loads the store through a Worker, which has stopped when this is done. */
async function fill(
  { events, duckdb }: BenchOptions,
  paths: Paths,
  { signal, progress }: Running,
): Promise<Loaded> {
  await using worker = await startWorker(paths.state, signal);
  const client = { server: worker.server, signal };
  using baseline = createNodeStore(paths.baseline);
  const end = Math.floor(Date.now() / HOUR) * (HOUR / 1000);
  const files = duckdb ? createCosFiles(paths.bucket) : undefined;
  const loaded = await load({ client, baseline, events, end, progress, files });
  files?.end();
  return loaded;
}

/** All else that needs a running Worker; it has stopped when this is done. */
async function ask({ events, middle, cursors }: Loaded, state: string, { signal, progress }: Running) {
  await using worker = await startWorker(state, signal);
  const client = { server: worker.server, signal };
  const sample = await takeSample(client, middle);
  const questions = questionsFor(sample);
  const callers = await makeCallers(client);
  const reads = await measureReads(callers, questions, { sample, cursors, progress });
  const started = performance.now();
  const answers = await measureAnswers(callers, answersFor(sample, callers, Date.now()), progress);
  const answerSeconds = secondsSince(started);
  await shortenRetention(client, DEMO_ACCOUNT, KEPT - 2 - Math.ceil((REMOVED * KEPT) / events));
  return { sample, questions, callers, reads, answers, answerSeconds };
}

/** All that looks into the file that the Worker left. */
async function inspect(
  path: string,
  { reads, questions, callers, sample }: Awaited<ReturnType<typeof ask>>,
): Promise<{ space: Space; compared: Read[] }> {
  using node = openNodeStore(path);
  const space = measureSpace(node, path);
  const compared = await compareReads(reads.reads, questions, { node, callers, middle: sample.middle });
  return { space, compared };
}

/** Loaded only when asked for: its library is large. */
async function askDuckDb(bucket: string, sample: Sample): Promise<Compared[]> {
  const duckdb = await import('./duckdb.ts');
  return await duckdb.askDuckDb(bucket, sample);
}

function secondsSince(started: number): number {
  return Math.round((performance.now() - started) / 1000);
}
