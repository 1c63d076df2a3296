import type { ClockCalendar } from '../clock/clock-calendar.js';
import { startClock } from '../clock/sla-clock.js';
import type { SignedPolicy } from '../policy/sla-policy.js';
import { personOf, refusalUnlessOffered, type ByActor } from './actor.js';
import { breachesOf } from './breach.js';
import type { PublishedEvent } from './handoff-event.js';
import type { Decision, Handoff } from './handoff.js';
import type { Decided } from './refusal.js';
import { repeated } from './repeated-decision.js';

export interface Accept extends ByActor {
  /** The policy of the current offer. */
  readonly policy: SignedPolicy;
  /** Of the seller. */
  readonly calendar: ClockCalendar;
}

/** The seller takes the lead, and the first-touch clock starts. */
export const accept = ({ by, now, policy, calendar }: Accept, handoff: Handoff): Decided<PublishedEvent> => {
  const decision: Decision = { what: 'accepted', by: personOf(by), at: now };
  if (handoff.verdict) return repeated(handoff.verdict, decision);
  const refusal = refusalUnlessOffered(handoff, by);
  if (refusal) return refusal;
  const clock = startClock('first-touch', now, policy.document.firstTouch, calendar);
  return [...breachesOf(handoff, now), { type: 'accepted', decision, clock }];
};
