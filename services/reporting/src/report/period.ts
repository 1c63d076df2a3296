import { isDate } from '@baton/contracts';

/** Whole UTC days, both included: `2026-01-05`. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** A period that cannot be counted; `pointer` names the parameter. */
export class InvalidPeriod extends Error {
  override readonly name = 'InvalidPeriod';

  constructor(
    readonly pointer: '/from' | '/to',
    readonly detail: string,
  ) {
    super(`${pointer} ${detail}`);
  }
}

const DAY_MS = 24 * 60 * 60 * 1_000;
const DEFAULT_DAYS = 30;
const MAX_DAYS = 3_660;
/** PostgreSQL has no year 0. */
const FIRST_DAY = '0001-01-01';
/** The rest of an instant, after its date. */
const TIME = /^T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/i;

/** The UTC day of an instant. */
export const dayOf = (instant: Date | string): string => new Date(instant).toISOString().slice(0, 10);

/**
 * The days asked for: dates, or instants that stand for the UTC day they fall in. Without `to` until today, without
 * `from` the 30 days up to `to`. @throws InvalidPeriod
 */
export const periodOf = (asked: { from?: string; to?: string }, now: Date): Period => {
  const to = asked.to === undefined ? dayOf(now) : dayIn('/to', asked.to);
  const from =
    asked.from === undefined
      ? latest(FIRST_DAY, minusDays(to, DEFAULT_DAYS - 1))
      : dayIn('/from', asked.from);
  if (from > to) throw new InvalidPeriod('/from', 'must not be after `to`');
  if (from < minusDays(to, MAX_DAYS))
    throw new InvalidPeriod('/from', 'must be at most ten years before `to`');
  return { from, to };
};

const dayIn = (pointer: '/from' | '/to', text: string): string => {
  const [date, time] = [text.slice(0, 10), text.slice(10)];
  // `Date.parse` accepts 30 February as 2 March.
  const instant = isDate(date) && (time === '' || TIME.test(time)) ? Date.parse(text) : Number.NaN;
  // An offset can move the day out of the years that have four digits.
  if (Number.isNaN(instant) || !isDate(dayOf(new Date(instant))))
    throw new InvalidPeriod(
      pointer,
      'must be a date such as 2026-01-05 or an instant such as 2026-01-05T09:00:00Z',
    );
  return dayOf(new Date(instant));
};

const latest = (one: string, other: string): string => (one > other ? one : other);

const minusDays = (day: string, days: number): string => dayOf(new Date(Date.parse(day) - days * DAY_MS));
