import type { SignedPolicy } from '../policy/sla-policy.js';
import type { Assignment } from '../team/allocation.js';
import { personOf, refusalUnlessAccepted, type ByActor } from './actor.js';
import { breachesOf } from './breach.js';
import type { HandoffEvent } from './handoff-event.js';
import { decisionOf, isOpen, type Handoff } from './handoff.js';
import { offer, offeringTo } from './offer.js';
import { alreadyDecided, notNow, type Decided } from './refusal.js';

/** A manager gives the lead to another seller. */
export interface Reassign extends ByActor {
  /** Absent when the lead is to stay with its seller. */
  readonly assignment?: Assignment;
  /** The policy in force: the new offer runs under it. */
  readonly policy: SignedPolicy;
}

/** Nothing happens when the seller has the lead already; after a rejection or qualification it is refused. */
export const reassign = (command: Reassign, handoff: Handoff): Decided<HandoffEvent> => {
  const { by, now, assignment } = command;
  if (by.acts !== 'any')
    return { code: 'forbidden', detail: 'Only a manager gives a lead to another seller.' };
  const decision = isOpen(handoff) ? undefined : decisionOf(handoff);
  if (decision) return alreadyDecided(decision);
  if (!assignment) return [];
  const { seller, why } = assignment;
  if (!seller) return notNow(handoff, `No other seller can take it: ${why}. Name a seller.`);
  if (!handoff.seller) return offer({ ...command, assignment }, handoff);
  if (seller.id === handoff.seller.id) return [];
  return [
    ...breachesOf(handoff, now),
    {
      type: 'reassigned',
      from: handoff.seller,
      ...offeringTo(seller, { ...command, assignment }),
      by: personOf(by),
    },
  ];
};

/** A seller returns a lead they accepted to their team: it goes to the next in turn. */
export interface GiveBack extends ByActor {
  readonly assignment: Assignment;
  /** The policy in force: the new offer runs under it. */
  readonly policy: SignedPolicy;
}

export const giveBack = (command: GiveBack, handoff: Handoff): Decided<HandoffEvent> => {
  const { by, now, assignment } = command;
  const refusal = refusalUnlessAccepted(handoff, by);
  if (refusal) return refusal;
  const { seller, why } = assignment;
  if (!seller || !handoff.seller) return notNow(handoff, `No other seller can take it: ${why}.`);
  const from = handoff.seller;
  return [
    ...breachesOf(handoff, now),
    { type: 'reassigned', from, ...offeringTo(seller, command), by: personOf(by) },
  ];
};

/** The lead of a seller who is away and has not touched it goes to another seller; without one it stays. */
export const passOn = (command: Omit<GiveBack, 'by'>, handoff: Handoff): readonly HandoffEvent[] => {
  const { now, assignment } = command;
  const { seller, status } = handoff;
  if (status !== 'offered' || !seller || !assignment.seller) return [];
  return [
    ...breachesOf(handoff, now),
    { type: 'reassigned', from: seller, ...offeringTo(assignment.seller, command), isAway: true },
  ];
};
