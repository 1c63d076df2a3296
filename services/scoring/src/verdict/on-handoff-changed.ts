import type { Handler, Outgoing, Received, Transaction } from '@baton/bus';
import type { HandoffEventData } from '@baton/contracts';
import { Clock } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { ActiveDefinitions } from '../definition/active-definitions.js';
import { ActiveDefinitionsCache } from '../definition/active-definitions.cache.js';
import { CurrentTallies } from '../lead/current-tallies.js';
import { evaluateLeads, mergeOutcomes, type LeadTimer, type Outcome } from '../lead/evaluate-leads.js';
import type { Lead } from '../lead/lead.js';
import { LeadSellersStore } from '../lead/lead-sellers.store.js';
import { toOutgoing } from '../lead/lead.outgoing.js';
import { LeadStore } from '../lead/lead.store.js';
import { score } from '../score/score.js';
import { applyHandoffEvent, HANDOFF_EVENTS, type HandoffEvent } from './apply-handoff-event.js';
import { VerdictStore, type Evidence } from './verdict.store.js';

type HandoffMessage = Received<HandoffEventData>;

interface Effect {
  readonly outcome: Outcome;
  readonly evidence: Evidence | null;
  readonly events: readonly Outgoing[];
}

/** Routing assigned a lead or sales gave a verdict: owner and stage of the lead follow, and who sees it. */
@Injectable()
export class OnHandoffChanged implements Handler {
  readonly events = HANDOFF_EVENTS;

  constructor(
    private readonly leads: LeadStore,
    private readonly tallies: CurrentTallies,
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
    const locked = await this.tallies.of(tx, await this.leads.lock(tx, ids), definitions);
    const leads = new Map(locked.map((lead) => [lead.id, lead]));
    const effects = messages.flatMap((message) => {
      const lead = leads.get(message.data.leadId);
      if (!lead) return [];
      const effect = effectOf(lead, message, definitions, now);
      leads.set(lead.id, effect.outcome.leads[0]!);
      return [effect];
    });
    await this.leads.save(tx, mergeOutcomes(effects.map(({ outcome }) => outcome)), now);
    await this.sellers.add(
      tx,
      messages.map(({ data }) => data),
    );
    await this.verdicts.save(
      tx,
      effects.flatMap(({ evidence }) => evidence ?? []),
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
    score: score(definitions.model, lead.traits, lead.tallies, verdict.at),
    modelId: definitions.modelId,
  };
  return {
    outcome: { ...evaluated, timers: [...evaluated.timers, ...wakeTimers(lead)] },
    evidence,
    events: toOutgoing(evaluated, new Map([[lead.id, message.traceparent]])),
  };
};

const toHandoffEvent = ({ contract, data, sequence, time, redelivered }: HandoffMessage): HandoffEvent => ({
  contract,
  data,
  position: { handoffId: data.handoffId, sequence: sequence ?? 0, publishedAt: time.getTime() },
  redelivered: redelivered === true,
});

const wakeTimers = ({ id, salesStatus }: Lead): LeadTimer[] =>
  salesStatus?.state === 'returned' && salesStatus.wakeAt !== null
    ? [{ kind: 'wake', leadId: id, at: salesStatus.wakeAt }]
    : [];
