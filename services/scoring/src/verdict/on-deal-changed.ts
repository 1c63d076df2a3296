import type { Handler, Outgoing, Received, Transaction } from '@baton/bus';
import type { DealEventData } from '@baton/contracts';
import { Clock } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { ActiveDefinitionsCache } from '../definition/active-definitions.cache.js';
import { evaluateLeads, mergeOutcomes } from '../lead/evaluate-leads.js';
import { scoreOf } from '../lead/evaluate-lead.js';
import { LeadHistory } from '../lead/lead-history.js';
import { changeSales } from '../lead/lead-sales.js';
import { toOutgoing } from '../lead/lead.outgoing.js';
import { LeadStore } from '../lead/lead.store.js';
import { DEAL_EVENTS, dealStateOf, lessonOf, salesAfterDeal } from './deal-state.js';
import { DealStore, type DealEvidence } from './deal.store.js';
import { wakeTimers } from './wake-timers.js';

type DealMessage = Received<DealEventData>;

/** Sales opened, won or lost a deal, or a customer left: the stage of the lead follows. */
@Injectable()
export class OnDealChanged implements Handler {
  readonly events = DEAL_EVENTS;

  constructor(
    private readonly leads: LeadStore,
    private readonly history: LeadHistory,
    private readonly deals: DealStore,
    private readonly definitions: ActiveDefinitionsCache,
    private readonly clock: Clock,
  ) {}

  async handle(messages: readonly DealMessage[], tx: Transaction): Promise<Outgoing[]> {
    const clock = this.clock.now();
    const definitions = await this.definitions.at(tx, clock);
    const context = { definitions, now: clock.getTime(), cause: 'deal' as const };
    const ids = [...new Set(messages.map(({ data }) => data.leadId))];
    const { leads: locked, leadOf } = await this.leads.lockCurrent(tx, ids);
    const current = await this.history.current(tx, locked, definitions);
    const leads = new Map(current.map((lead) => [lead.id, lead]));
    const deals = new Map((await this.deals.of(tx, ids)).map((deal) => [deal.dealId, deal]));
    const changed: DealEvidence[] = [];
    const outcomes = messages.flatMap(({ contract, data, sequence = 0, traceparent }) => {
      const deal = dealStateOf(contract, data, sequence);
      const before = leads.get(leadOf.get(data.leadId) ?? '');
      if (!before || sequence <= (deals.get(deal.dealId)?.sequence ?? 0)) return [];
      deals.set(deal.dealId, deal);
      changed.push({
        ...deal,
        teaches: lessonOf(deal, definitions.funnel.document),
        score: scoreOf(before, definitions.model, deal.at),
        modelId: definitions.modelId,
        funnelId: definitions.funnelId,
      });
      const ofLead = [...deals.values()].filter(({ leadId }) => leadId === data.leadId);
      const after = changeSales(before, data.leadId, (sales) =>
        salesAfterDeal(sales, deal, ofLead, definitions.funnel),
      );
      const outcome = evaluateLeads([after], context);
      const lead = outcome.leads[0]!;
      leads.set(lead.id, lead);
      const timers = [...outcome.timers, ...wakeTimers(lead)];
      return {
        outcome: { ...outcome, timers },
        events: toOutgoing(outcome, new Map([[lead.id, traceparent]])),
      };
    });
    await this.leads.save(tx, mergeOutcomes(outcomes.map(({ outcome }) => outcome)), context.now);
    await this.deals.save(tx, newestOf(changed));
    return outcomes.flatMap(({ events }) => events);
  }
}

/** One row per deal in a statement. */
const newestOf = (changed: readonly DealEvidence[]): DealEvidence[] => {
  const newest = new Map<string, DealEvidence>();
  for (const deal of changed)
    newest.set(deal.dealId, { ...deal, value: deal.value ?? newest.get(deal.dealId)?.value ?? null });
  return [...newest.values()];
};
