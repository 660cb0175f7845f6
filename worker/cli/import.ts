import { readArguments } from './lib/arguments.ts';
import { Fault, runCommand } from './lib/fault.ts';
import { importLog, type Counts, type Imported } from './lib/importer.ts';
import { fileLog, streamLog, type LogFile } from './lib/log-file.ts';
import { resolveTyped, stateFolder } from './lib/places.ts';
import { createRefusals, type Refusals } from './lib/refusals.ts';
import { explain, findServer, request, type Server } from './lib/server.ts';
import { stateFiles } from './lib/state.ts';
import { bar, bytes, count, createProgress, inert } from './lib/terminal.ts';

const USAGE = `npm run import -- FILE…

Loads CloudAudit log files (NDJSON or JSON, gzip or not; - is standard input) into a running Sidetrail.

  --account ID   the account that the records belong to, where they do not say
  --json         print the counts as JSON

SIDETRAIL_URL and SIDETRAIL_TOKEN name the Worker; otherwise it is the one that "npm start" started.
Ends with 0 when every record was taken, with 2 when some were refused, with 1 when it could not go on.
`;

interface Result extends Imported {
  file: string;
}

await runCommand(async () => {
  const options = readOptions();
  if (options === undefined) {
    process.stdout.write(USAGE);
    return 0;
  }
  const server = findServer(stateFiles(stateFolder()), process.env);
  const logs = options.files.map((name) =>
    name === '-' ? streamLog('(stdin)', process.stdin) : fileLog(name, resolveTyped(name)),
  );
  await checkReachable(server);
  const refusals = createRefusals();
  const results = await importAll(logs, server, options.account, refusals);
  if (options.json) process.stdout.write(`${JSON.stringify(summary(results, refusals), undefined, 2)}\n`);
  else process.stdout.write(report(results, refusals));
  const stopped = results.find((result) => result.stopped !== undefined)?.stopped;
  if (stopped !== undefined) {
    process.stderr.write(
      `Stopped: ${stopped}\nRunning it again is safe: what is stored counts as duplicate.\n`,
    );
    return 1;
  }
  return total(results).refused > 0 ? 2 : 0;
});

function readOptions(): { files: string[]; account?: string; json: boolean } | undefined {
  const { values, positionals } = readArguments({
    allowPositionals: true,
    options: {
      account: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return undefined;
  if (positionals.length === 0) throw new Fault(USAGE.trimEnd());
  const { account, json = false } = values;
  return { files: positionals, json, ...(account === undefined ? {} : { account }) };
}

/** Tells at once, rather than after some tries, that nothing runs or that the token is wrong. */
async function checkReachable(server: Server): Promise<void> {
  const answer = await request(server, 'GET /v1/me', {});
  if (!answer.ok && (answer.status === 0 || answer.status === 401)) throw new Fault(explain(server, answer));
}

async function importAll(
  logs: readonly LogFile[],
  server: Server,
  account: string | undefined,
  refusals: Refusals,
): Promise<Result[]> {
  const progress = createProgress(process.stderr);
  const started = Date.now();
  const results: Result[] = [];
  const query = { source: 'files', ...(account === undefined ? {} : { account }) } as const;
  const size = sum(logs, (log) => log.size ?? Number.NaN);
  for (const log of logs) {
    const onProgress = (counts: Counts): void =>
      progress.show(() => {
        const { accepted, duplicate, refused } = total([...results, { file: log.name, ...counts }]);
        const records = accepted + duplicate + refused;
        const read = sum(logs, (each) => each.bytesRead());
        const part = Number.isNaN(size)
          ? bytes(read)
          : `${bar(read, size)}  ${bytes(read)} of ${bytes(size)}`;
        const rate = (records * 1000) / Math.max(1, Date.now() - started);
        return `${part}  ${count(records)} records  ${count(rate)}/s  ${inert(log.name, 40)}`;
      });
    const result = await importLog(log, { server, query, refusals, onProgress });
    results.push({ file: log.name, ...result });
    if (result.stopped !== undefined) break;
  }
  progress.clear();
  return results;
}

function total(results: readonly Counts[]): Counts {
  return {
    accepted: sum(results, ({ accepted }) => accepted),
    duplicate: sum(results, ({ duplicate }) => duplicate),
    refused: sum(results, ({ refused }) => refused),
  };
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((before, item) => before + value(item), 0);
}

function summary(results: readonly Result[], refusals: Refusals): object {
  return {
    ...total(results),
    complete: results.every(({ stopped }) => stopped === undefined),
    files: results,
    reasons: refusals.byReason(),
  };
}

function report(results: readonly Result[], refusals: Refusals): string {
  const files = results.map((result) => countsLine(inert(result.file), result));
  const all = results.length > 1 ? [countsLine('In total', total(results))] : [];
  return [...files, ...all, ...refusals.lines().map((text) => `  ${text}\n`)].join('');
}

function countsLine(name: string, { accepted, duplicate, refused }: Counts): string {
  return `${name}: ${count(accepted)} accepted, ${count(duplicate)} duplicate, ${count(refused)} refused\n`;
}
