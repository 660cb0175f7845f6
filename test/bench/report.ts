/** The run as a page of tables. */
import { keeps, type Figure } from './figures.ts';
import type { Compared } from './duckdb.ts';
import type { Read } from './reads.ts';

/** Rows under a head, columns as wide as they must be; every column but the first and last to the right. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => {
        const width = widths[i] ?? 0;
        return i === 0 || i === row.length - 1 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd();
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** Figures beside their targets. */
export function figureTable(figures: readonly Figure[]): string {
  return table(
    ['figure', 'value', 'target', '', 'unit'],
    figures.map((figure) => {
      const { name, value, unit, target, of } = figure;
      const bound = target === undefined ? '' : 'most' in target ? `≤ ${target.most}` : `≥ ${target.least}`;
      const kept = keeps(figure);
      const verdict = kept === undefined ? '' : kept ? 'ok' : 'OVER';
      return [name, short(value), bound, verdict, of === undefined ? unit : `${unit} (${of})`];
    }),
  );
}

/** Questions, a row for each page. */
export function readTable(reads: readonly Read[]): string {
  return table(
    ['question', 'page', 'hits', 'rows', 'trips', 'SQL ms', 'node ms', 'p50 ms', 'p95 ms', 'ratio', 'query'],
    reads.map((read) => [
      read.name,
      read.page,
      `${read.hits}${read.partial ? '+' : ''}`,
      short(read.rowsRead),
      short(read.trips),
      short(read.sqlMs),
      read.nodeSqlMs === undefined ? '' : short(read.nodeSqlMs),
      short(read.httpP50),
      short(read.httpP95),
      read.httpRatio === undefined ? '' : short(read.httpRatio),
      read.q,
    ]),
  );
}

/** Times of DuckDB beside those of a first page over HTTP. */
export function duckDbTable(compared: readonly Compared[], reads: readonly Read[]): string {
  return table(
    ['question', 'DuckDB ms', 'ours ms', 'hits', 'ours'],
    compared.map(({ name, hits, ms }) => {
      const own = reads.find((read) => read.name === name && read.page === 'first');
      return [name, short(ms), own ? short(own.httpP50) : '', `${hits}`, `${own?.hits ?? ''}`];
    }),
  );
}

/** Three significant digits, thousands separated. */
function short(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-US', { maximumFractionDigits: digits });
}
