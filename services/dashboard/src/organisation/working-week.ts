import type { Organisation } from '../api/shapes.js';

export type Hours = Organisation['workingWeek'][number];
export type Day = Hours['day'];

export const DAYS: readonly Day[] = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
];

const FROM = /^([01]\d|2[0-3]):[0-5]\d$/;
const TO = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

/** Completes what people type: `9` and `9:30` are `09:00` and `09:30`. */
export const timeIn = (text: string): string => {
  const [, hour, minute = '00'] = /^(\d{1,2})(?:[:.](\d{2}))?$/.exec(text.trim()) ?? [];
  return hour === undefined ? text : `${hour.padStart(2, '0')}:${minute}`;
};

/** What is wrong with these hours of a day, as a sentence; undefined when nothing is. */
export const faultIn = (hours: readonly Omit<Hours, 'day'>[]): string | undefined => {
  for (const [index, { from, to }] of hours.entries()) {
    if (!FROM.test(from)) return 'Write the beginning as 09:00.';
    if (!TO.test(to)) return 'Write the end as 17:00; midnight is 24:00.';
    if (from >= to) return 'The end must be later than the beginning.';
    if (hours.slice(0, index).some((other) => other.from < to && from < other.to)) return 'Hours overlap.';
  }
  return undefined;
};

export const hoursOf = (week: readonly Hours[], day: Day): Hours[] =>
  week.filter((hours) => hours.day === day);

/** The week with other hours of one day, in the order of days. */
export const withHours = (week: readonly Hours[], day: Day, hours: readonly Hours[]): Hours[] =>
  DAYS.flatMap((each) => (each === day ? hours : hoursOf(week, each)));

export const WORKING_DAYS: readonly Hours[] = DAYS.slice(0, 5).map((day) => ({
  day,
  from: '09:00',
  to: '17:00',
}));
