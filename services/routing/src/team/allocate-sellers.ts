import type { Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import type { Instant } from '../policy/duration.js';
import { Allocation } from './allocation.js';
import { Random } from './random.js';
import { TeamStore } from './team.store.js';

/** Allocations of locked teams, by team. */
export type Allocations = ReadonlyMap<string, Allocation>;

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
  ) {}

  /** Locks the teams, in one order for all transactions, runs `work`, and saves the turns taken in it. */
  async inTeams<Result>(
    tx: Transaction,
    teams: readonly string[],
    now: Instant,
    work: (allocations: Allocations) => Promise<Result> | Result,
  ): Promise<Result> {
    await this.teams.lock(tx, teams);
    const allocations = new Map(
      (await this.teams.load(tx, teams, now)).map((team) => [
        team.name,
        new Allocation(team, () => this.random.next()),
      ]),
    );
    const result = await work(allocations);
    const changed = [...allocations.values()].flatMap(({ changedSellers }) => changedSellers);
    await this.teams.saveTurns(tx, changed, now);
    return result;
  }
}
