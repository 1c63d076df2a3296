import type { Transaction } from '@baton/bus';
import type { DueTimer, FireResult, TimerHandler } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import { ActiveDefinitionsCache } from '../definition/active-definitions.cache.js';
import { evaluateLeads, type LeadTimer, type Outcome } from '../lead/evaluate-leads.js';
import { LeadHistory } from '../lead/lead-history.js';
import { tellNurture, withNurtureTimer } from '../lead/lead-nurture.js';
import { toOutgoing } from '../lead/lead.outgoing.js';
import { LeadStore } from '../lead/lead.store.js';
import { NurtureSignalStore } from '../lead/nurture-signal.store.js';

/** A nurture rule has held for as long as agreed: marketing is told, once for each cause. */
@Injectable()
export class OnNurtureDue implements TimerHandler {
  readonly kind = 'nurture' as const;

  constructor(
    private readonly leads: LeadStore,
    private readonly history: LeadHistory,
    private readonly signals: NurtureSignalStore,
    private readonly definitions: ActiveDefinitionsCache,
  ) {}

  async fire(due: readonly DueTimer[], clock: Date, tx: Transaction): Promise<FireResult> {
    const now = clock.getTime();
    const definitions = await this.definitions.at(tx, clock);
    const { leads, busy } = await this.leads.lockAvailable(
      tx,
      due.map(({ key }) => key),
    );
    const current = await this.history.withTallies(tx, leads, definitions);
    // Points have decayed since: a rule that holds no longer is not told.
    const evaluated = evaluateLeads(current, { definitions, now, cause: 'decay' });
    const told = evaluated.leads.map((lead) => tellNurture(lead, definitions, now));
    // These timers are no longer pending: the next cause needs a new one.
    const timed = told.map(({ lead }) => withNurtureTimer({ ...lead, nurtureAt: null }, definitions, now));
    const outcome: Outcome = {
      ...evaluated,
      leads: timed.map(({ lead }) => lead),
      events: [
        ...evaluated.events,
        ...told.flatMap(({ lead, events }) => events.map((event) => ({ ...event, leadId: lead.id }))),
      ],
      timers: [
        ...evaluated.timers.filter(({ kind }) => kind !== this.kind),
        ...timed.flatMap(({ lead, isNew }): LeadTimer[] =>
          isNew ? [{ kind: this.kind, leadId: lead.id, at: lead.nurtureAt! }] : [],
        ),
      ],
    };
    await this.leads.save(tx, outcome, now);
    await this.signals.save(
      tx,
      told.flatMap(({ signals }) => signals),
      clock,
    );
    return { events: toOutgoing(outcome), busy };
  }
}
