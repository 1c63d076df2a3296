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
  HandoffRetimed,
  HandoffWarned,
  type EventContract,
  type HandoffEventData,
} from '@baton/contracts';
import { toIso } from '../policy/duration.js';
import type { PublishedEvent } from './handoff-event.js';
import type { Handoff } from './handoff.js';

/** The event to publish. `after` is the hand-off that results from it. */
export const toOutgoing = (event: PublishedEvent, after: Handoff, cause?: Cause): Outgoing => {
  const published = <Data extends HandoffEventData>(
    contract: EventContract<string, Data>,
    data: Omit<Data, keyof HandoffEventData>,
  ) => outgoing(contract, { ...commonDataOf(after), ...data } as Data, after.version, cause);
  switch (event.type) {
    case 'offered':
      return published(HandoffOffered, {
        offeredAt: toIso(event.at),
        acceptBy: toIso(event.clock.dueAt),
        why: event.why,
      });
    case 'reassigned':
      return published(HandoffReassigned, {
        fromSellerId: event.from.id,
        reassignedAt: toIso(event.at),
        acceptBy: toIso(event.clock.dueAt),
        why: event.why,
      });
    case 'warned':
      return published(HandoffWarned, {
        clock: event.clock,
        dueAt: toIso(event.dueAt),
        warnedAt: toIso(event.at),
        ...(event.everyChannel && { everyChannel: true }),
      });
    case 'escalated':
      return published(HandoffEscalated, {
        clock: event.clock,
        dueAt: toIso(event.dueAt),
        escalatedAt: toIso(event.at),
        ...(event.why !== undefined && { why: event.why }),
      });
    case 'breached':
      return published(HandoffBreached, {
        clock: event.clock,
        dueAt: toIso(event.dueAt),
        breachedAt: toIso(event.at),
      });
    case 'retimed':
      return published(HandoffRetimed, {
        clock: event.clock.name,
        dueAt: toIso(event.clock.dueAt),
        retimedAt: toIso(event.at),
      });
    case 'accepted':
      return published(HandoffAccepted, {
        acceptedAt: toIso(event.decision.at),
        firstTouchBy: toIso(event.clock.dueAt),
        decidedBy: event.decision.by.id,
      });
    case 'rejected': {
      const { at, by, reason, wakeAt } = event.decision;
      return published(HandoffRejected, {
        reason,
        teaches: event.teaches,
        outcome: event.outcome,
        rejectedAt: toIso(at),
        decidedBy: by.id,
        ...(wakeAt !== undefined && { wakeAt: toIso(wakeAt) }),
      });
    }
    case 'attempted':
      return published(HandoffAttempted, {
        attempt: event.attempt,
        channel: event.channel,
        outcome: event.outcome,
        attemptedAt: toIso(event.at),
        decidedBy: event.by.id,
      });
    case 'qualified':
      return published(HandoffQualified, {
        ...event.decision.bant,
        qualifiedAt: toIso(event.decision.at),
        decidedBy: event.decision.by.id,
      });
  }
};

const commonDataOf = ({ id, leadId, seller, offerNumber, policyId }: Handoff): HandoffEventData => {
  if (!seller || !policyId)
    throw new Error(`hand-off ${id} has no seller, so no event of it can be published`);
  return { handoffId: id, leadId, sellerId: seller.id, sellerName: seller.name, offerNumber, policyId };
};
