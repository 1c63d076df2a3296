import { Clock, ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { CalendarSettings } from '../calendar/calendar-settings.js';
import { ClockCalendars } from '../calendar/clock-calendars.js';
import { concernedBy, withCalendar } from '../calendar/stored-calendar.js';
import { TeamStore } from '../team/team.store.js';
import type { Actor } from './actor.js';
import { ChangeCalendar } from './change-calendar.js';
import { MovedClocks, type ClockPreview } from './moved-clocks.js';

/** The clocks that a changed calendar would move; nothing changes. */
@Injectable()
export class PreviewCalendar {
  constructor(
    private readonly changeCalendar: ChangeCalendar,
    private readonly clockCalendars: ClockCalendars,
    private readonly teams: TeamStore,
    private readonly clocks: MovedClocks,
    private readonly clock: Clock,
    private readonly database: ReadDatabase,
  ) {}

  async run(by: Actor, id: string, settings: CalendarSettings): Promise<ClockPreview> {
    const now = this.clock.now().getTime();
    const { before, after } = await this.changeCalendar.changed(this.database, by, id, settings);
    const calendarOf = this.clockCalendars.calendarOf(withCalendar(before, after), now);
    const sellers = await this.teams.sellersBy(this.database, concernedBy(after, before));
    return this.clocks.of(sellers, calendarOf, now);
  }
}
