import type { Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import type { AppliedMerge } from './apply-merge.js';
import type { EvaluationContext } from './evaluate-lead.js';
import { evaluateLeads, type Outcome } from './evaluate-leads.js';
import { LeadHistory } from './lead-history.js';
import { stagesAround } from './profile.store.js';

/** Evaluates leads whose profiles may have moved, with what the database knows of that. */
@Injectable()
export class MovedLeads {
  constructor(private readonly history: LeadHistory) {}

  /**
   * The leads evaluated, after those that profiles left or came back to were computed again from their history, which is complete in this
   * transaction.
   */
  async evaluate(tx: Transaction, applied: AppliedMerge, context: EvaluationContext): Promise<Outcome> {
    const rebuilt = await this.history.rebuilt(tx, applied.leads, applied.rebuilt, context);
    const leads = await this.history.withAccounts(tx, rebuilt, context.definitions);
    const { changes } = applied;
    const divided = changes.flatMap((change) =>
      change.kind === 'unmerged' && change.mergedAt !== null
        ? [{ leadId: change.leadId, fromLeadId: change.fromLeadId, mergedAt: change.mergedAt }]
        : [],
    );
    return evaluateLeads(leads, context, { changes, stagesAround: await stagesAround(tx, divided) });
  }
}
