import type { RangeKey } from './keys.ts';
import { unixOfClock } from './zone.ts';

/** A point in time as it is written in a query. Clock times are seconds as if the zone were UTC. */
export type Moment =
  | { kind: 'ago'; seconds: number }
  | { kind: 'day'; clock: number }
  /** Without an offset: read in the zone of whoever asks. `part` is 1 where there is a fraction of a second. */
  | { kind: 'clock'; clock: number; part: 0 | 1 }
  | { kind: 'instant'; unix: number; part: 0 | 1 };

const MINUTE = 60;
const DAY = 86_400;
const UNITS = new Map([
  ['m', MINUTE],
  ['h', 60 * MINUTE],
  ['d', DAY],
  ['w', 7 * DAY],
]);

const AGO = /^(\d{1,5})([mhdw])$/i;
const DATE = String.raw`(19[7-9]\d|[2-9]\d{3})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])`;
const CLOCK = String.raw`([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,9}))?)?`;
const OFFSET = String.raw`(z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?`;
const TIME = new RegExp(`^${DATE}(?:[t ]${CLOCK}${OFFSET})?$`, 'i');

/**
 * Reads a moment: RFC 3339 (offset and seconds may be left out), a date, or an age in minutes, hours,
 * days of 24 hours, or weeks. Nothing where the text is none, or no day of the calendar.
 */
export function readMoment(text: string): Moment | undefined {
  const [, count, unit = ''] = AGO.exec(text) ?? [];
  if (count) return { kind: 'ago', seconds: Number(count) * (UNITS.get(unit.toLowerCase()) ?? 0) };

  const [, year, month, day, hours, minutes, seconds = '0', fraction = '', offset] = TIME.exec(text) ?? [];
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day));
  if (new Date(midnight).getUTCDate() !== Number(day)) return undefined;
  if (!hours) return { kind: 'day', clock: midnight / 1000 };

  const clock = midnight / 1000 + Number(hours) * 3600 + Number(minutes) * MINUTE + Number(seconds);
  const part = /[1-9]/.test(fraction) ? 1 : 0;
  return offset
    ? { kind: 'instant', unix: clock - offsetSeconds(offset), part }
    : { kind: 'clock', clock, part };
}

/**
 * The unix second that a moment bounds a range at. Fractions round up at both ends: events count by
 * their whole second, and a whole second is at or after 10.5 exactly when it is at or after 11, and
 * before 10.5 exactly when it is before 11. `now` is in ms; throws where the zone is unknown.
 */
export function boundAt(moment: Moment, edge: RangeKey, now: number, tz: string): number {
  if (moment.kind === 'ago') return Math.ceil(now / 1000) - moment.seconds;
  if (moment.kind === 'instant') return moment.unix + moment.part;
  if (moment.kind === 'clock') return unixOfClock(moment.clock, tz) + moment.part;
  // `to` excludes its second, so the end of a day is the start of the next, however long the day is.
  return unixOfClock(edge === 'to' ? moment.clock + DAY : moment.clock, tz);
}

function offsetSeconds(offset: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(offset) ?? [];
  const seconds = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * MINUTE;
  return sign === '-' ? -seconds : seconds;
}
