import { ApiResponseShape, type Page, PageOf, ReadDatabase, UuidPipe } from '@baton/platform';
import { Controller, Get, Param } from '@nestjs/common';
import { CalendarResponse } from './calendar.response.js';
import { CalendarStore } from './calendar.store.js';
import { noSuchCalendar } from './put-calendar.js';
import { PresentCalendar } from './present-calendar.js';

/** Calendars of teams and sellers. */
@Controller('calendars')
export class CalendarsHttp {
  constructor(
    private readonly calendars: CalendarStore,
    private readonly database: ReadDatabase,
    private readonly present: PresentCalendar,
  ) {}

  @Get()
  @ApiResponseShape(PageOf(CalendarResponse))
  async list(): Promise<Page<CalendarResponse>> {
    const calendars = await this.calendars.list(this.database);
    return { items: calendars.map((calendar) => this.present.one(calendar)), next: null };
  }

  @Get(':id')
  @ApiResponseShape(CalendarResponse)
  async get(@Param('id', UuidPipe) id: string): Promise<CalendarResponse> {
    const calendar = await this.calendars.find(this.database, id);
    if (!calendar) throw noSuchCalendar(id);
    return this.present.one(calendar);
  }
}
