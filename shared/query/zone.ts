/** Clock times of a zone, turned into points in time with the zone's own history of offsets. */

const DAY = 86_400;

/** Whether the runtime knows the zone: `Asia/Shanghai`. */
export function isTimeZone(tz: string): boolean {
  try {
    formatter(tz);
    return true;
  } catch {
    return false;
  }
}

/** What clocks in a zone show. */
export interface Zone {
  /** Seconds by which clocks are ahead of UTC at a point in time, in unix seconds. */
  offsetAt(unix: number): number;
  /**
   * Unix seconds at which clocks show a date and time, given as the seconds that it would be in UTC. A time that
   * occurs twice is the first of the two; a time that is skipped counts on from the moment of the change, so a
   * midnight that never was is the start of its day.
   */
  unixOf(clock: number): number;
}

/** The zone of a name. Throws where it is unknown: ask `isTimeZone` first. */
export function zoneOf(tz: string): Zone {
  const format = formatter(tz);
  return {
    offsetAt: (unix) => offsetAt(unix, format),
    unixOf(clock) {
      // No offset exceeds 14 hours, so these lie on either side of a change near the time asked for.
      const before = clock - offsetAt(clock - DAY, format);
      const after = clock - offsetAt(clock + DAY, format);
      const real = [before, after].filter((unix) => unix + offsetAt(unix, format) === clock);
      return real.length > 0 ? Math.min(...real) : before;
    },
  };
}

/** `unixOf` of a zone, for one time. */
export function unixOfClock(clock: number, tz: string): number {
  return zoneOf(tz).unixOf(clock);
}

function formatter(tz: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', { timeZone: tz, timeZoneName: 'longOffset' });
}

/** Seconds by which clocks are ahead of UTC at a point in time. */
function offsetAt(unix: number, format: Intl.DateTimeFormat): number {
  const name = format.formatToParts(unix * 1000).find((part) => part.type === 'timeZoneName');
  // `GMT` alone is UTC; seconds occur in offsets of the distant past.
  const [, sign = '+', hours = 0, minutes = 0, seconds = 0] =
    /([+-])(\d+):(\d+)(?::(\d+))?/.exec(name?.value ?? '') ?? [];
  const offset = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return sign === '-' ? -offset : offset;
}
