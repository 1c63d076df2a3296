import type { Instant } from '../policy/duration.js';
import type { RejectReason, SignedPolicy } from '../policy/sla-policy.js';
import { personOf, refusalUnlessOffered, type ByActor } from './actor.js';
import { breachesOf } from './breach.js';
import type { PublishedEvent } from './handoff-event.js';
import type { Handoff } from './handoff.js';
import { unprocessable, type Decided, type Refusal } from './refusal.js';
import { repeated } from './repeated-decision.js';

export interface Reject extends ByActor {
  /** A code of the policy. */
  readonly reason: string;
  readonly note?: string;
  readonly wakeAt?: Instant;
  /** The policy of the current offer. */
  readonly policy: SignedPolicy;
}

/**
 * The seller returns the lead, with a reason of the policy and what that reason requires. After the acceptance only some of the reasons
 * do: those that show only then, such as that the lead never answers.
 */
export const reject = (command: Reject, handoff: Handoff): Decided<PublishedEvent> => {
  const { by, now, reason: code, note, wakeAt, policy } = command;
  const details = { ...(note !== undefined && { note }), ...(wakeAt !== undefined && { wakeAt }) };
  const decision = { what: 'rejected' as const, by: personOf(by), at: now, reason: code, ...details };
  const reasons = policy.document.rejectReasons;
  const reason = reasons.find((known) => known.code === code);
  const isStillOpen = handoff.status === 'accepted' && reason?.afterAcceptance;
  if (handoff.verdict && !isStillOpen) return repeated(handoff.verdict, decision);
  const refusal = refusalUnlessOffered(handoff, by);
  if (refusal) return refusal;
  if (!reason) {
    const codes = reasons.map((known) => known.code).join(', ');
    return unprocessable('/reason', `is not a reason of ${policy.id}; it has ${codes}`);
  }
  const incomplete = refusalUnlessComplete(reason, command);
  if (incomplete) return incomplete;
  const { teaches, outcome } = reason;
  return [...breachesOf(handoff, now), { type: 'rejected', decision, teaches, outcome }];
};

const refusalUnlessComplete = (
  { code, needs, outcome }: RejectReason,
  { note, wakeAt, now }: Reject,
): Refusal | undefined => {
  if (needs === 'note' && !note?.trim()) return unprocessable('/note', `reason ${code} needs a note`);
  if (needs === 'wakeAt' && wakeAt === undefined)
    return unprocessable('/wakeAt', `reason ${code} needs the date from which the lead is eligible again`);
  if (wakeAt === undefined) return undefined;
  if (outcome === 'disqualified')
    return unprocessable('/wakeAt', `reason ${code} is final: it takes no date`);
  return wakeAt <= now ? unprocessable('/wakeAt', 'is in the past') : undefined;
};
