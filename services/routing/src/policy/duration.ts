/** An ISO 8601 instant in UTC with milliseconds, as `toISOString` writes it: compares as text as it does as a time. */
export type Instant = string;

export const UNITS = ['seconds', 'minutes', 'hours', 'days'] as const;
type Unit = (typeof UNITS)[number];

/** How the time is counted. Working hours come with calendars; until then all of it counts. */
export const CALENDARS = ['elapsed'] as const;
type Calendar = (typeof CALENDARS)[number];

/** A length of time as people agree on it: "24 hours" says nothing without the calendar. */
export interface Duration {
  readonly amount: number;
  readonly unit: Unit;
  readonly calendar: Calendar;
}

const MS: Record<Unit, number> = { seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 };

/** Milliseconds of a duration on its calendar; an elapsed day has 24 hours. */
const msOf = ({ amount, unit }: Duration): number => amount * MS[unit];

/** The instant at a fraction (0 to 1) of a window that begins at `start`. */
export const within = (start: Instant, window: Duration, fraction = 1): Instant =>
  new Date(Date.parse(start) + Math.round(msOf(window) * fraction)).toISOString();

/** Midnight UTC after `now`: when limits per day are fresh again. */
export const startOfNextDay = (now: Instant): Instant =>
  new Date(Date.parse(`${dayOf(now)}T00:00:00.000Z`) + MS.days).toISOString();

/** The UTC day of an instant, such as `2026-01-05`. */
export const dayOf = (instant: Instant): string => instant.slice(0, 10);
