import { isDate } from '@baton/contracts';
import { dayIn, startOfDay } from './time-zone.js';

/** Whole days of a time zone, both included: `2026-01-05`. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

/** The days, and the instants they begin and end with. */
export interface Period extends Days {
  readonly timeZone: string;
  readonly start: Date;
  /** Excluded. */
  readonly end: Date;
}

export interface AskedPeriod {
  readonly from?: string;
  readonly to?: string;
  /** The last hours up to now instead of days. */
  readonly hours?: number;
}

/** A period that cannot be counted; `pointer` names the parameter. */
export class InvalidPeriod extends Error {
  override readonly name = 'InvalidPeriod';

  constructor(
    readonly pointer: '/from' | '/to' | '/hours',
    readonly detail: string,
  ) {
    super(`${pointer} ${detail}`);
  }
}

const HOUR_MS = 60 * 60 * 1_000;
const DAY_MS = 24 * HOUR_MS;
const DEFAULT_DAYS = 30;
const MAX_DAYS = 3_660;
/** PostgreSQL has no year 0. */
const FIRST_DAY = '0001-01-01';
/** The rest of an instant, after its date. */
const TIME = /^T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/i;

/** The UTC day of an instant. */
export const dayOf = (instant: Date | string): string => new Date(instant).toISOString().slice(0, 10);

/**
 * The period asked for: dates, or instants that stand for the day of `timeZone` they fall in. Without `to` until today, without
 * `from` the 30 days up to `to`; with `hours` exactly that many up to `now`. @throws InvalidPeriod
 */
export const periodOf = (asked: AskedPeriod, now: Date, timeZone = 'UTC'): Period => {
  if (asked.hours !== undefined) return lastHours(asked, asked.hours, now, timeZone);
  const to = asked.to === undefined ? dayIn(timeZone, now) : dayAsked('/to', asked.to, timeZone);
  const from =
    asked.from === undefined
      ? latest(FIRST_DAY, minusDays(to, DEFAULT_DAYS - 1))
      : dayAsked('/from', asked.from, timeZone);
  if (from > to) throw new InvalidPeriod('/from', 'must not be after `to`');
  if (from < minusDays(to, MAX_DAYS))
    throw new InvalidPeriod('/from', 'must be at most ten years before `to`');
  return {
    from,
    to,
    timeZone,
    start: startOfDay(timeZone, from),
    end: startOfDay(timeZone, minusDays(to, -1)),
  };
};

const lastHours = ({ from, to }: AskedPeriod, hours: number, now: Date, timeZone: string): Period => {
  if (from !== undefined || to !== undefined)
    throw new InvalidPeriod('/hours', 'stands for itself: leave `from` and `to` out');
  const start = new Date(now.getTime() - hours * HOUR_MS);
  return {
    from: dayIn(timeZone, start),
    to: dayIn(timeZone, now),
    timeZone,
    start,
    // The newest fact may have the time of this moment.
    end: new Date(now.getTime() + 1),
  };
};

const dayAsked = (pointer: '/from' | '/to', text: string, timeZone: string): string => {
  const [date, time] = [text.slice(0, 10), text.slice(10)];
  // `Date.parse` accepts 30 February as 2 March.
  const instant = isDate(date) && (time === '' || TIME.test(time)) ? Date.parse(text) : Number.NaN;
  const day = Number.isNaN(instant) ? '' : time === '' ? date : dayIn(timeZone, new Date(instant));
  // An offset can move the day out of the years that have four digits.
  if (!isDate(day))
    throw new InvalidPeriod(
      pointer,
      'must be a date such as 2026-01-05 or an instant such as 2026-01-05T09:00:00Z',
    );
  return day;
};

const latest = (one: string, other: string): string => (one > other ? one : other);

const minusDays = (day: string, days: number): string => {
  const instant = new Date(Date.parse(day) - days * DAY_MS);
  // Before the year 1 and after 9999 the ISO form has more characters.
  return instant.toISOString().replace(/T.*/, '');
};
