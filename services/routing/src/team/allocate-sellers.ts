import type { Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import { ClockCalendars } from '../calendar/clock-calendars.js';
import type { Instant } from '../policy/duration.js';
import { Allocation, type Allocations } from './allocation.js';
import type { Pool } from './pool.js';
import { Random } from './random.js';
import { TeamStore } from './team.store.js';

/**
 * Assigns leads to sellers. A team stays locked until the transaction ends: assignments are made one after the other in all
 * processes, and each counts those before it. Other teams are not affected.
 *
 * Lock order of this service: lead readiness, hand-offs, their timers, the waiting timers of teams, teams. A transaction that
 * has locked a team waits for no other: it only schedules timers of hand-offs that it has locked or opened itself, and skips
 * hand-offs that are locked.
 */
@Injectable()
export class AllocateSellers {
  constructor(
    private readonly teams: TeamStore,
    private readonly random: Random,
    private readonly calendars: ClockCalendars,
  ) {}

  /** Locks the teams of the pools, in one order for all transactions, runs `work`, and saves the turns taken in it. */
  async inPools<Result>(
    tx: Transaction,
    pools: readonly Pool[],
    now: Instant,
    work: (allocations: Allocations) => Promise<Result> | Result,
  ): Promise<Result> {
    const teams = [...new Set(pools.map(({ team }) => team))];
    await this.teams.lock(tx, teams);
    const allocations = await this.allocationsOf(tx, pools, now);
    const result = await work(allocations);
    const changed = [...allocations.values()].flatMap(({ changedSellers }) => changedSellers);
    await this.teams.saveTurns(tx, changed, now);
    return result;
  }

  /** The allocations of the pools as they are now; without a lock, for previews. */
  async allocationsOf(tx: Transaction, pools: readonly Pool[], now: Instant): Promise<Allocations> {
    const teams = [...new Set(pools.map(({ team }) => team))];
    const countsOpen = pools.some(({ strategy }) => strategy === 'least-loaded');
    const calendarOf = await this.calendars.load(tx, now);
    return new Map(
      (await this.teams.load(tx, teams, now, countsOpen)).map((team) => [
        team.name,
        new Allocation(team, () => this.random.next(), now, calendarOf),
      ]),
    );
  }
}
