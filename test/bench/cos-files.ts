/** Records as a bucket holds them: gzip NDJSON, a folder per hour. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

export interface CosFiles {
  /** Adds a record of that time (unix seconds); they come oldest first. */
  add(time: number, line: string): void;
  /** Writes what is left. */
  end(): void;
}

/** The most records that one file holds. */
const LONGEST = 2_000;

/** Writes `folder/YYYYMMDDHH/NAME.gz` (UTC+8); holds one file's records at a time. */
export function createCosFiles(folder: string): CosFiles {
  let hour = '';
  let part = 0;
  let lines: string[] = [];
  const flush = (): void => {
    if (lines.length === 0) return;
    const into = join(folder, hour);
    mkdirSync(into, { recursive: true });
    const name = createHash('sha256').update(`${hour}/${part}`).digest('hex').slice(0, 32);
    writeFileSync(join(into, `${name}.gz`), gzipSync(`${lines.join('\n')}\n`));
    lines = [];
    part += 1;
  };
  return {
    add(time, line) {
      const own = hourOf(time);
      if (own !== hour || lines.length === LONGEST) flush();
      hour = own;
      lines.push(line);
    },
    end: flush,
  };
}

function hourOf(time: number): string {
  return new Date((time + 8 * 3600) * 1000)
    .toISOString()
    .replaceAll(/[^0-9]/g, '')
    .slice(0, 10);
}
