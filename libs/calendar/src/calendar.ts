/** Milliseconds since 1970, UTC. */
export type Instant = number;

/** In the order of a week; the names of `hours`. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/**
 * Start and end on a clock, `HH:MM`. An end that is not after the start is on the next day; `24:00` is the end of the day itself.
 */
export type Shift = readonly [start: string, end: string];

/** When people work, as they write it. `calendarViolations` has the rules. */
export interface Calendar {
  /** Of the IANA database, such as `Europe/Berlin`, or a fixed offset, such as `+05:30`. */
  readonly timeZone: string;
  /** Shifts by the weekday on which they begin; overlapping ones count once. */
  readonly hours: { readonly [day in Weekday]?: readonly Shift[] };
  /** Dates on which no shift begins: `2026-12-25`, or `*-12-25` for every year. */
  readonly holidays?: readonly string[];
  /** Start and end of times that do not count, as ISO 8601 instants. */
  readonly pauses?: readonly (readonly [start: string, end: string])[];
}
