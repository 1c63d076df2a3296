import { Database } from '@baton/bus';
import { Clock, DomainError } from '@baton/platform';
import { Timers } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import { CalendarStore } from '../calendar/calendar.store.js';
import { retimeClocks } from './retime-timer.js';
import { TeamSettingsStore, type TeamSettings } from './team-settings.store.js';
import { offerWaiting } from './waiting-timer.js';

/** Adds a team, or changes who leads it and its calendar; then the clocks of its sellers are re-timed. */
@Injectable()
export class PutTeam {
  constructor(
    private readonly database: Database,
    private readonly teams: TeamSettingsStore,
    private readonly calendars: CalendarStore,
    private readonly timers: Timers,
    private readonly clock: Clock,
  ) {}

  async run(
    team: TeamSettings,
    isNew: boolean,
  ): Promise<{ before: TeamSettings | undefined; after: TeamSettings }> {
    return this.database.transaction(async (tx) => {
      const { name, calendarId } = team;
      if (calendarId !== null && !(await this.calendars.find(tx, calendarId))) throw noSuchCalendar();
      const now = this.clock.now();
      // Timers before teams: see AllocateSellers.
      const sellers = await this.teams.sellersOf(tx, name);
      await this.timers.schedule(tx, offerWaiting([name], now));
      await this.timers.schedule(
        tx,
        sellers.map((id) => retimeClocks(id, now)),
      );
      if (isNew && !(await this.teams.add(tx, team))) throw nameTaken(name);
      const before = isNew ? undefined : await this.teams.change(tx, team);
      if (!isNew && !before) throw noSuchTeam(name);
      return { before, after: team };
    });
  }
}

export const noSuchTeam = (name: string): DomainError =>
  new DomainError('not-found', `There is no team ${name}.`);

const nameTaken = (name: string): DomainError =>
  new DomainError('conflict', `There is a team ${name} already.`, {
    errors: [{ pointer: '/name', detail: 'is the name of another team' }],
  });

const noSuchCalendar = (): DomainError =>
  new DomainError('unprocessable', 'calendarId is no calendar.', {
    errors: [{ pointer: '/calendarId', detail: 'is no calendar' }],
  });
