/** Calendar days of a zone. */
import type { Day } from '../../protocol/panel.ts';

/** All that a zone does to its clocks, it does at a quarter of an hour. */
const QUARTER = 900;

type DateOf = (second: number) => string;

const READ = new Map<string, DateOf>();

/** Gives the date (`2026-11-22`) that a unix second has in an IANA zone. */
export function dateIn(tz: string): DateOf {
  const dateOf = READ.get(tz) ?? readDates(tz);
  READ.set(tz, dateOf);
  return dateOf;
}

function readDates(tz: string): DateOf {
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

/** Rows that stand newest first, by date. Looks at a few rows of each date only. */
export function countDays(count: number, secondAt: (at: number) => number, dateOf: DateOf): Day[] {
  const days: Day[] = [];
  for (let at = 0; at < count;) {
    const date = dateOf(secondAt(at));
    // The date is that of all rows before `low`, and of none from `high` on.
    let [low, high] = [at + 1, count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (dateOf(secondAt(middle)) === date) low = middle + 1;
      else high = middle;
    }
    days.push({ date, rows: low - at });
    at = low;
  }
  return days;
}
