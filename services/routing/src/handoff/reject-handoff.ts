import { Injectable } from '@nestjs/common';
import type { Actor } from './actor.js';
import { DecideHandoff, type DecidedHandoff } from './decide-handoff.js';
import { OfferPolicy } from './offer-policy.js';
import { reject, type Reject } from './rejection.js';

/**
 * A seller, or a manager for them, returns the lead with a reason. The hand-off is closed, the seller has capacity for a waiting
 * lead, and scoring decides when this lead is sales-ready again.
 */
@Injectable()
export class RejectHandoff {
  constructor(
    private readonly decisions: DecideHandoff,
    private readonly policies: OfferPolicy,
  ) {}

  run(id: string, by: Actor, rejection: Pick<Reject, 'reason' | 'note' | 'wakeAt'>): Promise<DecidedHandoff> {
    return this.decisions.run(id, by, async ({ tx, handoff, now }) => {
      const policy = await this.policies.of(tx, handoff, now);
      return reject({ ...rejection, by, now, policy }, handoff);
    });
  }
}
