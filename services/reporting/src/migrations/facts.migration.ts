import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Facts, each stored once, and the sums derived from them. */
export class Facts1764100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table lead_facts (
        lead_id uuid primary key,
        created_at timestamptz not null,
        created_day date not null,
        source_id text not null,
        channel text not null,
        campaign text not null
      )`);
    await runner.query(`
      create table stage_entries (
        lead_id uuid not null,
        stage text not null,
        reached_at timestamptz not null,
        primary key (lead_id, stage)
      )`);
    await runner.query(`
      create table funnel_cohorts (
        day date not null,
        source_id text not null,
        channel text not null,
        campaign text not null,
        stage text not null,
        leads bigint not null,
        primary key (day, source_id, channel, campaign, stage)
      ) with (fillfactor = 70)`);
    await runner.query(`
      create table handoff_facts (
        handoff_id uuid not null,
        offer int not null,
        lead_id uuid not null,
        seller_id uuid not null,
        seller_name text collate "C" not null,
        seller_at timestamptz not null,
        offered_at timestamptz,
        accept_due_at timestamptz,
        accepted_at timestamptz,
        touch_due_at timestamptz,
        touched_at timestamptz,
        rejected_at timestamptz,
        qualified_at timestamptz,
        replaced_at timestamptz,
        primary key (handoff_id, offer)
      ) with (fillfactor = 80)`);
    await runner.query(`
      create table definitions (
        id text primary key,
        kind text not null,
        version int not null,
        active_from timestamptz not null,
        document jsonb not null
      )`);
    await runner.query(`
      create table activities_seen (
        activity_id uuid primary key,
        partition int not null,
        day date not null
      )`);
    await runner.query('create index on activities_seen (partition, day)');
    await runner.query(`
      create table activity_days (
        partition int primary key,
        last_day date not null
      )`);
    await runner.query(`
      create table touch_counts (
        day date not null,
        source_id text not null,
        channel text not null,
        campaign text not null,
        kind text not null,
        touches bigint not null,
        bots bigint not null,
        primary key (day, source_id, channel, campaign, kind)
      ) with (fillfactor = 70)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table touch_counts, activity_days, activities_seen, definitions, handoff_facts, funnel_cohorts, stage_entries, lead_facts',
    );
  }
}
