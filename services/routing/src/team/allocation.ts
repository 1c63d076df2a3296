import type { Next } from '../handoff/offer.js';
import type { SignedPolicy } from '../policy/sla-policy.js';
import { assigned, hasRoom, nextInTurn, type Random, type Team } from './weighted-round-robin.js';

/** Turns taken one after the other while the team is locked: each sees what those before it gave away. */
export class Round {
  private now: Team;

  constructor(
    readonly before: Team,
    private readonly policy: SignedPolicy,
    private readonly random: Random,
  ) {
    this.now = before;
  }

  /** The team after all turns so far. */
  get after(): Team {
    return this.now;
  }

  /** Whether another turn can give anybody anything. */
  get hasRoom(): boolean {
    return hasRoom(this.now);
  }

  /** Whose turn it is for a lead that some sellers should not get. */
  next(avoid: readonly string[]): Next {
    const { seller, why, team } = nextInTurn(this.now, new Set(avoid), this.random);
    this.now = team;
    return { seller, why, policy: this.policy };
  }

  /** The seller whom a person named, limits and absence or not; undefined when the team has nobody of this id. */
  named(sellerId: string, why: string): Next | undefined {
    const seller = this.now.sellers.find(({ id }) => id === sellerId);
    if (!seller) return undefined;
    this.now = assigned(this.now, sellerId);
    return { seller: { id: seller.id, name: seller.name }, why, policy: this.policy };
  }
}
