/** How times (ms since 1970) are written in one language and one zone. */

export interface Clock {
  /** IANA. */
  tz: string;
  /** The zone's distance from UTC at a time: `UTC+8`. */
  zone: (time: number) => string;
  /** The calendar day there: `2026-11-20`. */
  date: (time: number) => string;
  /** `14:02`. */
  minute: (time: number) => string;
  /** `Fri 20 Nov` of a calendar day. */
  day: (date: string) => string;
  /** `14:02` of a time of the same day as `now`, any other with its day. */
  near: (time: number, now: number) => string;
  /** `Fri 20 Nov 2026, 14:02:11 UTC+8`. */
  full: (time: number) => string;
  /** The same with milliseconds. */
  exact: (time: number) => string;
}

const MINUTE = { hour: '2-digit', minute: '2-digit' } as const;
const DAY = { weekday: 'short', day: 'numeric', month: 'short' } as const;
const SECOND = { ...DAY, year: 'numeric', ...MINUTE, second: '2-digit' } as const;

/** A clock of a zone, writing as `tag` does. */
export function clockOf(tag: string, tz: string): Clock {
  const writer = (timeZone: string, options: Intl.DateTimeFormatOptions): ((time: number) => string) => {
    const format = new Intl.DateTimeFormat(tag, { timeZone, hourCycle: 'h23', ...options });
    // A weekday stands beside its date with a space and no comma, whichever of them the language has.
    return (time) =>
      format
        .format(time)
        .replace(/^(\w+),/, '$1')
        .replace('日周', '日 周');
  };
  const offset = new Intl.DateTimeFormat('en-US', { timeZone: tz, timeZoneName: 'shortOffset' });
  // Of the languages at hand, this one writes a date as ISO 8601 does.
  const iso = new Intl.DateTimeFormat('en-CA', {
    timeZone: tz,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const [minute, dayAndMinute, second, part] = [
    writer(tz, MINUTE),
    writer(tz, { day: 'numeric', month: 'short', ...MINUTE }),
    writer(tz, SECOND),
    writer(tz, { ...SECOND, fractionalSecondDigits: 3 }),
  ];
  const day = writer('UTC', DAY);
  const date = (time: number): string => iso.format(time);
  const zone = (time: number): string => {
    const name = offset.formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    return name.replace('GMT', 'UTC').replace(/^UTC\+0$/, 'UTC');
  };
  return {
    tz,
    zone,
    date,
    minute,
    day: (written) => day(Date.parse(`${written}T00:00:00Z`)),
    near: (time, now) => (date(time) === date(now) ? minute(time) : dayAndMinute(time)),
    full: (time) => `${second(time)} ${zone(time)}`,
    exact: (time) => `${part(time)} ${zone(time)}`,
  };
}
