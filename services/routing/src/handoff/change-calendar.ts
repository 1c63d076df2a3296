import type { Queryable, Transaction } from '@baton/bus';
import { Clock, DomainError } from '@baton/platform';
import { Timers } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import type { CalendarSettings } from '../calendar/calendar-settings.js';
import { PutCalendar } from '../calendar/put-calendar.js';
import { concernedBy, type StoredCalendar } from '../calendar/stored-calendar.js';
import { TeamSettingsStore } from '../team/team-settings.store.js';
import { retimeClocks } from '../team/retime-timer.js';
import { TeamStore } from '../team/team.store.js';
import type { Actor } from './actor.js';

/** Adds or changes a calendar, and has the clocks of the sellers who work by it re-timed. */
@Injectable()
export class ChangeCalendar {
  constructor(
    private readonly putCalendar: PutCalendar,
    private readonly teams: TeamStore,
    private readonly settings: TeamSettingsStore,
    private readonly timers: Timers,
    private readonly clock: Clock,
  ) {}

  add(by: Actor, settings: CalendarSettings): Promise<StoredCalendar> {
    return this.putCalendar.add(settings, (tx, before, after) => this.retime(tx, by, before, after));
  }

  run(by: Actor, id: string, settings: CalendarSettings): Promise<StoredCalendar> {
    return this.putCalendar.change(id, settings, (tx, before, after) => this.retime(tx, by, before, after));
  }

  /** All calendars, and this one as it would be; nothing is stored. @throws DomainError as a change would */
  async changed(
    reader: Queryable,
    by: Actor,
    id: string,
    settings: CalendarSettings,
  ): Promise<{ before: readonly StoredCalendar[]; after: StoredCalendar }> {
    const calendars = await this.putCalendar.changed(reader, id, settings);
    await this.requireLed(reader, by, calendars.before, calendars.after);
    return calendars;
  }

  private async retime(
    tx: Transaction,
    by: Actor,
    before: readonly StoredCalendar[],
    after: StoredCalendar,
  ): Promise<void> {
    await this.requireLed(tx, by, before, after);
    const sellers = await this.teams.sellersBy(tx, concernedBy(after, before));
    const now = this.clock.now();
    const timers = [...sellers.keys()].map((sellerId) => retimeClocks(sellerId, now));
    await this.timers.schedule(tx, timers);
  }

  /** A manager moves no clocks of a team that they do not lead. */
  private async requireLed(
    reader: Queryable,
    by: Actor,
    before: readonly StoredCalendar[],
    after: StoredCalendar,
  ): Promise<void> {
    if (!by.leads) return;
    const team = await this.settings.notLedWith(reader, by.id, concernedBy(after, before));
    if (team === undefined) return;
    const detail = `The team ${team}, which you do not lead, works by this calendar; operations change it.`;
    throw new DomainError('forbidden', detail);
  }
}
