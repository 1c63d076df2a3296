import { ApiResponseShape, CurrentUser, Roles, User, UuidPipe } from '@baton/platform';
import { Body, Controller, Param, Post, Put } from '@nestjs/common';
import { CalendarRequest } from '../calendar/calendar.request.js';
import { CalendarResponse } from '../calendar/calendar.response.js';
import type { CalendarSettings } from '../calendar/calendar-settings.js';
import { PresentCalendar } from '../calendar/present-calendar.js';
import { actorOf } from './actor.js';
import { ClockPreviewResponse, toResponse } from './clock-preview.response.js';
import { ChangeCalendar } from './change-calendar.js';
import { PreviewCalendar } from './preview-calendar.js';

/** Changes of calendars move the clocks that run by them. */
@Roles('manager', 'operations', 'admin')
@Controller('calendars')
export class CalendarChangesHttp {
  constructor(
    private readonly changeCalendar: ChangeCalendar,
    private readonly previewCalendar: PreviewCalendar,
    private readonly present: PresentCalendar,
  ) {}

  /** A new default re-times the clocks of sellers without a calendar. */
  @Post()
  @ApiResponseShape(CalendarResponse)
  async add(@Body() request: CalendarRequest, @CurrentUser() user: User): Promise<CalendarResponse> {
    return this.present.one(await this.changeCalendar.add(actorOf(user), settingsOf(request)));
  }

  /** The clocks that run by it are re-timed. A manager changes only calendars by which the teams they lead work alone. */
  @Put(':id')
  @ApiResponseShape(CalendarResponse)
  async put(
    @Param('id', UuidPipe) id: string,
    @Body() request: CalendarRequest,
    @CurrentUser() user: User,
  ): Promise<CalendarResponse> {
    return this.present.one(await this.changeCalendar.run(actorOf(user), id, settingsOf(request)));
  }

  /** The clocks that would be due at another time; nothing changes. */
  @Post(':id/preview')
  @ApiResponseShape(ClockPreviewResponse)
  async preview(
    @Param('id', UuidPipe) id: string,
    @Body() request: CalendarRequest,
    @CurrentUser() user: User,
  ): Promise<ClockPreviewResponse> {
    return toResponse(await this.previewCalendar.run(actorOf(user), id, settingsOf(request)));
  }
}

/** As they are stored; only days with shifts. */
const settingsOf = ({ country = null, region = null, ...request }: CalendarRequest): CalendarSettings => ({
  ...request,
  hours: Object.fromEntries(Object.entries(request.hours).filter(([, shifts]) => shifts !== undefined)),
  country,
  region,
});
