import { fold } from './fold.ts';

/**
 * The candidate that a mistyped word most likely stands for, or nothing where none is near: a few
 * typing mistakes away, begun and not finished (`out`), or with the same first half (`failure`, `failed`).
 * Candidates are lower case; of equally near ones the first is taken.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const typed = fold(word);
  return candidates
    .map((candidate) => ({ candidate, distance: editDistance(typed, candidate) }))
    .filter(({ candidate, distance }) => isNear(typed, candidate, distance))
    .toSorted((a, b) => a.distance - b.distance)
    .at(0)?.candidate;
}

function isNear(typed: string, candidate: string, distance: number): boolean {
  const longer = Math.max(typed.length, candidate.length);
  if (distance <= Math.floor(longer / 3)) return true;
  if (typed.length > 1 && candidate.startsWith(typed)) return true;
  const common = commonStart(typed, candidate);
  return common > 2 && common * 2 >= longer;
}

function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

/** Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other. */
function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const cost = (i: number, j: number) => rows[i]?.[j] ?? Infinity;

  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const replaced = cost(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? cost(i - 2, j - 2) + 1 : Infinity;
      row.push(Math.min(replaced, swapped, cost(i - 1, j) + 1, cost(i, j - 1) + 1));
    }
  }
  return cost(a.length, b.length);
}
