/** Calendar days of a zone. */
import type { Day } from '../../protocol/panel.ts';

/** All that a zone does to its clocks, it does at a quarter of an hour. */
const QUARTER = 900;

/** Gives the date (`2026-11-22`) that a unix second has in an IANA zone. */
export function dateIn(tz: string): (second: number) => string {
  // Swedes write dates as ISO 8601 does.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: tz });
  const known = new Map<number, string>();
  return (second) => {
    const quarter = Math.floor(second / QUARTER);
    const date = known.get(quarter) ?? format.format(quarter * QUARTER * 1000);
    known.set(quarter, date);
    return date;
  };
}

/** Rows that stand newest first, by date. */
export function countDays(
  count: number,
  secondAt: (at: number) => number,
  dateOf: (second: number) => string,
): Day[] {
  const days: Day[] = [];
  let quarter = Number.NaN;
  for (let at = 0; at < count; at += 1) {
    const second = secondAt(at);
    const here = Math.floor(second / QUARTER);
    const last = days.at(-1);
    if (last && here === quarter) {
      last.rows += 1;
      continue;
    }
    quarter = here;
    const date = dateOf(second);
    if (last?.date === date) last.rows += 1;
    else days.push({ date, rows: 1 });
  }
  return days;
}
