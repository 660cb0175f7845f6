/** The run as a table, and as a file. */
import { count } from '../../../worker/cli/lib/terminal.ts';
import { boundOf, keeps, verdictOn } from '../figure.ts';
import { short, table } from '../table.ts';
import { figuresOf, type Measured } from './figures.ts';

/** What was measured on. */
export interface Run {
  /** In the cache. */
  events: number;
  seconds: number;
  cores: number;
  node: string;
  browser: string;
}

/** Everything for a reader. */
export function printed({ events, seconds, cores, node, browser }: Run, measured: Measured): string {
  const rows = figuresOf(measured).map((figure) => [
    figure.name,
    ...[figure.value, figure.median, figure.p95, figure.most].map(short),
    `${figure.times}`,
    boundOf(figure),
    verdictOn(figure),
    figure.blanks === undefined ? '' : short(figure.blanks),
    figure.load === undefined ? '' : short(figure.load),
    figure.unit,
  ]);
  const head = ['figure', 'value', 'median', 'p95', 'max', 'n', 'target', '', '÷ blank', 'load', 'unit'];
  return `${count(events)} events cached, ${seconds} s, ${cores} cores, Node ${node}, ${browser}

${table(head, rows)}

÷ blank: median ÷ that of a blank page of the extension (open, one get from IndexedDB, paint). load: of the machine.
`;
}

/** Everything for a program, as JSON. */
export function filed(run: Run, measured: Measured): string {
  const figures = figuresOf(measured).map((figure) => ({ ...figure, ok: keeps(figure) ?? null }));
  return `${JSON.stringify({ ...run, figures, measured }, undefined, 2)}\n`;
}
