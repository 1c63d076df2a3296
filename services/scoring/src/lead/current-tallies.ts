import type { Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import { ActivityStore } from '../activity/activity.store.js';
import type { ActiveDefinitions } from '../definition/active-definitions.js';
import { tally, type Tallies } from '../score/tally.js';
import type { Lead } from './lead.js';

/** Recomputes tallies after a change of the scoring model. */
@Injectable()
export class CurrentTallies {
  constructor(private readonly activities: ActivityStore) {}

  /**
   * The leads with tallies of the active model; those of another model are recomputed from the history, which is read in pages.
   * `modelId` stays the old one until the leads are evaluated.
   */
  async of(
    tx: Transaction,
    leads: readonly Lead[],
    { modelId, model }: ActiveDefinitions,
  ): Promise<readonly Lead[]> {
    const outdated = leads.filter((lead) => lead.modelId !== modelId).map(({ id }) => id);
    if (outdated.length === 0) return leads;
    const recomputed = new Map<string, Tallies>(outdated.map((id) => [id, {}]));
    for await (const page of this.activities.historyOf(tx, outdated))
      for (const activity of page)
        recomputed.set(activity.leadId, tally(model, recomputed.get(activity.leadId) ?? {}, activity));
    return leads.map((lead) => {
      const tallies = recomputed.get(lead.id);
      return tallies ? { ...lead, tallies } : lead;
    });
  }
}
