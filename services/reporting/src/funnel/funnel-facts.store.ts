import type { Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import { distinctLeads, firstEntries, type LeadFact, type StageEntry } from './lead-facts.js';

/** In the rollup, the row of the leads themselves: the denominator of every rate, whatever the funnel calls its first stage. */
export const ALL_LEADS = '';

/**
 * Leads, the stages they reached, and the counts of both by cohort.
 *
 * A stage of a lead is counted when both are known, at whichever comes second; `returning` tells what is new to the
 * tables, so a fact that is said again counts nothing. All facts of one lead come from one partition, one batch after the
 * other, so no two transactions can each miss what the other adds.
 */
@Injectable()
export class FunnelFactsStore {
  async add(tx: Transaction, leads: readonly LeadFact[], entries: readonly StageEntry[]): Promise<void> {
    const newLeads = await this.addLeads(tx, distinctLeads(leads));
    const newEntries = await this.addEntries(tx, firstEntries(entries));
    if (newLeads.length + newEntries.length > 0) await this.count(tx, newLeads, newEntries);
  }

  private async addLeads(tx: Transaction, leads: readonly LeadFact[]): Promise<string[]> {
    if (leads.length === 0) return [];
    const rows = await tx.rows<{ lead_id: string }>(
      `insert into lead_facts (lead_id, created_at, created_day, source_id, channel, campaign)
       select * from unnest($1::uuid[], $2::timestamptz[], $3::date[], $4::text[], $5::text[], $6::text[])
       on conflict do nothing returning lead_id`,
      [
        leads.map((lead) => lead.leadId),
        leads.map((lead) => lead.createdAt),
        leads.map((lead) => lead.createdDay),
        leads.map((lead) => lead.sourceId),
        leads.map((lead) => lead.channel),
        leads.map((lead) => lead.campaign),
      ],
    );
    return rows.map((row) => row.lead_id);
  }

  private async addEntries(tx: Transaction, entries: readonly StageEntry[]): Promise<StageEntry[]> {
    if (entries.length === 0) return [];
    // xmax is 0 only in a row that this statement inserted; an earlier time found later moves the row, not the count.
    const rows = await tx.rows<{ at: string }>(
      `with given as (
         select * from unnest($1::uuid[], $2::text[], $3::timestamptz[]) with ordinality as g (lead_id, stage, reached_at, at)
       ), written as (
         insert into stage_entries as e (lead_id, stage, reached_at) select lead_id, stage, reached_at from given
         on conflict (lead_id, stage) do update set reached_at = excluded.reached_at
           where excluded.reached_at < e.reached_at
         returning lead_id, stage, xmax = 0 as first
       )
       select at from given join written using (lead_id, stage) where first`,
      [
        entries.map((entry) => entry.leadId),
        entries.map((entry) => entry.stage),
        entries.map((entry) => entry.reachedAt),
      ],
    );
    return rows.flatMap(({ at }) => entries[Number(at) - 1] ?? []);
  }

  private async count(
    tx: Transaction,
    leads: readonly string[],
    entries: readonly StageEntry[],
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
