import { DomainError } from '@baton/platform';
import { Timers } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import { AllocateSellers } from '../team/allocate-sellers.js';
import type { Assignment } from '../team/allocation.js';
import { TeamStore } from '../team/team.store.js';
import { offerWaiting } from '../team/waiting-timer.js';
import { refusalUnlessAccepted, type Actor } from './actor.js';
import { DecideHandoff, type DecidedHandoff, type LockedHandoff } from './decide-handoff.js';
import { OfferPolicy } from './offer-policy.js';
import { poolsOf } from './handoff.js';
import { giveBack, reassign } from './reassignment.js';
import { HANDOFF_TIMER } from './record-changes.js';

/** Whom a manager gives a lead to, and from whom. */
export interface Reassignment {
  /** Without it, the next in turn. */
  readonly sellerId?: string | undefined;
  /** Only while this seller has the lead. */
  readonly fromSellerId?: string | undefined;
}

/**
 * A manager gives an open lead to another seller: the one named, of any team, or the next in turn. The new offer
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

  run(id: string, by: Actor, to: Reassignment = {}): Promise<DecidedHandoff> {
    return this.decisions.run(id, by, async (locked) => {
      const { tx, handoff, now } = locked;
      const policy = await this.policies.inForce(tx, now);
      const assignment = await this.assignmentFor(locked, by, to);
      return reassign({ by, now, policy, ...(assignment && { assignment }) }, handoff);
    });
  }

  /** The seller who accepted the lead, or a manager for them, returns it: it is offered to the next in turn. */
  giveBack(id: string, by: Actor): Promise<DecidedHandoff> {
    return this.decisions.run(id, by, async (locked) => {
      const { tx, handoff, now } = locked;
      const refusal = refusalUnlessAccepted(handoff, by);
      if (refusal) return refusal;
      const policy = await this.policies.inForce(tx, now);
      const assignment = (await this.assignmentFor(locked, by))!;
      return giveBack({ by, now, policy, assignment }, handoff);
    });
  }

  private async assignmentFor(
    { tx, handoff, now }: LockedHandoff,
    by: Actor,
    { sellerId, fromSellerId }: Reassignment = {},
  ): Promise<Assignment | undefined> {
    const { id, team, seller, avoid } = handoff;
    if (seller && seller.id === sellerId) return undefined;
    if (fromSellerId !== undefined && seller?.id !== fromSellerId) return undefined;
    const target = sellerId === undefined ? team : await this.teams.teamOf(tx, sellerId);
    if (target === undefined) throw noSuchSeller(sellerId!);
    const pools = target === team ? poolsOf(handoff) : [{ team: target }];
    // Timers before teams: see AllocateSellers. A timer that is cancelled may be restored and claimed by a firing that finds the hand-off
    // locked; one that is scheduled stays locked here until it is scheduled for the new offer.
    await this.timers.schedule(tx, [{ kind: HANDOFF_TIMER, key: id, dueAt: new Date(now) }]);
    // The seller who loses the lead has capacity for a waiting one.
    await this.timers.schedule(tx, offerWaiting([team], new Date(now)));
    return this.sellers.inPools(tx, pools, now, (allocations) => {
      const allocation = allocations.get(target)!;
      if (sellerId === undefined) return allocation.next(avoid, pools);
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
