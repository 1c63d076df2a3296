import type { AssignmentDecision } from './assignment-decision.js';
import type { ClockCalendar } from '../clock/clock-calendar.js';
import type { Instant } from '../policy/duration.js';
import type { Pool } from './pool.js';
import type { Candidate, Person, Team } from './team.js';
import { afterAssignment, obstacleOf, selectSeller, sellersWithCapacity } from './select-seller.js';

/** A seller with the working time their clocks follow. */
export interface AssignedSeller extends Person {
  readonly calendar: ClockCalendar;
}

/** The seller a lead goes to and why, or why no seller of the team can take it. */
export interface Assignment {
  readonly team: string;
  readonly seller: AssignedSeller | null;
  readonly why: string;
  readonly decision?: AssignmentDecision;
}

/** Assignments of one locked team: each counts those before it. */
export class Allocation {
  private team: Team;

  constructor(
    private readonly before: Team,
    private readonly random: () => number,
    private readonly now: Instant,
    private readonly calendarOf: (seller: Candidate) => ClockCalendar,
  ) {
    this.team = before;
  }

  /** The sellers who can take another lead. */
  get sellersWithCapacity(): readonly Candidate[] {
    return sellersWithCapacity(this.team);
  }

  /** The sellers who differ from before the first assignment. */
  get changedSellers(): readonly Candidate[] {
    return this.team.sellers.filter((seller, n) => seller !== this.before.sellers[n]);
  }

  /**
   * The next seller for a lead that some sellers must not get, of the first of these pools of the team that has one; without pools, of
   * the whole team.
   */
  next(avoid: readonly string[], pools: readonly Pool[] = []): Assignment {
    const [first, ...others] = pools;
    const assignment = this.nextOf(avoid, first);
    return assignment.seller || others.length === 0 ? assignment : this.next(avoid, others);
  }

  /** The seller a person named, whether away or at a limit; undefined when the team has no such seller. */
  named(sellerId: string, why: string): Assignment | undefined {
    return this.team.sellers.some(({ id }) => id === sellerId)
      ? this.give(sellerId, 'named', why)
      : undefined;
  }

  /** The owner of the lead or its account, or why they cannot take it. `of`: such as "the account". */
  owner(sellerId: string, of: string, avoid: readonly string[]): Assignment {
    const owner = this.team.sellers.find(({ id }) => id === sellerId);
    const obstacle = owner ? obstacleOf(owner, { avoid }) : 'is in another team now';
    if (!obstacle) return this.give(sellerId, 'owner', `owner of ${of}`);
    const why = `${owner?.name ?? 'a seller'}, the owner of ${of}, ${obstacle}`;
    return { team: this.team.name, seller: null, why, decision: this.decision('owner', null, why) };
  }

  private nextOf(avoid: readonly string[], pool?: Pool): Assignment {
    const { random, now } = this;
    const { seller, why, team, decision } = selectSeller(this.team, { ...pool, avoid, random, now });
    this.team = team;
    return {
      team: team.name,
      seller: seller && this.assigned(seller.id),
      why,
      decision: { ...decision, ...pool?.by },
    };
  }

  private give(sellerId: string, method: AssignmentDecision['method'], why: string): Assignment {
    this.team = afterAssignment(this.team, sellerId, this.now);
    const decision = this.decision(method, sellerId, why);
    return { team: this.team.name, seller: this.assigned(sellerId), why, decision };
  }

  private decision(
    method: AssignmentDecision['method'],
    sellerId: string | null,
    why: string,
  ): AssignmentDecision {
    return { team: this.team.name, method, seed: null, sellerId, why, candidates: [] };
  }

  private assigned(sellerId: string): AssignedSeller {
    const seller = this.team.sellers.find(({ id }) => id === sellerId)!;
    return { id: seller.id, name: seller.name, calendar: this.calendarOf(seller) };
  }
}

/** Allocations of locked teams, by team. */
export type Allocations = ReadonlyMap<string, Allocation>;
