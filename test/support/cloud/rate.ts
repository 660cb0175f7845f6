/** Says whether one more request of a name is within `perSecond`, and counts it if so. `now` in ms. */
export type Meter = (name: string, now: number) => boolean;

/** Counts requests of the last second, by name. */
export function createMeter(perSecond: number): Meter {
  const recent = new Map<string, number[]>();
  return (name, now) => {
    const kept = (recent.get(name) ?? []).filter((at) => now - at < 1000);
    recent.set(name, kept);
    if (kept.length >= perSecond) return false;
    kept.push(now);
    return true;
  };
}
