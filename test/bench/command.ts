/** What every bench is as a command: its arguments, a folder that is gone afterwards, and what stops it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Fault, runCommand } from '../../worker/cli/lib/fault.ts';
import { resolveTyped } from '../../worker/cli/lib/places.ts';
import { provideHex } from './hex.ts';
import { stopSignal } from './stop-signal.ts';

export interface BenchOptions {
  events: number;
  /** Where to write the figures. */
  json?: string;
  duckdb: boolean;
}

export interface BenchCommand {
  usage: string;
  /** Events where nothing else is said, at least, and at most. */
  events: { usual: number; least: number; most: number };
  /** Gives the exit code. `folder` is empty. */
  bench: (options: BenchOptions, folder: string, signal: AbortSignal) => Promise<number>;
}

/** Runs a bench with the arguments of the process. */
export async function runBenchCommand({ usage, events, bench }: BenchCommand): Promise<void> {
  await runCommand(async () => {
    provideHex();
    const options = readArguments(events);
    if (options === undefined) {
      process.stdout.write(usage);
      return 0;
    }
    const folder = mkdtempSync(join(tmpdir(), 'sidetrail-bench-'));
    try {
      return await bench(options, folder, stopSignal());
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

function readArguments({ usual, least, most }: BenchCommand['events']): BenchOptions | undefined {
  try {
    const { values } = parseArgs({
      options: {
        events: { type: 'string', default: `${usual}` },
        json: { type: 'string' },
        duckdb: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) return undefined;
    const events = Number(values.events.replaceAll(/[_,]/g, ''));
    if (!Number.isInteger(events) || events < least || events > most) {
      throw new Fault(`--events takes a number from ${least} to ${most}.`);
    }
    const { json, duckdb } = values;
    return { events, duckdb, ...(json === undefined ? {} : { json: resolveTyped(json) }) };
  } catch (error) {
    if (error instanceof TypeError) throw new Fault(error.message);
    throw error;
  }
}
