import type { Transaction } from '@baton/bus';
import { Timers, type DueTimer, type FireResult, type TimerHandler } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import { ClockCalendars } from '../calendar/clock-calendars.js';
import { RETIME_TIMER, retimeClocks, retimeKey } from '../team/retime-timer.js';
import { TeamStore } from '../team/team.store.js';
import type { HandoffEvent } from './handoff-event.js';
import { HandoffStore } from './handoff.store.js';
import { RecordChanges, type HandoffChange } from './record-changes.js';
import { retime } from './retiming.js';

/** Sellers of one transaction, and hand-offs of each. */
const MAX_SELLERS = 20;
const MAX_HANDOFFS = 100;

/**
 * The team, the calendar or the absences of sellers changed: their open hand-offs become those of their team, and the running clocks are
 * re-timed, in batches.
 */
@Injectable()
export class OnSellerChanged implements TimerHandler {
  readonly kind = RETIME_TIMER;

  constructor(
    private readonly handoffs: HandoffStore,
    private readonly changes: RecordChanges,
    private readonly teams: TeamStore,
    private readonly calendars: ClockCalendars,
    private readonly timers: Timers,
  ) {}

  async fire(due: readonly DueTimer[], now: Date, tx: Transaction): Promise<FireResult> {
    const keys = due.map(({ key }) => key);
    const batch = keys.slice(0, MAX_SELLERS).map(retimeKey);
    // Waits for decisions under way: a clock that such a decision starts may follow the calendar before.
    const handoffs = await this.handoffs.lockOpenOf(tx, batch, MAX_HANDOFFS);
    const calendarOf = await this.calendars.load(tx, now.getTime());
    const sellers = await this.teams.workingSellers(
      tx,
      batch.map(({ sellerId }) => sellerId),
    );
    const changes = handoffs.map((handoff): HandoffChange => {
      const seller = sellers.get(handoff.seller!.id);
      if (!seller) return { handoff, events: [] };
      const at = now.getTime();
      const { team } = seller;
      const moved: HandoffEvent[] = handoff.team === team ? [] : [{ type: 'team-changed', at, team }];
      return { handoff, events: [...moved, ...retime({ now: at, calendar: calendarOf(seller) }, handoff)] };
    });
    const { events } = await this.changes.run(tx, changes);
    const next = batch.flatMap(({ sellerId }) => {
      const own = handoffs.filter(({ seller }) => seller!.id === sellerId);
      return own.length < MAX_HANDOFFS ? [] : retimeClocks(sellerId, now, own.at(-1)!.id);
    });
    await this.timers.schedule(tx, next);
    return { events, busy: keys.slice(MAX_SELLERS) };
  }
}
