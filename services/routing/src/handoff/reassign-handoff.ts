import { DomainError } from '@baton/platform';
import { Timers } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import { AllocateSellers } from '../team/allocate-sellers.js';
import type { Assignment } from '../team/allocation.js';
import { TeamStore } from '../team/team.store.js';
import { offerWaiting } from '../team/waiting-timer.js';
import type { Actor } from './actor.js';
import { DecideHandoff, type DecidedHandoff, type LockedHandoff } from './decide-handoff.js';
import { OfferPolicy } from './offer-policy.js';
import { reassign } from './reassignment.js';
import { HANDOFF_TIMER } from './record-changes.js';

/**
 * A manager gives an offered or waiting lead to another seller: the one named, of any team, or the next in turn. The new offer
 * has an accept clock of its own.
 */
@Injectable()
export class ReassignHandoff {
  constructor(
    private readonly decisions: DecideHandoff,
    private readonly policies: OfferPolicy,
    private readonly sellers: AllocateSellers,
    private readonly teams: TeamStore,
    private readonly timers: Timers,
  ) {}

  run(id: string, by: Actor, sellerId?: string): Promise<DecidedHandoff> {
    return this.decisions.run(id, async (locked) => {
      const { tx, handoff, now } = locked;
      const policy = await this.policies.inForce(tx, now);
      const assignment = await this.assignmentFor(locked, by, sellerId);
      return reassign({ by, now, assignment, policy }, handoff);
    });
  }

  private async assignmentFor(
    { tx, handoff, now }: LockedHandoff,
    by: Actor,
    sellerId?: string,
  ): Promise<Assignment> {
    const { id, team, seller, why, avoid } = handoff;
    if (seller && seller.id === sellerId) return { team, seller, why };
    const target = sellerId === undefined ? team : await this.teams.teamOf(tx, sellerId);
    if (target === undefined) throw noSuchSeller(sellerId!);
    // Timers before teams: see AllocateSellers. A timer that is cancelled may be restored and claimed by a firing that finds the hand-off
    // locked; one that is scheduled stays locked here until it is scheduled for the new offer.
    await this.timers.schedule(tx, [{ kind: HANDOFF_TIMER, key: id, dueAt: new Date(now) }]);
    // The seller who loses the lead has capacity for a waiting one.
    await this.timers.schedule(tx, offerWaiting([team], new Date(now)));
    return this.sellers.inTeams(tx, [target], now, (allocations) => {
      const allocation = allocations.get(target)!;
      if (sellerId === undefined) return allocation.next(avoid);
      const assignment = allocation.named(sellerId, `${by.name} chose`);
      if (!assignment) throw noSuchSeller(sellerId);
      return assignment;
    });
  }
}

const noSuchSeller = (sellerId: string): DomainError => {
  const detail = 'is no seller of any team';
  return new DomainError('unprocessable', `${sellerId} ${detail}.`, {
    errors: [{ pointer: '/sellerId', detail }],
  });
};
