import { WEEKDAYS } from './calendar.js';
import { DAY } from './span.js';

/** Days since 1970-01-01, a Thursday, on a calendar on the wall. */
export type LocalDate = number;

const DAYS_IN_WEEK = WEEKDAYS.length;

/** The date of a wall-clock time: milliseconds since 1970 as if the zone were UTC. */
export const dateOf = (wallTime: number): LocalDate => Math.floor(wallTime / DAY);

/** Index in `WEEKDAYS`. */
export const weekdayOf = (date: LocalDate): number =>
  (((date + 3) % DAYS_IN_WEEK) + DAYS_IN_WEEK) % DAYS_IN_WEEK;

export const yearOf = (date: LocalDate): number => new Date(date * DAY).getUTCFullYear();

/** The date, or undefined for one that does not exist, such as 30 February. */
export const dateFrom = (year: number, month: number, day: number): LocalDate | undefined => {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 ? date.getTime() / DAY : undefined;
};
