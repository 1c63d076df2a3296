/** Order of day and month where both are numbers. */
export type DayOrder = 'day-month' | 'month-day';

const TIME = String.raw`(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(am|pm)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?`;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2})${TIME})?$`, 'i');
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})${TIME}$`, 'i');
const DAY_NAMED_MONTH = new RegExp(
  String.raw`^(?:\w{3,9},? )?(?:(\d{1,2})[-. ]+)?([a-z]{3,9})[-.,/ ]+(\d{4}|\d{2})${TIME}$`,
  'i',
);
const NAMED_MONTH_DAY = new RegExp(
  String.raw`^([a-z]{3,9})[. ]+(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})${TIME}$`,
  'i',
);
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Milliseconds since 1970 of a date, in UTC when it names no zone; undefined for other texts. */
export const dateOf = (text: string, order: DayOrder): number | undefined => {
  const first = YEAR_FIRST.exec(text);
  if (first) return instantOf(Number(first[1]), Number(first[2]), Number(first[3] ?? 1), first.slice(4));
  const last = YEAR_LAST.exec(text);
  if (last) {
    const [a, b] = [Number(last[1]), Number(last[2])];
    const [day, month] = order === 'day-month' || text.includes('.') ? [a, b] : [b, a];
    return instantOf(fullYear(last[3]!), month, day, last.slice(4));
  }
  const named = DAY_NAMED_MONTH.exec(text);
  if (named) return instantOf(fullYear(named[3]!), monthOf(named[2]!), Number(named[1] ?? 1), named.slice(4));
  const english = NAMED_MONTH_DAY.exec(text);
  if (english)
    return instantOf(Number(english[3]), monthOf(english[1]!), Number(english[2]), english.slice(4));
  return undefined;
};

/** Month first only where the texts cannot be read otherwise. */
export const dayOrderOf = (texts: readonly string[]): DayOrder => {
  const dates = (order: DayOrder): number => texts.filter((text) => dateOf(text, order) !== undefined).length;
  return dates('month-day') > dates('day-month') ? 'month-day' : 'day-month';
};

const fullYear = (text: string): number => {
  const year = Number(text);
  if (text.length === 4) return year;
  return year < 70 ? 2000 + year : 1900 + year;
};

const monthOf = (name: string): number => MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;

const instantOf = (
  year: number,
  month: number,
  day: number,
  [hours = '0', minutes = '0', seconds = '0', half, zone]: readonly (string | undefined)[],
): number | undefined => {
  const hour =
    half === undefined ? Number(hours) : (Number(hours) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  if (hour > 24 || Number(minutes) > 59 || Number(seconds) > 60) return undefined;
  const start = Date.UTC(year, month - 1, day);
  const date = new Date(start);
  if (month < 1 || month > 12 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day)
    return undefined;
  return start + ((hour * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 - offsetOf(zone);
};

const offsetOf = (zone: string | undefined): number => {
  const found = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? '');
  if (!found) return 0;
  return (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3])) * 60_000;
};
