import type { Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import { campaignKeyOf } from '../report/campaign.js';
import { addCampaigns } from '../report/campaign.store.js';
import type { LeadFact, StageEntry } from './lead-facts.js';

/** Stage under which the leads themselves are counted: the denominator of every rate, whatever the funnel calls its first stage. */
export const ALL_LEADS = '';

type NewEntry = Pick<StageEntry, 'leadId' | 'stage'>;

/**
 * Leads, the stages they reached, and the counts of both by cohort.
 *
 * A stage of a lead is counted when both are known, with the second of the two; `returning` gives what is new to the
 * tables, so a repeated fact counts nothing. All facts of one lead come from one partition, one batch after the
 * other, so no two transactions can each miss what the other adds. Rows are written in key order in every statement, so that
 * two transactions cannot deadlock.
 */
@Injectable()
export class FunnelFactsStore {
  async add(tx: Transaction, leads: readonly LeadFact[], entries: readonly StageEntry[]): Promise<void> {
    const newLeads = await this.addLeads(tx, leads);
    const newEntries = await this.addEntries(tx, entries);
    if (newLeads.length + newEntries.length > 0) await this.count(tx, newLeads, newEntries);
  }

  /** @returns the leads that were not known */
  private async addLeads(tx: Transaction, leads: readonly LeadFact[]): Promise<string[]> {
    if (leads.length === 0) return [];
    const rows = await tx.rows<{ lead_id: string }>(
      `insert into lead_facts (lead_id, created_at, created_day, source_id, channel, campaign)
       select distinct on (lead_id) * from unnest($1::uuid[], $2::timestamptz[], $3::date[], $4::text[], $5::text[], $6::text[])
         as given (lead_id, created_at, created_day, source_id, channel, campaign)
       order by lead_id, created_at
       on conflict do nothing returning lead_id`,
      [
        leads.map((lead) => lead.leadId),
        leads.map((lead) => lead.createdAt),
        leads.map((lead) => lead.createdDay),
        leads.map((lead) => lead.sourceId),
        leads.map((lead) => lead.channel),
        leads.map((lead) => campaignKeyOf(lead.campaign)),
      ],
    );
    await addCampaigns(
      tx,
      leads.map(({ campaign, createdAt }) => ({ name: campaign, at: createdAt })),
    );
    return rows.map((row) => row.lead_id);
  }

  /** @returns the stages that their leads had not reached before */
  private async addEntries(tx: Transaction, entries: readonly StageEntry[]): Promise<NewEntry[]> {
    if (entries.length === 0) return [];
    // xmax is 0 only in a row that this statement inserted; an earlier time found later changes the row, not the count.
    return tx.rows<NewEntry>(
      `with written as (
         insert into stage_entries as e (lead_id, stage, reached_at)
         select lead_id, stage, min(reached_at) from unnest($1::uuid[], $2::text[], $3::timestamptz[])
           as given (lead_id, stage, reached_at)
         group by 1, 2 order by 1, 2
         on conflict (lead_id, stage) do update set reached_at = excluded.reached_at
           where excluded.reached_at < e.reached_at
         returning lead_id, stage, xmax = 0 as is_new
       )
       select lead_id as "leadId", stage from written where is_new`,
      [
        entries.map((entry) => entry.leadId),
        entries.map((entry) => entry.stage),
        entries.map((entry) => entry.reachedAt),
      ],
    );
  }

  private async count(
    tx: Transaction,
    leads: readonly string[],
    entries: readonly NewEntry[],
  ): Promise<void> {
    await tx.rows(
      `insert into funnel_cohorts as c (day, source_id, channel, campaign, stage, leads)
       select created_day, source_id, channel, campaign, stage, count(*) from (
         select lead_id, stage from unnest($2::uuid[], $3::text[]) as entered (lead_id, stage)
         union
         select lead_id, stage from stage_entries where lead_id = any($1::uuid[])
         union
         select lead_id, $4 from unnest($1::uuid[]) as created (lead_id)
       ) as reached join lead_facts using (lead_id)
       group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
       on conflict (day, source_id, channel, campaign, stage) do update set leads = c.leads + excluded.leads`,
      [leads, entries.map((entry) => entry.leadId), entries.map((entry) => entry.stage), ALL_LEADS],
    );
  }
}
