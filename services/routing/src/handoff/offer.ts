import { startClock } from '../clock/sla-clock.js';
import type { Instant } from '../policy/duration.js';
import type { SignedPolicy } from '../policy/sla-policy.js';
import type { AssignedSeller, Assignment } from '../team/allocation.js';
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
  return assignment.why === handoff.why ? [] : [keptWaiting(assignment, now)];
};

const keptWaiting = ({ why, decision }: Assignment, at: Instant): HandoffEvent => ({
  type: 'kept-waiting',
  at,
  why,
  ...(decision && { decision }),
});

/** An offer with an accept clock of its own that starts now. */
export const offeringTo = (
  { id, name, calendar }: AssignedSeller,
  { now, assignment, policy }: Offer,
): Offering => ({
  at: now,
  team: assignment.team,
  seller: { id, name },
  policyId: policy.id,
  maxReassignments: policy.document.maxReassignments,
  clock: startClock('accept', now, policy.document.accept, calendar),
  why: assignment.why,
  ...(assignment.decision && { decision: assignment.decision }),
});
