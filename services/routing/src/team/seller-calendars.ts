import type { Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import { ClockCalendars } from '../calendar/clock-calendars.js';
import type { ClockCalendar } from '../clock/clock-calendar.js';
import type { Instant } from '../policy/duration.js';
import { TeamStore } from './team.store.js';

/** The working time of single sellers. */
@Injectable()
export class SellerCalendars {
  constructor(
    private readonly teams: TeamStore,
    private readonly calendars: ClockCalendars,
  ) {}

  /** The default calendar for somebody who is no seller. */
  async ofSeller(tx: Transaction, id: string | undefined, now: Instant): Promise<ClockCalendar> {
    const sellers = await this.teams.workingSellers(tx, id === undefined ? [] : [id]);
    const calendarOf = await this.calendars.load(tx, now);
    return calendarOf(sellers.get(id ?? '') ?? { calendarId: null, absences: [] });
  }
}
