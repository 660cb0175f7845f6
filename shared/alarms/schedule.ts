/** When events count: hours of days of the week, on the clocks of a zone. */
import { type Schedule, WEEKDAYS } from '../api/alarms.ts';
import { zoneOf } from '../query/zone.ts';

/** Tells whether a unix second is within the schedule. */
export type Hours = (second: number) => boolean;

const DAY = 86_400;
/** 1970-01-05 was a Monday. */
const MONDAY = 4 * DAY;
/** Clocks change at whole quarters of an hour. */
const QUARTER = 900;

/** The hours of a schedule; all there are where it is null. Throws where the zone is unknown. */
export function hoursOf(schedule: Schedule | null): Hours {
  if (schedule === null) return () => true;
  const { zone, days, from = '00:00', to = '24:00', outside = false } = schedule;
  const clocks = zoneOf(zone);
  const offsets = new Map<number, number>();
  const offsetAt = (second: number): number => {
    const quarter = Math.floor(second / QUARTER);
    const known = offsets.get(quarter);
    if (known !== undefined) return known;
    const offset = clocks.offsetAt(quarter * QUARTER);
    offsets.set(quarter, offset);
    return offset;
  };
  const [start, end] = [secondsOf(from), secondsOf(to)];
  const isOn = WEEKDAYS.map((day) => days.includes(day));
  return (second) => {
    const clock = second + offsetAt(second) - MONDAY;
    const [day, time] = [Math.floor(clock / DAY), modulo(clock, DAY)];
    const today = isOn[modulo(day, 7)] === true;
    const yesterday = isOn[modulo(day - 1, 7)] === true;
    const within =
      start < end
        ? today && start <= time && time < end
        : (today && start <= time) || (yesterday && time < end);
    return within !== outside;
  };
}

function secondsOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 3600 + minutes * 60;
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
