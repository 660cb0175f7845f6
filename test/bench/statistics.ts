/** The value that a share of the others lies below: 0.5 is the median. NaN where there is none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  if (low === undefined || high === undefined) return Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}

/** The value that half of the others lie below. NaN where there is none. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
