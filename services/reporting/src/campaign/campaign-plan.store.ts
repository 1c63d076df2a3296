import { Database } from '@baton/bus';
import { ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { campaignKeyOf } from '../report/campaign.js';
import { labelOf, MAX_GROUPS } from '../report/grouping.js';
import type { Period } from '../report/period.js';

/** What a campaign is for, as sales reads it before the launch. */
export interface CampaignPlan {
  readonly name: string;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly brief: string;
  readonly audience: string;
  readonly offer: string;
  readonly message: string;
  readonly talkingPoints: string;
}

export interface CampaignCost {
  readonly campaign: string;
  readonly day: string;
  /** In the currency of the settings. */
  readonly amount: number;
  readonly note: string;
}

/** What people whose first touch was of a campaign became, and what it cost in the same period. */
export interface CampaignReturn {
  readonly campaign: string;
  readonly people: number;
  readonly leads: number;
  readonly sals: number;
  readonly customers: number;
  readonly value: number;
  readonly cost: number;
}

@Injectable()
export class CampaignPlanStore {
  constructor(
    private readonly database: Database,
    private readonly reads: ReadDatabase,
  ) {}

  async save(plan: CampaignPlan, by: string, now: Date): Promise<void> {
    await this.database.rows(
      `insert into campaign_plans (key, name, starts_on, ends_on, brief, audience, offer, message, talking_points, updated_at, updated_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       on conflict (key) do update set name = excluded.name, starts_on = excluded.starts_on, ends_on = excluded.ends_on,
         brief = excluded.brief, audience = excluded.audience, offer = excluded.offer, message = excluded.message,
         talking_points = excluded.talking_points, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
      [
        campaignKeyOf(plan.name),
        plan.name.trim(),
        plan.startsOn,
        plan.endsOn,
        plan.brief,
        plan.audience,
        plan.offer,
        plan.message,
        plan.talkingPoints,
        now,
        by,
      ],
    );
  }

  /** The same campaign, day and note again replaces the amount: a file can be imported twice. */
  async addCosts(costs: readonly CampaignCost[]): Promise<void> {
    await this.database.rows(
      `insert into campaign_costs (key, day, note, amount)
       select key, day, note, sum(amount) from unnest($1::text[], $2::date[], $3::text[], $4::numeric[]) as given (key, day, note, amount)
       group by 1, 2, 3 order by 1, 2, 3
       on conflict (key, day, note) do update set amount = excluded.amount`,
      [
        costs.map(({ campaign }) => campaignKeyOf(campaign)),
        costs.map(({ day }) => day),
        costs.map(({ note }) => note),
        costs.map(({ amount }) => amount),
      ],
    );
  }

  /** Newest start first. */
  plans(limit: number): Promise<CampaignPlan[]> {
    return this.reads.rows<CampaignPlan>(
      `select name, starts_on::text as "startsOn", ends_on::text as "endsOn", brief, audience, offer, message,
         talking_points as "talkingPoints"
       from campaign_plans order by starts_on desc nulls last, key limit $1`,
      [limit],
    );
  }

  /**
   * By campaign of the first touch, most customers first, then most leads, and the rest last: names are free text, and visits with invented ones
   * must not displace a campaign that brought somebody.
   */
  async returns({ start, end, from, to }: Period): Promise<CampaignReturn[]> {
    const rows = await this.reads.rows<Omit<CampaignReturn, 'campaign'> & { campaign: string | null }>(
      `with brought as (
         select campaign as key, count(*) as people, count(*) filter (where 'lead' = any(stages)) as leads,
           count(*) filter (where 'sal' = any(stages)) as sals, count(won_at) as customers, sum(value) as value
         from people where created_at >= $1 and created_at < $2 group by 1
       ), spent as (select key, sum(amount) as cost from campaign_costs where day between $3 and $4 group by 1),
       ranked as (
         select *, row_number() over (order by coalesce(customers, 0) desc, coalesce(leads, 0) desc, coalesce(cost, 0) desc, coalesce(people, 0) desc, key) as rank
         from brought full join spent using (key)
       )
       select case when groups.key is null then null else coalesce(plan.name, label.label, groups.key) end as campaign,
         people, leads, sals, customers, value, cost
       from (
         select case when rank <= ${MAX_GROUPS} then key end as key, coalesce(sum(people), 0)::int as people, coalesce(sum(leads), 0)::int as leads,
           coalesce(sum(sals), 0)::int as sals, coalesce(sum(customers), 0)::int as customers, coalesce(sum(value), 0)::float8 as value,
           coalesce(sum(cost), 0)::float8 as cost, min(rank) as rank
         from ranked group by 1
       ) groups left join campaign_plans plan on plan.key = groups.key left join campaigns label on label.key = groups.key
       order by rank`,
      [start, end, from, to],
    );
    return rows.map((row) => ({ ...row, campaign: labelOf(row.campaign) }));
  }
}
