import { WorkingTime, type Calendar } from '@baton/calendar';
import type { Queryable } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import type { ClockCalendar } from '../clock/clock-calendar.js';
import type { Instant } from '../policy/duration.js';
import { CalendarStore } from './calendar.store.js';
import { PublicHolidays } from './public-holidays.cache.js';
import { holidayYears, type Absence, type StoredCalendar } from './stored-calendar.js';

/** Of a seller: what their working time follows from. */
export interface WorkingSeller {
  /** Of the seller, or else of the team; null for the default. */
  readonly calendarId: string | null;
  readonly absences: readonly Absence[];
}

/** The working time of a seller. */
export type CalendarOf = (seller: WorkingSeller) => ClockCalendar;

/** The calendars as they are now, for the clocks of sellers. */
@Injectable()
export class ClockCalendars {
  constructor(
    private readonly calendars: CalendarStore,
    private readonly publicHolidays: PublicHolidays,
  ) {}

  async load(reader: Queryable, now: Instant): Promise<CalendarOf> {
    return this.calendarOf(await this.calendars.list(reader), now);
  }

  /** The working time of sellers if these were the calendars. */
  calendarOf(calendars: readonly StoredCalendar[], now: Instant): CalendarOf {
    const defaultOne = calendars.find(({ isDefault }) => isDefault)!;
    return ({ calendarId, absences }) => {
      const calendar = calendars.find(({ id }) => id === calendarId) ?? defaultOne;
      const pauses = absences.map(({ from, until }) => [from, until] as const);
      const { id, version } = calendar;
      return { id, version, working: new WorkingTime({ ...this.withHolidays(calendar, now), pauses }) };
    };
  }

  /** The calendar with the public holidays of the years around now. */
  withHolidays({ timeZone, hours, holidays, country, region }: StoredCalendar, now: Instant): Calendar {
    const years = holidayYears(new Date(now).getUTCFullYear());
    const dates = country === null ? [] : this.publicHolidays.datesOf(country, region, years);
    return { timeZone, hours, holidays: [...holidays, ...dates] };
  }
}
