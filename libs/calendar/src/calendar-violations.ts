import { WEEKDAYS, type Weekday } from './calendar.js';
import { instantFrom } from './instant.js';
import { MAX_HOLIDAYS, MAX_PAUSES, MAX_SHIFTS, MAX_VIOLATIONS, MAX_YEAR, MIN_YEAR } from './limits.js';
import { dateFrom } from './local-date.js';
import { isTimeZone } from './time-zone.js';

/** One fault in a JSON value. */
export interface CalendarViolation {
  /** JSON Pointer (RFC 6901). */
  readonly pointer: string;
  /** Follows the name of the member. */
  readonly detail: string;
}

type Violations = readonly CalendarViolation[];
type JsonObject = Readonly<Record<string, unknown>>;

const MEMBERS = ['timeZone', 'hours', 'holidays', 'pauses'];
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const HOLIDAY = /^(\d{4}|\*)-(\d\d)-(\d\d)$/;
/** A leap year: `*-02-29` is a date. */
const ANY_YEAR = 2000;
export const INSTANT_RULE = `must be an ISO 8601 instant with an offset, such as 2026-11-28T18:00:00Z, of the years ${MIN_YEAR} to ${MAX_YEAR}`;

/** What is wrong with any JSON value in place of a `Calendar`; empty for one. At most 100. */
export const calendarViolations = (calendar: unknown, pointer = ''): Violations => {
  if (!isObject(calendar)) return [{ pointer, detail: 'must be an object with timeZone and hours' }];
  const { timeZone, hours, holidays = [], pauses = [] } = calendar;
  return [
    ...unknownMembers(calendar, pointer, MEMBERS),
    ...timeZoneViolations(timeZone, `${pointer}/timeZone`),
    ...hoursViolations(hours, `${pointer}/hours`),
    ...listViolations(holidays, `${pointer}/holidays`, MAX_HOLIDAYS, holidayViolations),
    ...listViolations(pauses, `${pointer}/pauses`, MAX_PAUSES, pauseViolations),
  ].slice(0, MAX_VIOLATIONS);
};

const timeZoneViolations = (timeZone: unknown, pointer: string): Violations =>
  typeof timeZone === 'string' && isTimeZone(timeZone)
    ? []
    : [{ pointer, detail: 'must be a time zone, such as Europe/Berlin' }];

const hoursViolations = (hours: unknown, pointer: string): Violations => {
  if (!isObject(hours))
    return [{ pointer, detail: 'must be an object of shifts by day, such as {"mon": [["09:00", "17:00"]]}' }];
  return [
    ...unknownMembers(hours, pointer, WEEKDAYS),
    ...WEEKDAYS.filter((day: Weekday) => hours[day] !== undefined).flatMap((day) =>
      listViolations(hours[day], `${pointer}/${day}`, MAX_SHIFTS, shiftViolations),
    ),
  ];
};

const shiftViolations = (shift: unknown, pointer: string): Violations => {
  if (!isPair(shift)) return [{ pointer, detail: 'must be a pair of times, such as ["09:00", "17:00"]' }];
  const [start, end] = shift;
  const violations = [start, end].flatMap((time, n) =>
    (typeof time === 'string' && TIME.test(time)) || (n === 1 && time === '24:00')
      ? []
      : [
          {
            pointer: `${pointer}/${n}`,
            detail: `must be a time from 00:00 to ${n === 1 ? '24:00' : '23:59'}`,
          },
        ],
  );
  if (violations.length > 0 || start !== end) return violations;
  return [
    { pointer, detail: 'must not end when it starts: a whole day is ["00:00", "24:00"], no work is []' },
  ];
};

const holidayViolations = (holiday: unknown, pointer: string): Violations => {
  const [, year, month, day] = (typeof holiday === 'string' ? HOLIDAY.exec(holiday) : null) ?? [];
  const ofYear = year === '*' ? ANY_YEAR : Number(year);
  return ofYear >= MIN_YEAR && ofYear <= MAX_YEAR && dateExists(ofYear, Number(month), Number(day))
    ? []
    : [{ pointer, detail: 'must be a date, such as 2026-12-25, or *-12-25 for every year' }];
};

const dateExists = (year: number, month: number, day: number): boolean =>
  month >= 1 && day >= 1 && dateFrom(year, month, day) !== undefined;

const pauseViolations = (pause: unknown, pointer: string): Violations => {
  if (!isPair(pause)) return [{ pointer, detail: 'must be a pair of instants' }];
  const [start, end] = pause.map(instantFrom);
  const violations = [start, end].flatMap((instant, n) =>
    instant === undefined ? [{ pointer: `${pointer}/${n}`, detail: INSTANT_RULE }] : [],
  );
  if (start === undefined || end === undefined || start <= end) return violations;
  return [{ pointer: `${pointer}/1`, detail: 'must not be before the start of the pause' }];
};

const listViolations = (
  list: unknown,
  pointer: string,
  max: number,
  ofItem: (item: unknown, pointer: string) => Violations,
): Violations => {
  if (!Array.isArray(list)) return [{ pointer, detail: 'must be a list' }];
  if (list.length > max) return [{ pointer, detail: `must have at most ${max} items` }];
  return list.flatMap((item: unknown, n) => ofItem(item, `${pointer}/${n}`));
};

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isPair = (value: unknown): value is [unknown, unknown] => Array.isArray(value) && value.length === 2;

/** The first member of `value` other than `known`. */
const unknownMembers = (value: JsonObject, pointer: string, known: readonly string[]): Violations => {
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown === undefined) return [];
  const name = unknown.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1');
  return [{ pointer: `${pointer}/${name}`, detail: `is not known here: ${known.join(', ')} are` }];
};
