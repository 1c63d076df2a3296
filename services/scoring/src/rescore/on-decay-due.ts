import type { Transaction } from '@baton/bus';
import type { DueTimer, FireResult, TimerHandler } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import { ActiveDefinitionsCache } from '../definition/active-definitions.cache.js';
import { LeadHistory } from '../lead/lead-history.js';
import { evaluateLeads, type LeadTimerKind } from '../lead/evaluate-leads.js';
import { toOutgoing } from '../lead/lead.outgoing.js';
import { LeadStore } from '../lead/lead.store.js';

/** Decay alone changes the stage of a lead. */
@Injectable()
export class OnDecayDue implements TimerHandler {
  readonly kind = 'decay' satisfies LeadTimerKind;

  constructor(
    private readonly leads: LeadStore,
    private readonly history: LeadHistory,
    private readonly definitions: ActiveDefinitionsCache,
  ) {}

  async fire(due: readonly DueTimer[], clock: Date, tx: Transaction): Promise<FireResult> {
    const now = clock.getTime();
    const definitions = await this.definitions.at(tx, clock);
    const { leads, busy } = await this.leads.lockAvailable(
      tx,
      due.map(({ key }) => key),
    );
    const current = await this.history.current(tx, leads, definitions);
    // These timers are no longer pending: the next stage change needs a new one.
    const withoutTimer = current.map((lead) => ({ ...lead, nextStageChangeAt: null }));
    const outcome = evaluateLeads(withoutTimer, { definitions, now, cause: 'decay' });
    await this.leads.save(tx, outcome, now);
    return { events: toOutgoing(outcome), busy };
  }
}
