export { calendarViolations, INSTANT_RULE, type CalendarViolation } from './calendar-violations.js';
export {
  PERIOD_UNITS,
  periodAt,
  periodOfKey,
  type CalendarPeriod,
  type PeriodUnit,
} from './calendar-period.js';
export { WEEKDAYS, type Calendar, type Instant, type Shift, type Weekday } from './calendar.js';
export { instantFrom } from './instant.js';
export { MAX_HOLIDAYS, MAX_INSTANT, MAX_PAUSES, MAX_SECONDS, MAX_SHIFTS } from './limits.js';
export { isTimeZone } from './time-zone.js';
export { due, elapsed, NoDueInstant, WorkingTime } from './working-time.js';
