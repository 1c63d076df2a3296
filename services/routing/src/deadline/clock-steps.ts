import { dueSteps, type PendingStep, type SlaClock } from '../clock/sla-clock.js';
import type { HandoffEvent } from '../handoff/handoff-event.js';
import type { Handoff } from '../handoff/handoff.js';
import { offeringTo } from '../handoff/offer.js';
import type { Instant } from '../policy/duration.js';
import type { SignedPolicy } from '../policy/sla-policy.js';
import type { Assignment } from '../team/allocation.js';

/** Steps of the clocks may be due. */
export interface ClockDue {
  readonly now: Instant;
  /** The next seller and the policy in force; required where `needsAssignment` says so. */
  readonly next?: { readonly assignment: Assignment; readonly policy: SignedPolicy };
}

/** Whether a due step reassigns the lead: the caller then passes the next seller with `ClockDue`. */
export const needsAssignment = (handoff: Handoff, now: Instant): boolean =>
  handoff.autoReassignments < handoff.maxReassignments &&
  handoff.clocks.some((clock) => dueSteps(clock, now).some(({ action }) => action === 'reassign'));

/** The seller whom a due step takes out of rotation. */
export const restedSeller = ({ clocks, seller }: Handoff, now: Instant): string | undefined =>
  clocks.some((clock) => dueSteps(clock, now).some(({ action }) => action === 'rest-seller'))
    ? seller?.id
    : undefined;

/**
 * The events of all steps due at `now`, in order, each once, however many were missed: a step carried out is no longer pending. The
 * clock of a new offer starts now, so a long downtime reassigns a lead once.
 */
export const clockDue = (command: ClockDue, handoff: Handoff): readonly HandoffEvent[] =>
  handoff.clocks.flatMap((clock) =>
    dueSteps(clock, command.now).map((step) => eventOf(step, clock, handoff, command)),
  );

const eventOf = (
  { action }: PendingStep,
  { name, dueAt }: SlaClock,
  handoff: Handoff,
  { now, next }: ClockDue,
): HandoffEvent => {
  const onClock = { at: now, clock: name, dueAt };
  switch (action) {
    case 'warn':
      return { type: 'warned', ...onClock };
    case 'warn-everywhere':
      return { type: 'warned', ...onClock, everyChannel: true };
    case 'rest-seller':
      return { type: 'seller-rested', ...onClock, seller: handoff.seller! };
    case 'escalate':
      return { type: 'escalated', ...onClock };
    case 'breach':
      return { type: 'breached', ...onClock };
    case 'reassign': {
      const seller = next?.assignment.seller;
      if (!seller) return { type: 'escalated', ...onClock, why: next?.assignment.why ?? exhausted(handoff) };
      return {
        type: 'reassigned',
        from: handoff.seller ?? { id: seller.id, name: seller.name },
        ...offeringTo(seller, { now, ...next }),
      };
    }
  }
};

const exhausted = ({ autoReassignments: count }: Handoff): string =>
  `passed on ${count} ${count === 1 ? 'time' : 'times'} already, as often as the policy allows: the manager decides`;
