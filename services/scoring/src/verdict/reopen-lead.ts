import { Outbox } from '@baton/bus';
import { Clock, DomainError } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { ActiveDefinitionsCache } from '../definition/active-definitions.cache.js';
import { comeBack } from '../funnel/sales-status.js';
import { evaluateLeads } from '../lead/evaluate-leads.js';
import { LeadHistory } from '../lead/lead-history.js';
import { changeAllSales } from '../lead/lead-sales.js';
import { toOutgoing } from '../lead/lead.outgoing.js';
import { LeadStore } from '../lead/lead.store.js';

/** A person brings back a lead that sales gave back, also one that was disqualified for good. */
@Injectable()
export class ReopenLead {
  constructor(
    private readonly outbox: Outbox,
    private readonly leads: LeadStore,
    private readonly history: LeadHistory,
    private readonly definitions: ActiveDefinitionsCache,
    private readonly clock: Clock,
  ) {}

  /**
   * The lead is marketing's again, in the stage of its score, and offered to sales if that is sales-ready.
   *
   * @returns the stage. @throws DomainError `conflict` when sales has not given it back
   */
  run(id: string): Promise<string> {
    return this.outbox.transact(async (tx) => {
      const clock = this.clock.now();
      const now = clock.getTime();
      const definitions = await this.definitions.at(tx, clock);
      const { leads } = await this.leads.lockCurrent(tx, [id]);
      const [lead] = await this.history.current(tx, leads, definitions);
      if (lead?.salesStatus?.state !== 'returned')
        throw new DomainError('conflict', 'Sales has not given this lead back: there is nothing to reopen.');
      const reopened = changeAllSales(lead, (sales) =>
        sales.salesStatus?.state === 'returned' ? comeBack(sales, 'reopened', now) : sales,
      );
      const outcome = evaluateLeads([reopened], { definitions, now, cause: 'reopened' });
      await this.leads.save(tx, outcome, now);
      return { events: toOutgoing(outcome), result: outcome.leads[0]!.stage };
    });
  }
}
