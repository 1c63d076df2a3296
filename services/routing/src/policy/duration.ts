/** Milliseconds since 1970, UTC. */
export type Instant = number;

export const UNITS = ['seconds', 'minutes', 'hours', 'days'] as const;
type Unit = (typeof UNITS)[number];

/** How the time is counted; `elapsed`: all of it, `working`: the working time of the seller's calendar. */
export const CALENDARS = ['elapsed', 'working'] as const;
type Calendar = (typeof CALENDARS)[number];

/** A length of time as people agree on it. */
export interface Duration {
  readonly amount: number;
  readonly unit: Unit;
  readonly calendar: Calendar;
}

const MS: Record<Unit, number> = { seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 };

/** Milliseconds of a duration; a day has 24 hours, and is no unit of working time. */
export const msOf = ({ amount, unit }: Duration): number => amount * MS[unit];

/** The next midnight UTC, when limits per day start again. */
export const startOfNextDay = (now: Instant): Instant => (Math.floor(now / MS.days) + 1) * MS.days;

/** The UTC day of an instant, such as `2026-01-05`. */
export const dayOf = (instant: Instant): string => toIso(instant).slice(0, 10);

/** ISO 8601 in UTC with milliseconds. */
export const toIso = (instant: Instant): string => new Date(instant).toISOString();
