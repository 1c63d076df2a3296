import type { ClockName } from '@baton/contracts';
import { Clock, ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { CalendarSettings } from '../calendar/calendar-settings.js';
import { ClockCalendars } from '../calendar/clock-calendars.js';
import { concernedBy, withCalendar } from '../calendar/stored-calendar.js';
import type { Instant } from '../policy/duration.js';
import { TeamStore } from '../team/team.store.js';
import type { Actor } from './actor.js';
import { ChangeCalendar } from './change-calendar.js';
import type { Handoff } from './handoff.js';
import { HandoffQueryStore } from './handoff-query.store.js';
import { retime, type Retime } from './retiming.js';

/** Open hand-offs that a preview looks at. */
const MAX_EXAMINED = 5_000;

/** A clock that would be due at another time. */
export interface MovedClock {
  readonly handoff: Handoff;
  readonly clock: ClockName;
  readonly dueAt: Instant;
  readonly newDueAt: Instant;
}

export interface CalendarPreview {
  readonly moved: readonly MovedClock[];
  /** False when there are more open hand-offs than a preview looks at. */
  readonly isComplete: boolean;
}

/** The clocks that a changed calendar would move; nothing changes. */
@Injectable()
export class PreviewCalendar {
  constructor(
    private readonly changeCalendar: ChangeCalendar,
    private readonly clockCalendars: ClockCalendars,
    private readonly teams: TeamStore,
    private readonly handoffs: HandoffQueryStore,
    private readonly clock: Clock,
    private readonly database: ReadDatabase,
  ) {}

  async run(by: Actor, id: string, settings: CalendarSettings): Promise<CalendarPreview> {
    const now = this.clock.now().getTime();
    const { before, after } = await this.changeCalendar.changed(this.database, by, id, settings);
    const calendarOf = this.clockCalendars.calendarOf(withCalendar(before, after), now);
    const sellers = await this.teams.sellersBy(this.database, concernedBy(after, before));
    const open = await this.handoffs.openOf([...sellers.keys()], MAX_EXAMINED + 1);
    const moved = open
      .slice(0, MAX_EXAMINED)
      .flatMap((handoff) =>
        movedClocks({ now, calendar: calendarOf(sellers.get(handoff.seller!.id)!) }, handoff),
      );
    return { moved, isComplete: open.length <= MAX_EXAMINED };
  }
}

const movedClocks = (command: Retime, handoff: Handoff): MovedClock[] =>
  retime(command, handoff).flatMap(({ clock: { name, dueAt: newDueAt } }) => {
    const { dueAt } = handoff.clocks.find((clock) => clock.name === name)!;
    return dueAt === newDueAt ? [] : { handoff, clock: name, dueAt, newDueAt };
  });
