import { MAX_INSTANT, NoDueInstant, type WorkingTime } from '@baton/calendar';
import { msOf, type Duration, type Instant } from '../policy/duration.js';

/** The working time of a seller: of their calendar, without their absences. */
export interface ClockCalendar {
  readonly id: string;
  /** Of the calendar; a change increases it. */
  readonly version: number;
  readonly working: WorkingTime;
}

/**
 * The instant at a fraction (0 to 1) of a window that begins at `start`. The last instant there is if the calendar does not have so
 * much working time: the clock never runs out, and a change of the calendar moves it.
 */
export const within = (
  start: Instant,
  window: Duration,
  { working }: ClockCalendar,
  fraction = 1,
): Instant => {
  const ms = Math.round(msOf(window) * fraction);
  if (window.calendar === 'elapsed') return start + ms;
  try {
    return working.due(start, ms);
  } catch (fault) {
    if (fault instanceof NoDueInstant) return MAX_INSTANT;
    throw fault;
  }
};
