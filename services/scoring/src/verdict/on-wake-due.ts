import type { Transaction } from '@baton/bus';
import type { DueTimer, FireResult, TimerHandler } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import { ActiveDefinitionsCache } from '../definition/active-definitions.cache.js';
import { LeadHistory } from '../lead/lead-history.js';
import { salesAtWake } from '../lead/evaluate-lead.js';
import { changeAllSales } from '../lead/lead-sales.js';
import { evaluateLeads, type LeadTimerKind } from '../lead/evaluate-leads.js';
import { toOutgoing } from '../lead/lead.outgoing.js';
import { LeadStore } from '../lead/lead.store.js';

/** The wake date of a recycled lead has come: it is offered to sales again if its score still qualifies. */
@Injectable()
export class OnWakeDue implements TimerHandler {
  readonly kind = 'wake' satisfies LeadTimerKind;

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
    const awake = (await this.history.current(tx, leads, definitions)).flatMap((lead) => {
      const awakened = changeAllSales(lead, (sales) => salesAtWake(lead, sales, definitions, now));
      return awakened === lead ? [] : awakened;
    });
    const outcome = evaluateLeads(awake, { definitions, now, cause: 'wake' });
    await this.leads.save(tx, outcome, now);
    return { events: toOutgoing(outcome), busy };
  }
}
