import type { ClockName } from '@baton/contracts';
import { Injectable } from '@nestjs/common';
import type { CalendarOf, WorkingSeller } from '../calendar/clock-calendars.js';
import type { Instant } from '../policy/duration.js';
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

export interface ClockPreview {
  readonly moved: readonly MovedClock[];
  /** False when there are more open hand-offs than a preview looks at. */
  readonly isComplete: boolean;
}

/** The clocks that other working times would move; nothing changes. */
@Injectable()
export class MovedClocks {
  constructor(private readonly handoffs: HandoffQueryStore) {}

  /** Of sellers, by id, as they would work. */
  async of(
    sellers: ReadonlyMap<string, WorkingSeller>,
    calendarOf: CalendarOf,
    now: Instant,
  ): Promise<ClockPreview> {
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
