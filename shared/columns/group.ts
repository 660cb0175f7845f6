/** Counts over selected rows: a trie of the texts that rows have in each dimension, with a tally at each leaf. */
import type { Day, FieldName, Fields } from './columns.ts';
import { valueAt } from './decode.ts';

/** Selected rows of a day, as `select` gives them. */
export interface Part {
  day: Day;
  rows: Uint32Array;
}

/** What rows are told apart by. */
export type Dimension =
  /** By one field: each of its values has no, one or several texts, and a row counts for each. */
  | { [F in FieldName]: ColumnDimension<F> }[FieldName]
  /** By time, given in unix seconds: the same text for a whole quarter of an hour, counted in UTC. */
  | { bucket: (second: number) => string }
  /** By day or account. */
  | { day: (day: Day) => string };

interface ColumnDimension<F extends FieldName> {
  column: F;
  keys(value: Fields[F]): readonly string[];
}

export interface Group {
  /** One text for each dimension. */
  keys: string[];
  count: number;
  reads: number;
  writes: number;
  ok: number;
  failed: number;
  denied: number;
  /** Unix seconds. */
  first: number;
  last: number;
  newest: { account: string; day: number; second: number; key: string };
}

/** What rows have in one dimension: row `i` has `texts[codes[i]]`. */
interface Coded {
  codes: ArrayLike<number>;
  texts: readonly (readonly string[])[];
}

/** The groups that begin with these texts, or the one that is these texts. */
interface Node {
  keys: string[];
  below: Map<string, Node>;
  group?: Group;
}

const DAY = 86_400;
const QUARTER = 900;

/**
 * Counts rows by the texts that they have in each dimension, in order of first appearance; without a dimension all
 * rows are one group. Days must have been kept with `call` and `result` and the fields of the dimensions.
 */
export function groupBy(parts: Iterable<Part>, dimensions: readonly Dimension[]): Group[] {
  const root: Node = { keys: [], below: new Map() };
  const groups: Group[] = [];
  const coders = dimensions.map(coderOf);

  for (const { day, rows } of parts) {
    const coded = coders.map((code) => code(day));
    const add = adder(day);
    const visit = (row: number, node: Node, depth: number): void => {
      const dimension = coded[depth];
      if (!dimension) {
        if (!node.group) groups.push((node.group = emptyGroup(node.keys)));
        add(node.group, row);
        return;
      }
      const texts = dimension.texts[dimension.codes[row] ?? 0] ?? [];
      for (const text of texts) visit(row, childOf(node, text), depth + 1);
    };
    for (const row of rows) visit(row, root, 0);
  }
  return groups;
}

function childOf(node: Node, text: string): Node {
  const known = node.below.get(text);
  if (known) return known;
  const made: Node = { keys: [...node.keys, text], below: new Map() };
  node.below.set(text, made);
  return made;
}

function emptyGroup(keys: string[]): Group {
  const newest = { account: '', day: 0, second: -1, key: '' };
  const counts = { count: 0, reads: 0, writes: 0, ok: 0, failed: 0, denied: 0 };
  return { keys, ...counts, first: Infinity, last: -1, newest };
}

/** Gives what adds a row of the day to a group. */
function adder(day: Day): (group: Group, row: number) => void {
  const [call, result, keys, seconds] = [day.column('call'), day.column('result'), day.keys(), day.seconds()];
  return (group, row) => {
    const { action } = valueAt(call, row);
    const second = seconds[row] ?? 0;
    group.count++;
    if (action === 'read') group.reads++;
    if (action === 'write') group.writes++;
    group[valueAt(result, row).outcome]++;
    if (second < group.first) group.first = second;
    if (second <= group.last) return;
    group.last = second;
    group.newest = { account: day.account, day: day.day, second, key: valueAt(keys, row) };
  };
}

function coderOf(dimension: Dimension): (day: Day) => Coded {
  if ('bucket' in dimension) return bucketCoder(dimension.bucket);
  if ('day' in dimension) return (day) => ({ codes: [], texts: [[dimension.day(day)]] });
  return columnCoder(dimension);
}

/** Each text once, so that a row counts once in a group. */
function columnCoder<F extends FieldName>(dimension: ColumnDimension<F>): (day: Day) => Coded {
  const known = new Map<Fields[F], readonly string[]>();
  return (day) => {
    const { values, codes } = day.column(dimension.column);
    const texts = values.map((value) => {
      const made = known.get(value) ?? [...new Set(dimension.keys(value))];
      known.set(value, made);
      return made;
    });
    return { codes, texts };
  };
}

/** Times are told apart by quarters of hours: days and hours of every zone begin at one. */
function bucketCoder(bucket: (second: number) => string): (day: Day) => Coded {
  const known = new Map<number, readonly string[]>();
  return (day) => {
    const start = day.day * DAY;
    const texts = Array.from({ length: DAY / QUARTER }, (_, i) => {
      const second = start + i * QUARTER;
      const made = known.get(second) ?? [bucket(second)];
      known.set(second, made);
      return made;
    });
    return { codes: day.seconds().map((second) => Math.floor((second - start) / QUARTER)), texts };
  };
}
