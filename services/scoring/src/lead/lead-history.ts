import type { Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import { AccountStore } from '../account/account.store.js';
import { ActivityStore } from '../activity/activity.store.js';
import type { ActiveDefinitions } from '../definition/active-definitions.js';
import { tally, type Tallies } from '../score/tally.js';
import type { Lead } from './lead.js';
import { recordActivity, withoutFacts } from './record-activity.js';

/** What is known of leads, computed again from their history, which is read in pages. */
@Injectable()
export class LeadHistory {
  constructor(
    private readonly activities: ActivityStore,
    private readonly accounts: AccountStore,
  ) {}

  /** The leads as the active definitions evaluate them: with tallies of the active model, and with their accounts. */
  async current(
    tx: Transaction,
    leads: readonly Lead[],
    definitions: ActiveDefinitions,
  ): Promise<readonly Lead[]> {
    return this.withAccounts(tx, await this.withTallies(tx, leads, definitions), definitions);
  }

  /** The leads with their accounts, if rules of the active model read them; else without a query. */
  async withAccounts(
    tx: Transaction,
    leads: readonly Lead[],
    { model }: ActiveDefinitions,
  ): Promise<readonly Lead[]> {
    return model.readsAccount ? this.accounts.joined(tx, leads) : leads;
  }

  /**
   * The leads with tallies of the active model; those of another model are recomputed. `modelId` stays the old one until the leads
   * are evaluated. Leads that are merged keep theirs.
   */
  async withTallies(
    tx: Transaction,
    leads: readonly Lead[],
    { modelId, model }: ActiveDefinitions,
  ): Promise<readonly Lead[]> {
    const outdated = leads.filter((lead) => lead.modelId !== modelId && lead.mergedInto === null);
    if (outdated.length === 0) return leads;
    const recomputed = new Map<string, Tallies>(outdated.map(({ id }) => [id, {}]));
    for await (const page of this.activities.historyOf(
      tx,
      outdated.map(({ id }) => id),
    ))
      for (const activity of page)
        recomputed.set(activity.leadId, tally(model, recomputed.get(activity.leadId) ?? {}, activity));
    return leads.map((lead) => {
      const tallies = recomputed.get(lead.id);
      return tallies ? { ...lead, tallies } : lead;
    });
  }

  /** The leads, of which those in `profilesOf` have what the activities of their profiles say, and nothing else. */
  async rebuilt(
    tx: Transaction,
    leads: readonly Lead[],
    profilesOf: ReadonlyMap<string, readonly string[]>,
    { definitions, now }: { readonly definitions: ActiveDefinitions; readonly now: number },
  ): Promise<readonly Lead[]> {
    if (profilesOf.size === 0) return leads;
    const leadOf = new Map(
      [...profilesOf].flatMap(([leadId, ids]) => ids.map((id) => [id, leadId] as const)),
    );
    const rebuilt = new Map(
      leads.filter(({ id }) => profilesOf.has(id)).map((lead) => [lead.id, withoutFacts(lead)]),
    );
    for await (const page of this.activities.factsOf(tx, [...leadOf.keys()]))
      for (const activity of page) {
        const leadId = leadOf.get(activity.profileId)!;
        rebuilt.set(leadId, recordActivity(rebuilt.get(leadId)!, activity, definitions, now));
      }
    return leads.map((lead) => rebuilt.get(lead.id) ?? lead);
  }
}
