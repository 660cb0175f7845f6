/** What becomes of an alert over time, and what there is to tell about it. */

export type Told = 'opened' | 'summary' | 'recovered';

/** An alert. Times are unix seconds of our clock. */
export interface Life {
  /** Its events so far. */
  count: number;
  /** When it grew last. */
  grown: number;
  recovered?: number;
  acknowledged: boolean;
  /** The last message about it, and how many events that told of. */
  told?: { kind: Told; at: number; count: number };
}

/** What of its policy decides. */
export interface Manner {
  /** Seconds without growth after which it recovers; absent where something else ends it. */
  quiet?: number;
  /** Seconds between two messages. */
  silence: number;
  /** Whether its end is told. */
  tellsEnd: boolean;
}

/** Whether its group is one that nobody wants to be told about. */
export interface Hush {
  expected: boolean;
  /** Unix seconds. */
  mutedUntil: number;
}

/** What it is now, what to tell, and when to look again (undefined: when it grows). */
export interface Lived {
  life: Life;
  tell?: Told;
  due?: number;
}

/**
 * Looks at an alert at the unix second `now`. It is told once when it opens, then at most once in a silence while it
 * grows, then that it recovered. Nothing is told while it is hushed; what is open when a mute ends is told then. Once
 * acknowledged, only its end is. What recovers, comes back within the silence and goes again is told once, after it.
 * What a clock that ran ahead wrote down counts as of now.
 */
export function live(alert: Life, { quiet, silence, tellsEnd }: Manner, hush: Hush, now: number): Lived {
  const before = until(alert, now);
  const isOver = quiet !== undefined && now >= before.grown + quiet;
  const life = before.recovered === undefined && isOver ? { ...before, recovered: now } : before;
  const { told, count, recovered, acknowledged } = life;
  const ends = recovered === undefined && quiet !== undefined ? life.grown + quiet : undefined;
  const untold = told === undefined || count > told.count;
  const tellFrom = (kind: Told, from: number): Lived => {
    const at = Math.max(from, hush.mutedUntil);
    if (hush.expected || now < at) return { life, ...dueAt(ends, hush.expected ? undefined : at) };
    const next = { kind: recovered === undefined ? kind : ('recovered' as const), at: now, count };
    return { life: { ...life, told: next }, tell: kind, ...dueAt(ends) };
  };
  if (recovered === undefined) {
    if (told === undefined) return tellFrom('opened', now);
    return untold && !acknowledged ? tellFrom('summary', told.at + silence) : { life, ...dueAt(ends) };
  }
  if (told === undefined) return { life };
  if (told.kind === 'recovered') return untold ? tellFrom('summary', told.at + silence) : { life };
  if (tellsEnd && !hush.expected && hush.mutedUntil <= now) return tellFrom('recovered', now);
  // Its end goes untold, and with it what it was last.
  return { life: { ...life, told: { kind: 'recovered', at: told.at, count } } };
}

function until({ told, ...life }: Life, now: number): Life {
  const known = told && { told: { ...told, at: Math.min(told.at, now) } };
  return { ...life, grown: Math.min(life.grown, now), ...known };
}

function dueAt(...times: (number | undefined)[]): { due?: number } {
  const some = times.filter((time) => time !== undefined);
  return some.length === 0 ? {} : { due: Math.min(...some) };
}
