import type { Handler, Outgoing, Received, Transaction } from '@baton/bus';
import type { HandoffEventData } from '@baton/contracts';
import { Clock } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { toOutgoing } from '../lead/lead-events.outgoing.js';
import type { Lead } from '../lead/lead.js';
import { LeadStore } from '../lead/lead.store.js';
import type { InForce } from '../lead/record-activity.js';
import { joined, settleAll, type LeadTimer, type Outcome } from '../lead/evaluate-leads.js';
import { TallyStore } from '../lead/current-tallies.js';
import { InForceStore } from '../definition/active-definitions.cache.js';
import { score } from '../score/score.js';
import { HANDOFF_EVENTS, hear } from './apply-handoff-event.js';
import { VerdictStore, type Evidence } from './verdict.store.js';

/** A hand-off changed hands, or sales said what it thinks of the lead: its owner and its stage follow. */
@Injectable()
export class OnHandoffChanged implements Handler {
  readonly events = HANDOFF_EVENTS;

  constructor(
    private readonly leads: LeadStore,
    private readonly tallies: TallyStore,
    private readonly verdicts: VerdictStore,
    private readonly inForce: InForceStore,
    private readonly clock: Clock,
  ) {}

  async handle(messages: readonly Received<HandoffEventData>[], tx: Transaction): Promise<Outgoing[]> {
    const clock = this.clock.now();
    const now = clock.getTime();
    const inForce = await this.inForce.at(tx, clock);
    const ids = [...new Set(messages.map(({ data }) => data.leadId))];
    const locked = await this.tallies.brought(tx, await this.leads.lock(tx, ids), inForce);
    const leads = new Map(locked.map((lead) => [lead.id, lead]));
    const heard = messages.flatMap((message) => this.hear(message, leads, inForce, now));
    const outcome = joined(heard.map(({ outcome }) => outcome));
    await this.leads.save(tx, outcome, now);
    await this.verdicts.keep(
      tx,
      heard.flatMap(({ evidence }) => evidence ?? []),
    );
    return heard.flatMap(({ outcome, causes }) => toOutgoing(outcome, causes));
  }

  /** Settled after each event, so that a lead that was accepted and qualified in one batch was in both stages. */
  private hear(
    { contract, data, traceparent }: Received<HandoffEventData>,
    leads: Map<string, Lead>,
    inForce: InForce,
    now: number,
  ): { outcome: Outcome; evidence: Evidence | null; causes: Map<string, string | undefined> }[] {
    const before = leads.get(data.leadId);
    if (!before) return [];
    const { lead, verdict } = hear(before, contract, data, inForce.funnel);
    const settled = settleAll([lead], inForce, now, 'verdict');
    leads.set(lead.id, settled.leads[0]!);
    return [
      {
        outcome: { ...settled, timers: [...settled.timers, ...wakeTimer(lead)] },
        evidence: verdict && {
          ...verdict,
          score: score(inForce.model, lead.traits, lead.tallies, verdict.at),
          modelId: inForce.modelId,
        },
        causes: new Map([[lead.id, traceparent]]),
      },
    ];
  }
}

const wakeTimer = ({ id, standing }: Lead): LeadTimer[] =>
  standing?.with === 'nobody' && standing.until !== null
    ? [{ kind: 'wake', leadId: id, at: standing.until }]
    : [];
