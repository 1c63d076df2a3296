import { WEEKDAYS, type Calendar, type Instant } from './calendar.js';

const MINUTE = 60_000;

/**
 * Working time counted minute by minute, by what `Intl` says a clock on the wall shows in each. Only for calendars, zones and instants in
 * whole minutes.
 */
export class Oracle {
  private readonly format: Intl.DateTimeFormat;

  constructor(private readonly calendar: Calendar) {
    this.format = new Intl.DateTimeFormat('en-GB', {
      timeZone: calendar.timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
  }

  elapsed(start: Instant, end: Instant): number {
    let seconds = 0;
    for (let minute = start; minute < end; minute += MINUTE) if (this.isWorked(minute)) seconds += 60;
    return seconds;
  }

  /** Undefined when it is not before `limit`. */
  due(start: Instant, seconds: number, limit: Instant): Instant | undefined {
    const direction = Math.sign(seconds) * MINUTE;
    let missing = Math.abs(seconds) / 60;
    for (let now = start; ; now += direction) {
      if (missing === 0) return now;
      if (now === limit) return undefined;
      if (this.isWorked(direction > 0 ? now : now - MINUTE)) missing -= 1;
    }
  }

  isWorked(minute: Instant): boolean {
    const { pauses = [] } = this.calendar;
    if (pauses.some(([from, to]) => Date.parse(from) <= minute && minute < Date.parse(to))) return false;
    const [, day, month, year, time] = /(\d+)\/(\d+)\/(\d+), (\d+:\d+)/.exec(this.format.format(minute))!;
    const today = new Date(`${year}-${month}-${day}T00:00:00Z`);
    const yesterday = new Date(today.getTime() - 24 * 60 * MINUTE);
    return (
      this.shiftsOf(today).some(([start, end]) => start <= time! && (end <= start || time! < end)) ||
      this.shiftsOf(yesterday).some(([start, end]) => end <= start && time! < end)
    );
  }

  /** The shifts that begin on a day. Times compare as texts. */
  private shiftsOf(day: Date) {
    const date = day.toISOString().slice(0, 10);
    const { holidays = [], hours } = this.calendar;
    if (holidays.includes(date) || holidays.includes(`*${date.slice(4)}`)) return [];
    return hours[WEEKDAYS[(day.getUTCDay() + 6) % 7]!] ?? [];
  }
}
