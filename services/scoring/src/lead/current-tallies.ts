import type { Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import { tally, type Tallies } from '../score/tally.js';
import { ActivityStore } from '../activity/activity.store.js';
import type { Lead } from './lead.js';
import type { InForce } from './record-activity.js';

@Injectable()
export class TallyStore {
  constructor(private readonly activities: ActivityStore) {}

  /**
   * The leads with tallies of the model in force: those scored by another one are tallied anew, all in one walk through
   * their histories. Their `modelId` stays until they are settled, which says so.
   */
  async brought(tx: Transaction, leads: readonly Lead[], { modelId, model }: InForce): Promise<Lead[]> {
    const stale = leads.filter((lead) => lead.modelId !== modelId).map(({ id }) => id);
    if (stale.length === 0) return [...leads];
    const anew = new Map<string, Tallies>(stale.map((id) => [id, {}]));
    for await (const page of this.activities.historyOf(tx, stale))
      for (const past of page) anew.set(past.leadId, tally(model, anew.get(past.leadId) ?? {}, past));
    return leads.map((lead) => {
      const tallies = anew.get(lead.id);
      return tallies ? { ...lead, tallies } : lead;
    });
  }
}
