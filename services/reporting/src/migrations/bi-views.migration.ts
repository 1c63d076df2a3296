import type { MigrationInterface, QueryRunner } from 'typeorm';

const campaignOf = (table: string): string =>
  `coalesce((select label from campaigns where campaigns.key = ${table}.campaign), ${table}.campaign) as campaign`;

/**
 * What BI tools read, described in docs/bi.md. Views have the rights of their owner, so the role that may read them needs none on the
 * tables. No names of people: sellers are ids. The reports and the views read the same rows.
 */
export const BI_VIEWS: Readonly<Record<string, string>> = {
  bi_people: `select lead_id, created_at, source, channel, ${campaignOf('people')}, content, region, opportunity_at, won_at, rejected_at,
    breached_at, value from people where created_at is not null`,
  bi_stages: `select lead_id, stage, reached_at, wait_seconds from people
    cross join lateral unnest(stages, reached, waits) as each (stage, reached_at, wait_seconds) where created_at is not null`,
  bi_stays: `select lead_id, stage, since, until from people
    cross join lateral unnest(stay_stages, stay_from, stay_from[2:]) as each (stage, since, until) where created_at is not null`,
  bi_milestones: `select lead_id, milestone, at, value, cardinality(channels) as touches from paths where milestone <> 'open'`,
  bi_path_touches: `select lead_id, milestone, place, channel,
    coalesce((select label from campaigns where campaigns.key = each.campaign), each.campaign) as campaign, content, source, days_before
    from paths cross join lateral unnest(channels, campaigns, contents, sources, days) with ordinality
      as each (channel, campaign, content, source, days_before, place) where milestone <> 'open'`,
  bi_touches: `select touch_id, lead_id, occurred_at, kind, source_id as source, channel, ${campaignOf('touches')}, content from touches`,
  bi_merges: `select lead_id, into_lead_id from lead_links where into_lead_id is not null`,
  bi_offers: `select handoff_id, offer, lead_id, seller_id, offered_at, accept_due_at, accepted_at, touch_due_at, touched_at, rejected_at,
    qualified_at, replaced_at, breached_at, reject_reason from handoff_facts`,
  bi_deals: `select deal_id, lead_id, seller_id, opened_at, won_at, lost_at, churned_at, amount, currency, competitor, lost_reason
    from deal_facts`,
  bi_renewals: `select deal_id, renewed_at, amount, currency from deal_renewals`,
  bi_activity_days: `select day, source_id as source, channel, ${campaignOf('touch_counts')}, kind, touches, bots from touch_counts`,
  bi_costs: `select key as campaign_key, day, amount from campaign_costs`,
};

export class BiViews1796200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [view, query] of Object.entries(BI_VIEWS))
      await runner.query(`create view ${view} as ${query}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop view ${Object.keys(BI_VIEWS).join(', ')}`);
  }
}
