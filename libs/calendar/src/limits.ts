/** First and last year of instants, in UTC. */
export const MIN_YEAR = 1900;
export const MAX_YEAR = 2199;
export const MIN_INSTANT = Date.UTC(MIN_YEAR, 0, 1);
export const MAX_INSTANT = Date.UTC(MAX_YEAR + 1, 0, 1) - 1;
/** Shifts of one weekday. */
export const MAX_SHIFTS = 48;
export const MAX_HOLIDAYS = 1_000;
export const MAX_PAUSES = 1_000;
/** More than the time between the first and the last instant. */
export const MAX_SECONDS = 10_000_000_000;
/** Violations reported for one calendar. */
export const MAX_VIOLATIONS = 100;
