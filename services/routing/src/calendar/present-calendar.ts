import { Clock } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { CalendarResponse } from './calendar.response.js';
import { PublicHolidays } from './public-holidays.cache.js';
import { holidayYears, type StoredCalendar } from './stored-calendar.js';

/** Calendars as the API answers with them: with their public holidays. */
@Injectable()
export class PresentCalendar {
  constructor(
    private readonly publicHolidays: PublicHolidays,
    private readonly clock: Clock,
  ) {}

  one({ country, region, ...calendar }: StoredCalendar): CalendarResponse {
    const years = holidayYears(this.clock.now().getUTCFullYear());
    const publicHolidays = country === null ? [] : this.publicHolidays.datesOf(country, region, years);
    return { ...calendar, country, region, publicHolidays };
  }
}
