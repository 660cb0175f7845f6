/** A named figure, and how it is judged. */

export interface Figure {
  /** Stable: figures of different runs are compared by it. */
  name: string;
  value: number;
  unit: string;
  target?: { most: number } | { least: number };
  /** Which of many it is, where it is the worst of them. */
  of?: string;
}

/** Whether a figure keeps its target; undefined where it has none. */
export function keeps({ value, target }: Figure): boolean | undefined {
  if (target === undefined) return undefined;
  return 'most' in target ? value <= target.most : value >= target.least;
}

/** The target as a table shows it; empty where there is none. */
export function boundOf({ target }: Figure): string {
  return target === undefined ? '' : 'most' in target ? `≤ ${target.most}` : `≥ ${target.least}`;
}

/** Whether a figure keeps its target, as a table shows it. */
export function verdictOn(figure: Figure): string {
  const kept = keeps(figure);
  return kept === undefined ? '' : kept ? 'ok' : 'OVER';
}

/** The highest value and whose it is. */
export function worst<T extends { name: string; page?: string }>(
  asked: readonly T[],
  value: (one: T) => number,
): { value: number; of: string } {
  const [most] = asked.toSorted((one, other) => value(other) - value(one));
  if (most === undefined) throw new Error('nothing was asked');
  return { value: value(most), of: most.page === undefined ? most.name : `${most.name}, ${most.page}` };
}
