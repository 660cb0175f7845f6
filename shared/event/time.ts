import type { Json } from './event.ts';
import { isList, text } from './json.ts';

/** CloudAudit is younger than this; an earlier time is another thing read as a time. */
const EARLIEST = Date.UTC(2010, 0, 1);
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
/** As seconds the year 5138, as milliseconds 1973: nothing readable is in doubt. */
const FIRST_MILLISECONDS = 1e11;

const NUMBER = /^\d{1,16}(?:\.\d{1,9})?$/;
const CALENDAR = /^(\d{4}-\d\d-\d\d)([ Tt])(\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(?:([Zz])|([+-])(\d\d):?(\d\d))?$/;
const MINUTE = 60_000;
/** A local time in a record is Beijing time, wherever the event was. */
const BEIJING = 8 * 60 * MINUTE;

/**
 * Gives a record's `eventTime` in ms since 1970 UTC, or undefined where it cannot be read or is absurd. Takes unix
 * seconds or milliseconds as number or text, `YYYY-MM-DD HH:MM:SS` (UTC+8), RFC 3339, and a list that holds one.
 */
export function readTime(value: Json | undefined): number | undefined {
  if (isList(value)) return value.length === 1 && !isList(value[0]) ? readTime(value[0]) : undefined;
  const written = text(value).trim();
  const time = NUMBER.test(written) ? readNumber(Number(written)) : readCalendar(written);
  return time !== undefined && time >= EARLIEST && time <= LATEST ? time : undefined;
}

/** Gives RFC 3339 UTC; the milliseconds only where there are some. */
export function formatTime(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}

/** Gives the whole second of a time in ms. */
export function wholeSecond(ms: number): number {
  return Math.floor(ms / 1000);
}

function readNumber(number: number): number {
  return Math.floor(number < FIRST_MILLISECONDS ? number * 1000 : number);
}

function readCalendar(written: string): number | undefined {
  const match = CALENDAR.exec(written);
  if (!match) return undefined;
  const [, date, separator, clock, fraction = '', zulu, sign, hours, minutes] = match;
  // Only the local form may go without a zone: for any other the zone would be a guess.
  if (zulu === undefined && sign === undefined && separator !== ' ') return undefined;
  const utc = Date.parse(`${date}T${clock}Z`);
  if (Number.isNaN(utc) || !new Date(utc).toISOString().startsWith(`${date}T${clock}`)) return undefined;
  const east = sign === undefined ? 0 : (Number(hours) * 60 + Number(minutes)) * MINUTE;
  const offset = zulu === undefined && sign === undefined ? BEIJING : sign === '-' ? -east : east;
  return utc - offset + Number(fraction.padEnd(3, '0').slice(0, 3));
}
