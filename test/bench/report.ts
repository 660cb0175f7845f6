/** The run as a page of tables, and as a file. */
import { count } from '../../worker/cli/lib/terminal.ts';
import type { AnswerCost } from './answer-costs.ts';
import { answersByName, overIn } from './answer-figures.ts';
import type { Compared } from './duckdb.ts';
import { boundOf, keeps, verdictOn, type Figure } from './figure.ts';
import { figuresOf, type Found } from './figures.ts';
import type { Read } from './reads.ts';
import { short, table } from './table.ts';

/** How long it took, in seconds, and on what. */
export interface Run {
  events: number;
  seconds: number;
  loadSeconds: number;
  foldSeconds: number;
  answerSeconds: number;
  cores: number;
  node: string;
}

/** Everything for a reader; `duckdb` is what that was asked, if it was. */
export function printed(run: Run, found: Found, duckdb: readonly Compared[] | undefined): string {
  const { events, seconds, loadSeconds, foldSeconds, answerSeconds, cores, node } = run;
  const { compared, answers } = found;
  return [
    `${count(events)} events in ${seconds} s (loading ${loadSeconds}, folding ${foldSeconds}, answers ${answerSeconds}), ${cores} cores, Node ${node}`,
    readTable(compared),
    'rows and SQL ms: without authentication and coverage. A + behind hits: stopped at the budget.',
    answerTable(answers),
    'rows, trips and SQL ms: of the whole request. A + behind hits: not all was looked at.',
    figureTable(figuresOf(found)),
    ...(duckdb ? [duckDbTable(duckdb, compared, answers)] : []),
  ]
    .join('\n\n')
    .concat('\n');
}

/** Everything for a program, as JSON. */
export function filed(run: Run, found: Found, duckdb: readonly Compared[] | undefined): string {
  const report = {
    ...run,
    figures: figuresOf(found).map((figure) => ({ ...figure, ok: keeps(figure) ?? null })),
    reads: found.compared,
    answers: answersByName(found.answers),
    ...(duckdb ? { duckdb } : {}),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

/** Figures beside their targets. */
export function figureTable(figures: readonly Figure[]): string {
  return table(
    ['figure', 'value', 'target', '', 'unit'],
    figures.map((figure) => {
      const { name, value, unit, of } = figure;
      return [
        name,
        short(value),
        boundOf(figure),
        verdictOn(figure),
        of === undefined ? unit : `${unit} (${of})`,
      ];
    }),
  );
}

/** Questions, a row for each page. */
function readTable(reads: readonly Read[]): string {
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

/** Answers, a row for each. */
function answerTable(answers: readonly AnswerCost[]): string {
  return table(
    ['answer', 'hits', 'rows', 'trips', 'SQL ms', 'p50 ms', 'p95 ms', '', 'query'],
    answers.map((answer) => {
      const over = overIn(answer);
      return [
        answer.name,
        `${answer.hits}${answer.partial ? '+' : ''}`,
        short(answer.rowsRead),
        short(answer.trips),
        short(answer.sqlMs),
        short(answer.httpP50),
        short(answer.httpP95),
        over.length === 0 ? 'ok' : `OVER: ${over.join(', ')}`,
        answer.q,
      ];
    }),
  );
}

/** What DuckDB is compared with. */
type Ours = Pick<AnswerCost, 'name' | 'hits' | 'httpP50'>;

/** Times of DuckDB beside those of a first page, and of answers, over HTTP. */
function duckDbTable(
  compared: readonly Compared[],
  reads: readonly Read[],
  answers: readonly AnswerCost[],
): string {
  const ours: Ours[] = [...reads.filter(({ page }) => page === 'first'), ...answers];
  return table(
    ['question', 'DuckDB ms', 'ours ms', 'hits', 'ours'],
    compared.map(({ name, hits, ms }) => {
      const own = ours.find((each) => each.name === name);
      return [name, short(ms), own ? short(own.httpP50) : '', `${hits}`, `${own?.hits ?? ''}`];
    }),
  );
}
