/** What the run found, as one list of named figures with the targets that some of them have. */
import type { AnswerCost } from './answer-costs.ts';
import { answerFigures } from './answer-figures.ts';
import { worst, type Figure } from './figure.ts';
import type { Folding } from './fold.ts';
import type { Loaded } from './load.ts';
import type { Read } from './reads.ts';
import type { Removal } from './retention.ts';
import { PARTS, type Space } from './space.ts';
import { median } from './statistics.ts';

export interface Found {
  loaded: Loaded;
  newestSqlMs: number;
  /** With node:sqlite beside them. */
  compared: readonly Read[];
  space: Space;
  removal: Removal;
  folding: Folding;
  answers: readonly AnswerCost[];
}

/** Every figure of a run, in a fixed order. */
export function figuresOf(found: Found): Figure[] {
  return [
    ...ingestFigures(found.loaded),
    ...spaceFigures(found),
    ...readFigures(found),
    ...removalFigures(found.removal),
    ...foldFigures(found),
    ...answerFigures(found.answers),
  ];
}

function ingestFigures({ large, small, paired }: Loaded): Figure[] {
  return [
    { name: 'ingest.rate', value: rate(large.events, large.ms), unit: 'events/s' },
    { name: 'ingest.rate_batches_of_20', value: rate(small.events, small.ms), unit: 'events/s' },
    { name: 'ingest.rate_node', value: rate(paired.events, paired.nodeMs), unit: 'events/s' },
    {
      name: 'ingest.ratio',
      value: paired.nodeMs / paired.workerMs,
      unit: '÷ node:sqlite',
      target: { least: 0.4 },
    },
    {
      name: 'ingest.rows_written_500',
      value: large.rowsWritten / large.events,
      unit: 'rows/event',
      target: { most: 6 },
    },
    {
      name: 'ingest.rows_written_20',
      value: small.rowsWritten / small.events,
      unit: 'rows/event',
      target: { most: 8 },
    },
    { name: 'ingest.rows_read_500', value: large.rowsRead / large.events, unit: 'rows/event' },
    { name: 'ingest.rows_read_20', value: small.rowsRead / small.events, unit: 'rows/event' },
    { name: 'ingest.trips', value: Math.max(large.trips, small.trips), unit: 'trips/batch' },
  ];
}

function rate(events: number, ms: number): number {
  return (events * 1000) / ms;
}

function spaceFigures({ loaded, space }: Found): Figure[] {
  const each = (bytes: number): number => bytes / loaded.events;
  return [
    { name: 'bytes.record', value: each(loaded.rawBytes), unit: 'bytes/event' },
    { name: 'bytes.file', value: each(space.file), unit: 'bytes/event', target: { most: 800 } },
    ...PARTS.map((part) => ({ name: `bytes.${part}`, value: each(space.parts[part]), unit: 'bytes/event' })),
  ];
}

function readFigures({ newestSqlMs, compared }: Found): Figure[] {
  const of = (...kinds: Read['kind'][]): Read[] => compared.filter(({ kind }) => kinds.includes(kind));
  const exact = of('exact');
  const indexed = of('exact', 'prefix', 'substring');
  const ratios = indexed.flatMap(({ httpRatio }) => httpRatio ?? []);
  return [
    {
      name: 'reads.rows_exact',
      ...worst(exact, ({ rowsRead }) => rowsRead),
      unit: 'rows',
      target: { most: 60 },
    },
    { name: 'reads.rows_prefix', ...worst(of('prefix'), ({ rowsRead }) => rowsRead), unit: 'rows' },
    {
      name: 'reads.rows_substring',
      ...worst(of('substring'), ({ rowsRead }) => rowsRead),
      unit: 'rows',
      target: { most: 2000 },
    },
    {
      name: 'reads.trips',
      ...worst(of('exact', 'prefix', 'substring', 'other'), ({ trips }) => trips),
      unit: 'trips',
      target: { most: 2 },
    },
    { name: 'reads.sql_newest_1000', value: newestSqlMs, unit: 'ms' },
    {
      name: 'reads.sql_ratio_exact',
      ...worst(exact, ({ sqlMs }) => sqlMs / newestSqlMs),
      unit: '÷ newest 1,000',
      target: { most: 10 },
    },
    {
      name: 'reads.sql_ratio_pattern',
      ...worst(of('prefix', 'substring'), ({ sqlMs }) => sqlMs / newestSqlMs),
      unit: '÷ newest 1,000',
      target: { most: 10 },
    },
    {
      name: 'reads.http_ratio_median',
      value: median(ratios),
      unit: '÷ (no search + node:sqlite)',
      target: { most: 2 },
    },
    {
      name: 'reads.http_ratio_worst',
      ...worst(indexed, ({ httpRatio = 0 }) => httpRatio),
      unit: '÷ (no search + node:sqlite)',
      target: { most: 2 },
    },
  ];
}

function removalFigures({ removed, cost }: Removal): Figure[] {
  return [
    { name: 'retention.removed', value: removed, unit: 'events in one tick' },
    {
      name: 'retention.rows_written',
      value: cost.rowsWritten / removed,
      unit: 'rows/event',
      target: { most: 4 },
    },
    { name: 'retention.sql_ms', value: cost.sqlMs / removed, unit: 'ms/event' },
  ];
}

function foldFigures({ loaded: { events }, folding: { ticks, cost, ms, parts, days } }: Found): Figure[] {
  return [
    { name: 'fold.ticks', value: ticks, unit: 'ticks' },
    { name: 'fold.rate', value: rate(events, ms), unit: 'events/s' },
    { name: 'fold.rows_read', value: cost.rowsRead / events, unit: 'rows/event' },
    { name: 'fold.rows_written', value: cost.rowsWritten / events, unit: 'rows/event' },
    { name: 'fold.sql_ms', value: cost.sqlMs / events, unit: 'ms/event' },
    { name: 'fold.sql_ms_tick', value: cost.sqlMs / ticks, unit: 'ms/tick' },
    { name: 'fold.days', value: days, unit: 'days' },
    { name: 'fold.parts', value: parts, unit: 'rows of day_columns' },
  ];
}
