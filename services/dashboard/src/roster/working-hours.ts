import type { Calendar } from '../api/shapes.js';
import { timeIn } from '../organisation/working-week.js';

export type WorkingHours = Calendar['hours'];
export type Weekday = keyof WorkingHours;
/** Begin and end of work on a day; an end that is not after the begin is on the next day. */
export type Shift = readonly [from: string, to: string];

export const WEEKDAYS: Readonly<Record<Weekday, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

const DAYS = Object.keys(WEEKDAYS) as Weekday[];

/** The API document has shifts as lists of anything. */
const shiftsOf = (hours: WorkingHours, day: Weekday): readonly Shift[] =>
  (hours[day] ?? []) as unknown as readonly Shift[];

/** The shifts of a day as people write them: `09:00–12:30, 13:30–17:00`; empty for a day off. */
export const shiftsText = (hours: WorkingHours, day: Weekday): string =>
  shiftsOf(hours, day)
    .map(([from, to]) => `${from}–${to}`)
    .join(', ');

/** The week in words, days with the same hours together: `Mon–Fri 09:00–17:00; Sat 10:00–14:00`. */
export const hoursInWords = (hours: WorkingHours): string => {
  const runs: { first: Weekday; last: Weekday; text: string }[] = [];
  for (const day of DAYS) {
    const text = shiftsText(hours, day);
    const before = runs.at(-1);
    if (before?.text === text) before.last = day;
    else runs.push({ first: day, last: day, text });
  }
  const worked = runs.filter(({ text }) => text !== '');
  if (worked.length === 0) return 'No working hours';
  return worked.map(({ first, last, text }) => `${daysFrom(first, last)} ${text}`).join('; ');
};

const short = (day: Weekday): string => WEEKDAYS[day].slice(0, 3);
const daysFrom = (first: Weekday, last: Weekday): string =>
  first === last ? short(first) : `${short(first)}–${short(last)}`;

const FROM = /^([01]\d|2[0-3]):[0-5]\d$/;
const TO = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

/** Shifts as people type them, such as `9-12:30, 13:30-17`; undefined for a text that is none. */
export const shiftsIn = (text: string): Shift[] | undefined => {
  if (text.trim() === '') return [];
  const shifts = text.split(/[,;]/).map((part) => part.split(/\s*(?:[-–—]|\bto\b)\s*/).map(timeIn));
  return shifts.every(isShift) ? shifts.map(([from, to]) => [from!, to!] as const) : undefined;
};

const isShift = (parts: readonly string[]): boolean =>
  parts.length === 2 && FROM.test(parts[0]!) && TO.test(parts[1]!) && parts[0] !== parts[1];

/** The texts of a week as hours, without the days off; undefined while one of them is not understood. */
export const hoursFrom = (texts: Readonly<Record<Weekday, string>>): WorkingHours | undefined => {
  const read = DAYS.map((day) => [day, shiftsIn(texts[day])] as const);
  if (read.some(([, shifts]) => shifts === undefined)) return undefined;
  return Object.fromEntries(read.filter(([, shifts]) => shifts!.length > 0));
};

export const textsOf = (hours: WorkingHours): Record<Weekday, string> =>
  Object.fromEntries(DAYS.map((day) => [day, shiftsText(hours, day)])) as Record<Weekday, string>;
