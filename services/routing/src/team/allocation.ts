import type { Candidate, Person, Team } from './team.js';
import { afterAssignment, selectSeller, sellersWithCapacity } from './weighted-round-robin.js';

/** The seller a lead goes to and why, or why no seller of the team can take it. */
export interface Assignment {
  readonly team: string;
  readonly seller: Person | null;
  readonly why: string;
}

/** Assignments of one locked team: each counts those before it. */
export class Allocation {
  private team: Team;

  constructor(
    private readonly before: Team,
    private readonly random: () => number,
  ) {
    this.team = before;
  }

  /** Ids of the sellers who can take another lead. */
  get sellersWithCapacity(): readonly string[] {
    return sellersWithCapacity(this.team).map(({ id }) => id);
  }

  /** The sellers who differ from before the first assignment. */
  get changedSellers(): readonly Candidate[] {
    return this.team.sellers.filter((seller, n) => seller !== this.before.sellers[n]);
  }

  /** The next seller of the round robin for a lead that some sellers must not get. */
  next(avoid: readonly string[]): Assignment {
    const { seller, why, team } = selectSeller(this.team, new Set(avoid), this.random);
    this.team = team;
    return { team: team.name, seller, why };
  }

  /** The seller a person named, whether away or at a limit; undefined when the team has no such seller. */
  named(sellerId: string, why: string): Assignment | undefined {
    const seller = this.team.sellers.find(({ id }) => id === sellerId);
    if (!seller) return undefined;
    this.team = afterAssignment(this.team, sellerId);
    return { team: this.team.name, seller: { id: seller.id, name: seller.name }, why };
  }
}
