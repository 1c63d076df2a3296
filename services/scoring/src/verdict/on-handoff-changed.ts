import type { Handler, Outgoing, Received, Transaction } from '@baton/bus';
import { HandoffOffered, HandoffRejected, type HandoffEventData } from '@baton/contracts';
import { Clock } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { ActiveDefinitions } from '../definition/active-definitions.js';
import { ActiveDefinitionsCache } from '../definition/active-definitions.cache.js';
import { LeadHistory } from '../lead/lead-history.js';
import { scoreOf } from '../lead/evaluate-lead.js';
import { evaluateLeads, mergeOutcomes, type Outcome } from '../lead/evaluate-leads.js';
import type { Lead } from '../lead/lead.js';
import { LeadSellersStore, type LeadSeller } from '../lead/lead-sellers.store.js';
import { toOutgoing } from '../lead/lead.outgoing.js';
import { LeadStore } from '../lead/lead.store.js';
import { factsOf } from '../learning/facts.js';
import { applyHandoffEvent, HANDOFF_EVENTS, type HandoffEvent } from './apply-handoff-event.js';
import { VerdictStore, type Evidence, type HandoffFacts } from './verdict.store.js';
import { wakeTimers } from './wake-timers.js';

type HandoffMessage = Received<HandoffEventData>;

interface Effect {
  readonly outcome: Outcome;
  readonly evidence: Evidence | null;
  readonly facts: HandoffFacts | null;
  readonly events: readonly Outgoing[];
}

/** Routing assigned a lead or sales gave a verdict: owner and stage of the lead follow, and who sees it. */
@Injectable()
export class OnHandoffChanged implements Handler {
  readonly events = HANDOFF_EVENTS;

  constructor(
    private readonly leads: LeadStore,
    private readonly history: LeadHistory,
    private readonly verdicts: VerdictStore,
    private readonly sellers: LeadSellersStore,
    private readonly definitions: ActiveDefinitionsCache,
    private readonly clock: Clock,
  ) {}

  async handle(messages: readonly HandoffMessage[], tx: Transaction): Promise<Outgoing[]> {
    const clock = this.clock.now();
    const now = clock.getTime();
    const definitions = await this.definitions.at(tx, clock);
    const ids = [...new Set(messages.map(({ data }) => data.leadId))];
    const { leads: locked, leadOf } = await this.leads.lockCurrent(tx, ids);
    const current = await this.history.current(tx, locked, definitions);
    const leads = new Map(current.map((lead) => [lead.id, lead]));
    const effects = messages.flatMap((message) => {
      const lead = leads.get(leadOf.get(message.data.leadId) ?? '');
      if (!lead) return [];
      const effect = effectOf(lead, message, definitions, now);
      leads.set(lead.id, effect.outcome.leads[0]!);
      return [effect];
    });
    await this.leads.save(tx, mergeOutcomes(effects.map(({ outcome }) => outcome)), now);
    await this.sellers.add(tx, messages.map(toLeadSeller), clock);
    await this.verdicts.save(
      tx,
      effects.flatMap(({ evidence }) => evidence ?? []),
    );
    await this.verdicts.saveFacts(
      tx,
      effects.flatMap(({ facts }) => facts ?? []),
    );
    return effects.flatMap(({ events }) => events);
  }
}

/** Leads are evaluated after each event, so that a lead accepted and qualified in one batch passes both stages. */
const effectOf = (
  before: Lead,
  message: HandoffMessage,
  definitions: ActiveDefinitions,
  now: number,
): Effect => {
  const { lead, verdict } = applyHandoffEvent(before, toHandoffEvent(message), definitions.funnel);
  const evaluated = evaluateLeads([lead], { definitions, now, cause: 'verdict' });
  const evidence = verdict && {
    ...verdict,
    score: scoreOf(lead, definitions.model, verdict.at),
    modelId: definitions.modelId,
  };
  return {
    outcome: { ...evaluated, timers: [...evaluated.timers, ...wakeTimers(lead)] },
    evidence,
    facts: knownAtOffer(before, message, definitions),
    events: toOutgoing(evaluated, new Map([[lead.id, message.traceparent]])),
  };
};

/** At the offer, before a seller has looked: what sales fills in afterwards would give the verdict away. */
const knownAtOffer = (
  lead: Lead,
  { contract, data, time, redelivered }: HandoffMessage,
  { model }: ActiveDefinitions,
): HandoffFacts | null =>
  contract.type === HandoffOffered.type && !redelivered
    ? {
        handoffId: data.handoffId,
        leadId: lead.id,
        at: time.getTime(),
        facts: factsOf(model, lead, time.getTime()),
      }
    : null;

const toLeadSeller = ({ contract, data, sequence }: HandoffMessage): LeadSeller => ({
  leadId: data.leadId,
  sellerId: data.sellerId,
  handoffId: data.handoffId,
  sequence: sequence ?? 0,
  owner: contract.type === HandoffRejected.type ? null : { id: data.sellerId, name: data.sellerName },
});

const toHandoffEvent = ({ contract, data, sequence, time, redelivered }: HandoffMessage): HandoffEvent => ({
  contract,
  data,
  position: { handoffId: data.handoffId, sequence: sequence ?? 0, publishedAt: time.getTime() },
  redelivered: redelivered === true,
});
