const dayAndMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const fullDate = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });

const EVERY_YEAR = '*-';
/** A leap year, so that `*-02-29` is a date in it. */
const ANY_YEAR = '2028-';

/** A holiday in words: `24 Dec 2026`, or `24 Dec, every year`. */
export const holidayText = (holiday: string): string =>
  holiday.startsWith(EVERY_YEAR)
    ? `${dayAndMonth.format(new Date(holiday.replace(EVERY_YEAR, ANY_YEAR)))}, every year`
    : fullDate.format(new Date(holiday));

export const holidaysText = (holidays: readonly string[]): string => holidays.map(holidayText).join('; ');

/** The dates from a day on, the first ones first. */
export const upcoming = (holidays: readonly string[], today: string): string[] =>
  [...new Set(holidays)].filter((date) => date >= today).sort();

/** A date of the form as a holiday. */
export const holidayOn = (date: string, everyYear: boolean): string =>
  everyYear ? `${EVERY_YEAR}${date.slice(5)}` : date;

export const withHoliday = (holidays: readonly string[], holiday: string): string[] =>
  [...new Set([...holidays, holiday])].sort();
