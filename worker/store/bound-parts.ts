/** A value bound to a statement stays below what deployed D1 takes; local D1 would take more. */
const MAX_BOUND = 800_000;

/** Rows in runs whose JSON can be bound as one value; a single longer row comes alone. */
export function* boundParts<T>(rows: readonly T[]): Generator<T[]> {
  let part: T[] = [];
  let size = 0;
  for (const row of rows) {
    const length = JSON.stringify(row).length;
    if (size + length > MAX_BOUND && part.length > 0) {
      yield part;
      part = [];
      size = 0;
    }
    part.push(row);
    size += length;
  }
  if (part.length > 0) yield part;
}
