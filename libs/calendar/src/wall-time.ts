import { WEEKDAYS, type Calendar, type Shift } from './calendar.js';
import { Holidays } from './holidays.js';
import { dateOf, weekdayOf, type LocalDate } from './local-date.js';
import { DAY, merged, timeWithin, type Span } from './span.js';

/**
 * Working time on a clock on the wall that is never adjusted. Times are milliseconds since 1970 as if the zone were UTC.
 *
 * A shift across midnight belongs to the date on which it begins: a holiday removes all of it, and nothing of the shift that began
 * the evening before. Shifts written in two parts (until `24:00`, from `00:00`) follow the date of each part.
 */
export class WallTime {
  private readonly shifts: readonly (readonly Span[])[];
  private readonly regular: readonly (readonly Span[])[];
  private readonly holidays: Holidays;
  /** Working time of a week without holidays. */
  readonly weekTotal: number;

  constructor({ hours, holidays = [] }: Calendar) {
    this.shifts = WEEKDAYS.map((day) => (hours[day] ?? []).map(spanOf));
    this.regular = WEEKDAYS.map((_, weekday) => this.spansOf(weekday, true, true));
    this.weekTotal = this.regular.reduce((sum, spans) => sum + totalOf(spans), 0);
    this.holidays = new Holidays(holidays);
  }

  /** Working time between two wall-clock times, the first of which is not the later one. */
  between(from: number, to: number): number {
    const [first, last] = [dateOf(from), dateOf(to)];
    const firstSpans = this.spansOn(first);
    if (first === last) return timeWithin(firstSpans, from - first * DAY, to - first * DAY);
    return (
      timeWithin(firstSpans, from - first * DAY, DAY) +
      this.ofDates(first + 1, last) +
      timeWithin(this.spansOn(last), 0, to - last * DAY)
    );
  }

  /** Working time of the dates from one to before another: whole weeks, the dates left, and what holidays change. */
  private ofDates(from: LocalDate, to: LocalDate): number {
    const weeks = Math.floor((to - from) / WEEKDAYS.length);
    let sum = weeks * this.weekTotal;
    for (let date = from + weeks * WEEKDAYS.length; date < to; date += 1) sum += this.regularOn(date);
    // A holiday changes the next date, too: the shift that would reach into it does not begin.
    const affected = new Set(this.holidays.between(from - 1, to).flatMap((date) => [date, date + 1]));
    for (const date of affected)
      if (from <= date && date < to) sum += totalOf(this.spansOn(date)) - this.regularOn(date);
    return sum;
  }

  private regularOn(date: LocalDate): number {
    return totalOf(this.regular[weekdayOf(date)]!);
  }

  private spansOn(date: LocalDate): readonly Span[] {
    const [begins, beganBefore] = [!this.holidays.has(date), !this.holidays.has(date - 1)];
    if (begins && beganBefore) return this.regular[weekdayOf(date)]!;
    return this.spansOf(weekdayOf(date), begins, beganBefore);
  }

  /** Working time of a date from its midnight: of the shifts that begin on it, and of those that began the day before. */
  private spansOf(weekday: number, begins: boolean, beganBefore: boolean): readonly Span[] {
    const before = (weekday + WEEKDAYS.length - 1) % WEEKDAYS.length;
    return merged([
      ...(begins ? this.shifts[weekday]! : []).map(({ from, to }) => ({ from, to: Math.min(to, DAY) })),
      ...(beganBefore ? this.shifts[before]! : []).map(({ to }) => ({ from: 0, to: to - DAY })),
    ]);
  }
}

/** Milliseconds since the midnight before the shift; its end may be after the next midnight. */
const spanOf = ([start, end]: Shift): Span => {
  const [from, to] = [sinceMidnight(start), sinceMidnight(end)];
  return { from, to: to > from ? to : to + DAY };
};

const sinceMidnight = (time: string): number => {
  const [hours, minutes] = time.split(':').map(Number);
  return (hours! * 60 + minutes!) * 60_000;
};

const totalOf = (spans: readonly Span[]): number => timeWithin(spans, 0, DAY);
