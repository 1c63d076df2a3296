import { personOf, refusalUnlessAccepted, type ByActor } from './actor.js';
import { breachesOf } from './breach.js';
import type { PublishedEvent } from './handoff-event.js';
import type { Bant, Handoff } from './handoff.js';
import type { Decided } from './refusal.js';
import { repeated } from './repeated-decision.js';

export interface Qualify extends ByActor {
  readonly bant: Bant;
}

/** The seller examined the lead, and it meets the criteria of sales. */
export const qualify = ({ by, now, bant }: Qualify, handoff: Handoff): Decided<PublishedEvent> => {
  const decision = { what: 'qualified' as const, by: personOf(by), at: now, bant };
  if (handoff.qualification) return repeated(handoff.qualification, decision);
  const refusal = refusalUnlessAccepted(handoff, by);
  if (refusal) return refusal;
  return [...breachesOf(handoff, now), { type: 'qualified', decision }];
};
