import { Temporal } from 'temporal-polyfill';
import type { Instant } from './calendar.js';
import { MAX_YEAR, MIN_YEAR } from './limits.js';

export const PERIOD_UNITS = ['week', 'month', 'quarter'] as const;
export type PeriodUnit = (typeof PERIOD_UNITS)[number];

/** A week, month or quarter as the calendars on the walls of a time zone have it. */
export interface CalendarPeriod {
  /** `2026-W48` (ISO 8601, Monday to Sunday), `2026-11` or `2026-Q4`. */
  readonly key: string;
  readonly start: Instant;
  /** Excluded: the start of the next period. */
  readonly end: Instant;
}

/** The period that an instant falls in. @throws RangeError for an unknown time zone */
export const periodAt = (instant: Instant, unit: PeriodUnit, timeZone: string): CalendarPeriod =>
  periodFrom(
    Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).toPlainDate(),
    unit,
    timeZone,
  );

/** The period of a key; undefined for a key of another unit, of a period that does not exist, or outside the years of instants. */
export const periodOfKey = (key: string, unit: PeriodUnit, timeZone: string): CalendarPeriod | undefined => {
  const day = firstDayOf(key);
  const period = day && periodFrom(day, unit, timeZone);
  return period?.key === key ? period : undefined;
};

const KEY = /^(\d{4})-(?:W(\d\d)|Q([1-4])|(0[1-9]|1[0-2]))$/;

const firstDayOf = (key: string): Temporal.PlainDate | undefined => {
  const [, year, week, quarter, month] = KEY.exec(key)?.map(Number) ?? [];
  if (!year || year < MIN_YEAR || year > MAX_YEAR) return undefined;
  // January 4th is always in the first week; the others are NaN.
  if (week !== undefined && week >= 0)
    return Temporal.PlainDate.from({ year, month: 1, day: 4 }).add({ weeks: week - 1 });
  return Temporal.PlainDate.from({ year, month: month || quarter! * 3 - 2, day: 1 });
};

const periodFrom = (day: Temporal.PlainDate, unit: PeriodUnit, timeZone: string): CalendarPeriod => {
  const { first, next, key } = PERIODS[unit](day);
  return { key, start: startOf(first, timeZone), end: startOf(next, timeZone) };
};

const twoDigits = (number: number): string => String(number).padStart(2, '0');

const PERIODS: Record<
  PeriodUnit,
  (day: Temporal.PlainDate) => { first: Temporal.PlainDate; next: Temporal.PlainDate; key: string }
> = {
  week: (day) => {
    const first = day.subtract({ days: day.dayOfWeek - 1 });
    const key = `${day.yearOfWeek}-W${twoDigits(day.weekOfYear!)}`;
    return { first, next: first.add({ weeks: 1 }), key };
  },
  month: (day) => {
    const first = day.with({ day: 1 });
    return { first, next: first.add({ months: 1 }), key: `${day.year}-${twoDigits(day.month)}` };
  },
  quarter: (day) => {
    const quarter = Math.ceil(day.month / 3);
    const first = day.with({ month: quarter * 3 - 2, day: 1 });
    return { first, next: first.add({ months: 3 }), key: `${day.year}-Q${quarter}` };
  },
};

const startOf = (day: Temporal.PlainDate, timeZone: string): Instant =>
  day.toZonedDateTime(timeZone).epochMilliseconds;
