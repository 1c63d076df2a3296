import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Facts keep the lead they came with; `people` and `paths` are derived from them. The former sums by cohort could not be corrected when leads
 * were merged or their origin changed.
 */
export class People1796100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table lead_facts
      add column stage text not null default '', add column origin_sequence bigint not null default 1, drop column created_day`);
    // Days of a lead are few, so its moves are read by their key; time decides between two readings of one move.
    await runner.query(`
      create table stage_moves (
        lead_id uuid not null,
        changed_at timestamptz not null,
        to_stage text collate "C" not null,
        from_stage text not null,
        reached text[] not null,
        region text not null,
        sequence bigint not null,
        primary key (lead_id, changed_at, to_stage)
      )`);
    await runner.query(`
      insert into stage_moves (lead_id, changed_at, to_stage, from_stage, reached, region, sequence)
      select lead_id, reached_at, stage, '', array[stage], '', 0 from stage_entries`);
    await runner.query('drop table stage_entries, funnel_cohorts');
    await runner.query(`
      create table lead_links (
        lead_id uuid primary key,
        into_lead_id uuid,
        sequence bigint not null
      )`);
    await runner.query('create index on lead_links (into_lead_id)');
    await runner.query(`
      create table profile_homes (
        profile_id uuid primary key,
        lead_id uuid not null,
        unmerged_at timestamptz not null
      )`);
    await runner.query('create index on profile_homes (lead_id)');
    await runner.query(`
      create table stage_retractions (
        lead_id uuid not null,
        stage text not null,
        until timestamptz not null,
        primary key (lead_id, stage)
      )`);
    // Not partitioned by time: a touch is unique by its id, and the earliest of its times may be in another month than the first read.
    await runner.query(`
      create table touches (
        touch_id uuid primary key,
        profile_id uuid not null,
        lead_id uuid not null,
        occurred_at timestamptz not null,
        kind text not null,
        source_id text not null,
        channel text not null,
        campaign text not null,
        content text not null
      )`);
    await runner.query('create index on touches (lead_id, occurred_at)');
    await runner.query('create index on touches (profile_id)');
    await runner.query(`alter table handoff_facts
      add column breached_at timestamptz, add column reject_reason text not null default ''`);
    await runner.query('create index on handoff_facts (lead_id)');
    await runner.query('create index on handoff_facts (offered_at)');
    await runner.query(`
      create table deal_facts (
        deal_id uuid primary key,
        lead_id uuid not null,
        seller_id uuid,
        seller_name text not null,
        opened_at timestamptz,
        won_at timestamptz,
        lost_at timestamptz,
        churned_at timestamptz,
        amount numeric(18, 3),
        currency text not null,
        competitor text not null,
        lost_reason text not null,
        changed_at timestamptz not null,
        valued_at timestamptz not null
      ) with (fillfactor = 80)`);
    await runner.query('create index on deal_facts (lead_id)');
    await runner.query('create index on deal_facts (won_at)');
    await runner.query('create index on deal_facts (lost_at)');
    await runner.query(`
      create table deal_renewals (
        deal_id uuid not null,
        renewed_at timestamptz not null,
        amount numeric(18, 3) not null,
        currency text not null,
        primary key (deal_id, renewed_at)
      )`);
    await this.derived(runner);
  }

  private async derived(runner: QueryRunner): Promise<void> {
    // A row for every lead that an event names, so that there is something to lock; `created_at` is null unless it is a person of its own.
    await runner.query(`
      create table people (
        lead_id uuid primary key,
        created_at timestamptz,
        source text not null default '',
        channel text not null default '',
        campaign text not null default '',
        content text not null default '',
        region text not null default '',
        seller text not null default '',
        stages text[] not null default '{}',
        reached timestamptz[] not null default '{}',
        waits int[] not null default '{}',
        stay_stages text[] not null default '{}',
        stay_from timestamptz[] not null default '{}',
        opportunity_at timestamptz,
        won_at timestamptz,
        rejected_at timestamptz,
        breached_at timestamptz,
        value numeric(18, 3) not null default 0
      ) with (fillfactor = 70)`);
    await runner.query('create index on people (created_at) where created_at is not null');
    await runner.query(`
      create table paths (
        lead_id uuid not null,
        milestone text not null,
        at timestamptz not null,
        value numeric(18, 3) not null,
        reached text[] not null,
        channels text[] not null,
        campaigns text[] not null,
        contents text[] not null,
        sources text[] not null,
        days int[] not null,
        primary key (lead_id, milestone)
      ) with (fillfactor = 70)`);
    await runner.query('create index on paths (milestone, at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table paths, people, deal_renewals, deal_facts, touches, stage_retractions, profile_homes, lead_links, stage_moves',
    );
  }
}
