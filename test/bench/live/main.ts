/** Measures the Worker at work, in real time: following a made-up cloud, delivering and alarming. */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Fault } from '../../../worker/cli/lib/fault.ts';
import { createLog } from '../../../worker/cli/lib/log.ts';
import { createProgress } from '../../../worker/cli/lib/terminal.ts';
import { runBenchCommand, type BenchOptions } from '../command.ts';
import { keeps } from '../figure.ts';
import { figureTable } from '../report.ts';
import { measureBackfill } from './backfill.ts';
import { figuresOf } from './figures.ts';
import { measureFollowed } from './ingest.ts';
import { measureLatency } from './latency.ts';

const MINUTES = 5;

const USAGE = `npm run bench -- --live [--minutes N] [--events N] [--json FILE]

Measures the Worker in real time on local workerd, with a made-up cloud that answers in 200 to 400 ms:
  live.*      with the tick of each minute: from the cloud's index to GET /v1/events, from there and from the answer
              to a push to the object of a tracking set, and from a push to the webhook of an alarm
  backfill.*  reading back 89 days
  follow.*    taking events in with 50 tracking sets and 50 alarm policies ÷ without, in turn: until the answers,
              and (done) until everything is delivered

  --minutes N   how long events happen live (default ${MINUTES}, from 2 to 60)
  --events N    how many are read back (default 100,000)
  --json FILE   writes the figures to a file too, under names that stay the same

Figures are printed beside their targets. Nothing fails where one is over: times depend on the machine.
`;

await runBenchCommand({
  usage: USAGE,
  events: { usual: 100_000, least: 1_000, most: 1_000_000 },
  minutes: { usual: MINUTES, least: 2, most: 60 },
  bench,
});

async function bench(
  { events, minutes = MINUTES, json, duckdb }: BenchOptions,
  folder: string,
  signal: AbortSignal,
): Promise<number> {
  if (duckdb) throw new Fault('--duckdb is for npm run bench.');
  const started = performance.now();
  const progress = createProgress(process.stderr);
  const log = createLog(join(folder, 'ticks.log'), []);
  const running = { signal, log, progress };
  const followed = await measureFollowed(join(folder, 'follow'), running);
  const readBack = await measureBackfill(join(folder, 'backfill'), events, running);
  const latencies = await measureLatency(join(folder, 'live'), { ...running, minutes });
  const figures = figuresOf({ latencies, readBack, followed });
  const seconds = Math.round((performance.now() - started) / 1000);
  const run = {
    minutes,
    events: readBack.events,
    seconds,
    cores: availableParallelism(),
    node: process.version,
  };
  process.stdout.write(
    `${minutes} minutes live, ${run.seconds} s in all, ${run.cores} cores, Node ${run.node}\n\n${figureTable(figures)}\n`,
  );
  if (json !== undefined) {
    const told = figures.map((figure) => ({ ...figure, ok: keeps(figure) ?? null }));
    writeFileSync(json, `${JSON.stringify({ ...run, figures: told }, undefined, 2)}\n`);
  }
  return 0;
}
