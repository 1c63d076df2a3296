import { startClock } from '../clock/sla-clock.js';
import type { Instant } from '../policy/duration.js';
import type { SignedPolicy } from '../policy/sla-policy.js';
import type { Assignment } from '../team/allocation.js';
import type { Person } from '../team/team.js';
import type { HandoffEvent, Offering } from './handoff-event.js';
import type { Handoff } from './handoff.js';

/** A waiting hand-off gets its first seller. */
export interface Offer {
  readonly now: Instant;
  readonly assignment: Assignment;
  /** The policy in force: the offer runs under it. */
  readonly policy: SignedPolicy;
}

/** Offers a waiting hand-off; when no seller can take it, it keeps waiting and the reason is recorded. */
export const offer = (command: Offer, handoff: Handoff): readonly HandoffEvent[] => {
  const { now, assignment } = command;
  if (handoff.status !== 'waiting') return [];
  if (assignment.seller) return [{ type: 'offered', ...offeringTo(assignment.seller, command) }];
  return assignment.why === handoff.why ? [] : [{ type: 'kept-waiting', at: now, why: assignment.why }];
};

/** An offer with an accept clock of its own that starts now. */
export const offeringTo = ({ id, name }: Person, { now, assignment, policy }: Offer): Offering => ({
  at: now,
  team: assignment.team,
  seller: { id, name },
  policyId: policy.id,
  maxReassignments: policy.document.maxReassignments,
  clock: startClock('accept', now, policy.document.accept),
  why: assignment.why,
});
