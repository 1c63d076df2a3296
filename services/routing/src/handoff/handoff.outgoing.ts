import { outgoing, type Cause, type Outgoing } from '@baton/bus';
import {
  HandoffAccepted,
  HandoffAttempted,
  HandoffBreached,
  HandoffEscalated,
  HandoffOffered,
  HandoffQualified,
  HandoffReassigned,
  HandoffRejected,
  HandoffWarned,
  type EventContract,
  type HandoffEventData as Standing,
} from '@baton/contracts';
import type { PublishedEvent } from './handoff-event.js';
import type { Handoff } from './handoff.js';

/** An event as it is told to the others. `after` is the hand-off it led to, whose version it makes. */
export const toOutgoing = (event: PublishedEvent, after: Handoff, cause?: Cause): Outgoing => {
  const told = <Data extends Standing>(
    contract: EventContract<string, Data>,
    more: Omit<Data, keyof Standing>,
  ) => outgoing(contract, { ...standingOf(after), ...more } as Data, after.version, cause);
  switch (event.type) {
    case 'offered': {
      const { at: offeredAt, why, clock } = event;
      return told(HandoffOffered, { offeredAt, acceptBy: clock.dueAt, why });
    }
    case 'reassigned': {
      const { at: reassignedAt, why, clock, from } = event;
      return told(HandoffReassigned, { fromSellerId: from.id, reassignedAt, acceptBy: clock.dueAt, why });
    }
    case 'warned':
      return told(HandoffWarned, { clock: event.clock, dueAt: event.dueAt, warnedAt: event.at });
    case 'escalated': {
      const { clock, dueAt, at: escalatedAt, why } = event;
      return told(HandoffEscalated, { clock, dueAt, escalatedAt, ...(why !== undefined && { why }) });
    }
    case 'breached':
      return told(HandoffBreached, { clock: event.clock, dueAt: event.dueAt, breachedAt: event.at });
    case 'accepted': {
      const { at: acceptedAt, by } = event.decision;
      return told(HandoffAccepted, { acceptedAt, firstTouchBy: event.clock.dueAt, decidedBy: by.id });
    }
    case 'rejected': {
      const { at: rejectedAt, by, reason, wakeAt } = event.decision;
      const { teaches, outcome } = event;
      const verdict = { reason, teaches, outcome, rejectedAt, decidedBy: by.id };
      return told(HandoffRejected, { ...verdict, ...(wakeAt !== undefined && { wakeAt }) });
    }
    case 'attempted': {
      const { attempt, channel, outcome, at: attemptedAt, by } = event;
      return told(HandoffAttempted, { attempt, channel, outcome, attemptedAt, decidedBy: by.id });
    }
    case 'qualified': {
      const { at: qualifiedAt, by, bant } = event.decision;
      return told(HandoffQualified, { ...bant, qualifiedAt, decidedBy: by.id });
    }
  }
};

const standingOf = ({ id, leadId, seller, offer, policyId }: Handoff): Standing => {
  if (!seller || !policyId) throw new Error(`hand-off ${id} has nobody to tell of`);
  return {
    handoffId: id,
    leadId,
    sellerId: seller.id,
    sellerName: seller.name,
    offerNumber: offer,
    policyId,
  };
};
