/** What every bench is as a command: its arguments, a folder that is gone afterwards, and what stops it. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { Fault, runCommand } from '../../worker/cli/lib/fault.ts';
import { resolveTyped } from '../../worker/cli/lib/places.ts';
import { provideHex } from './hex.ts';
import { stopSignal } from './stop-signal.ts';

export interface BenchOptions {
  events: number;
  /** Absent for benches that take no time of their own. */
  minutes?: number;
  /** Where to write the figures. */
  json?: string;
  duckdb: boolean;
}

/** What a number is where nothing else is said, at least, and at most. */
interface Range {
  usual: number;
  least: number;
  most: number;
}

export interface BenchCommand {
  usage: string;
  events: Range;
  /** Absent where it is not for the user to say how long it takes. */
  minutes?: Range;
  /** Gives the exit code. `folder` is empty. */
  bench: (options: BenchOptions, folder: string, signal: AbortSignal) => Promise<number>;
}

/** Runs a bench with the arguments of the process. */
export async function runBenchCommand({ usage, bench, ...ranges }: BenchCommand): Promise<void> {
  await runCommand(async () => {
    provideHex();
    const options = readArguments(ranges);
    if (options === undefined) {
      process.stdout.write(usage);
      return 0;
    }
    // Now, and not after all the work.
    if (options.json !== undefined) mkdirSync(dirname(options.json), { recursive: true });
    const folder = mkdtempSync(join(tmpdir(), 'sidetrail-bench-'));
    try {
      return await bench(options, folder, stopSignal());
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

function readArguments({
  events,
  minutes,
}: Pick<BenchCommand, 'events' | 'minutes'>): BenchOptions | undefined {
  try {
    const { values } = parseArgs({
      options: {
        events: { type: 'string' },
        minutes: { type: 'string' },
        json: { type: 'string' },
        duckdb: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) return undefined;
    if (minutes === undefined && values.minutes !== undefined) {
      throw new Fault('--minutes is for npm run bench -- --live.');
    }
    const { json, duckdb } = values;
    return {
      events: readNumber('events', values.events, events),
      ...(minutes === undefined ? {} : { minutes: readNumber('minutes', values.minutes, minutes) }),
      duckdb,
      ...(json === undefined ? {} : { json: resolveTyped(json) }),
    };
  } catch (error) {
    if (error instanceof TypeError) throw new Fault(error.message);
    throw error;
  }
}

function readNumber(name: string, text: string | undefined, { usual, least, most }: Range): number {
  const number = text === undefined ? usual : Number(text.replaceAll(/[_,]/g, ''));
  if (!Number.isInteger(number) || number < least || number > most) {
    throw new Fault(`--${name} takes a number from ${least} to ${most}.`);
  }
  return number;
}
