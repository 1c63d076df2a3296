import type { Handler, Outgoing, Received, Transaction } from '@baton/bus';
import { LeadStageChanged, type LeadStageChangedV1 } from '@baton/contracts';
import { Injectable } from '@nestjs/common';
import { HandoffStore, type LeadHandoffs } from '../handoff/handoff.store.js';
import { OfferNewLeads, type NewLead } from '../handoff/offer-new-leads.js';
import { MergedLeadStore } from '../person/merged-lead.store.js';
import { routingFactsOf } from '../rules/routing-rules.js';
import { afterOffer, afterStageChange, isToBeOffered, type LeadReadiness } from './lead-readiness.js';
import { LeadReadinessStore } from './lead-readiness.store.js';

type StageChangeMessage = Received<LeadStageChangedV1>;

/**
 * A lead that became sales-ready is offered to sales, unless it has an open hand-off. A lead that is no longer sales-ready keeps its
 * hand-off: the seller may be talking to it, and the clocks end the offer.
 */
@Injectable()
export class OnLeadStageChanged implements Handler {
  readonly events = [LeadStageChanged];

  constructor(
    private readonly persons: MergedLeadStore,
    private readonly readiness: LeadReadinessStore,
    private readonly handoffs: HandoffStore,
    private readonly offerNewLeads: OfferNewLeads,
  ) {}

  async handle(messages: readonly StageChangeMessage[], tx: Transaction): Promise<readonly Outgoing[]> {
    const leadIds = [...new Set(messages.map(({ data }) => data.leadId))];
    await this.persons.lockPersons(tx, leadIds);
    const readiness = await this.readiness.of(tx, leadIds);
    const handoffs = await this.handoffs.ofLeads(tx, leadIds);
    const offered = messages.flatMap((message) => newLeadOf(message, readiness, handoffs) ?? []);
    await this.readiness.save(tx, [...readiness.values()]);
    return this.offerNewLeads.run(tx, offered);
  }
}

/** Adds the message to what is known of its lead; gives the lead if it is to be offered now. */
const newLeadOf = (
  { data, sequence = 0, traceparent }: StageChangeMessage,
  readiness: Map<string, LeadReadiness>,
  handoffs: Map<string, LeadHandoffs>,
): NewLead | undefined => {
  const { leadId } = data;
  const { hasOpen = false, rejectedBy = [] } = handoffs.get(leadId) ?? {};
  const before = readiness.get(leadId)!;
  const after = afterStageChange(before, { ...data, sequence });
  const isOffered = !hasOpen && isToBeOffered(after);
  readiness.set(leadId, isOffered ? afterOffer(after) : after);
  if (!isOffered) return undefined;
  handoffs.set(leadId, { hasOpen: true, rejectedBy });
  return {
    leadId,
    readySequence: after.readySequence,
    avoid: rejectedBy,
    cause: { traceparent },
    facts: routingFactsOf(data),
  };
};
