import { calendarViolations, NoDueInstant, WorkingTime, type Calendar } from '@baton/calendar';
import type { Violation } from '@baton/contracts';
import type { Instant } from '../policy/duration.js';
import type { StoredCalendar } from './stored-calendar.js';

/** A calendar as people set it. */
export type CalendarSettings = Omit<StoredCalendar, 'id' | 'version'>;

/** Least working time that a calendar must have. Clocks of one that has none would never run out. */
const MIN_WORKING_MS = 3_600_000;
/** Time in which it must have that. */
const WITHIN_MS = 31 * 86_400_000;

export const shapeViolations = ({ timeZone, hours, holidays }: CalendarSettings): readonly Violation[] =>
  calendarViolations({ timeZone, hours, holidays });

/** @param calendar with its public holidays, and without violations of its shape */
export const workingTimeViolations = (calendar: Calendar, now: Instant): readonly Violation[] => {
  try {
    if (new WorkingTime(calendar).due(now, MIN_WORKING_MS) <= now + WITHIN_MS) return [];
  } catch (fault) {
    if (!(fault instanceof NoDueInstant)) throw fault;
  }
  return [{ pointer: '/hours', detail: 'has less than an hour of working time in the next 31 days' }];
};
