import type { SignedPolicy } from '../policy/sla-policy.js';
import type { Assignment } from '../team/allocation.js';
import { personOf, type ByActor } from './actor.js';
import { breachesOf } from './breach.js';
import type { HandoffEvent } from './handoff-event.js';
import { decisionOf, type Handoff } from './handoff.js';
import { offer, offeringTo } from './offer.js';
import { alreadyDecided, notNow, type Decided } from './refusal.js';

/** A manager gives the lead to another seller. */
export interface Reassign extends ByActor {
  readonly assignment: Assignment;
  /** The policy in force: the new offer runs under it. */
  readonly policy: SignedPolicy;
}

/** Nothing happens when the seller has the lead already; after a verdict it is refused. */
export const reassign = (command: Reassign, handoff: Handoff): Decided<HandoffEvent> => {
  const { by, now, assignment } = command;
  if (by.acts !== 'any')
    return { code: 'forbidden', detail: 'Only a manager gives a lead to another seller.' };
  const decision = decisionOf(handoff);
  if (decision) return alreadyDecided(decision);
  const { seller, why } = assignment;
  if (!seller) return notNow(handoff, `No other seller can take it: ${why}. Name a seller.`);
  if (!handoff.seller) return offer(command, handoff);
  if (seller.id === handoff.seller.id) return [];
  return [
    ...breachesOf(handoff, now),
    { type: 'reassigned', from: handoff.seller, ...offeringTo(seller, command), by: personOf(by) },
  ];
};
