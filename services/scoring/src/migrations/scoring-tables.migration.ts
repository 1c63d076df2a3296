import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ScoringTables1767225600300 implements MigrationInterface {
  readonly name = 'ScoringTables1767225600300';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      // Every batch updates the rows of its leads. Free space in the pages and no index on a column that changes with every
      // activity make these heap-only (HOT) updates.
      `create table leads (
    id uuid primary key,
    version integer not null,
    source_id text not null,
    channel text not null,
    campaign text,
    created_at timestamptz not null,
    last_activity_at timestamptz not null,
    has_email boolean not null,
    has_user boolean not null,
    identified boolean not null,
    merged_into uuid,
    consent boolean,
    consent_at timestamptz,
    traits jsonb not null,
    traits_updated_at jsonb not null,
    tallies jsonb not null,
    model_id text not null,
    funnel_id text not null,
    points float8 not null,
    fit float8 not null,
    engagement float8 not null,
    grade text not null,
    scored_at timestamptz not null,
    stage text not null,
    stage_at timestamptz not null,
    sales_ready boolean not null,
    sales_status jsonb,
    owner_id uuid,
    owner_name text,
    last_handoff jsonb,
    next_stage_change_at timestamptz
  ) with (fillfactor = 60)`,
      'create index leads_newest on leads (created_at desc, id desc)',
      'create index leads_by_stage on leads (stage, created_at desc, id desc)',
      'create index leads_by_owner on leads (owner_id, created_at desc, id desc) where owner_id is not null',
      // Collation "C" so that the primary key serves prefix searches. No foreign key: one transaction writes both rows, and the
      // check would cost a lookup and a lock per row.
      `create table identifiers (
    kind text not null,
    value text collate "C" not null,
    lead_id uuid not null,
    primary key (kind, value)
  )`,
      'create index leads_merged on leads (merged_into) where merged_into is not null',
      'create index identifiers_of_lead on identifiers (lead_id)',
      // Deduplication of activities. A separate table, because a unique index of a partitioned table must include the partition key.
      'create table activity_ids (id uuid primary key)',
      // lead_id is null when the activity identifies nobody. Partitioned by month for retention.
      `create table activities (
    id uuid not null,
    lead_id uuid,
    occurred_at timestamptz not null,
    received_at timestamptz not null,
    source_id text not null,
    message_id text not null,
    kind text not null,
    name text not null,
    channel text not null,
    bot boolean not null,
    detail jsonb not null
  ) partition by range (occurred_at)`,
      'create index activities_of_lead on activities (lead_id, occurred_at)',
      'create table activities_default partition of activities default',
      `create table stage_changes (
    lead_id uuid not null,
    version integer not null,
    from_stage text not null,
    to_stage text not null,
    cause text not null,
    at timestamptz not null,
    funnel_id text not null,
    model_id text not null,
    primary key (lead_id, version)
  )`,
      // Verdicts of sales with the score of the lead at that time, to judge the scoring model by.
      `create table verdicts (
    handoff_id uuid not null,
    verdict text not null,
    lead_id uuid not null,
    seller_id uuid not null,
    at timestamptz not null,
    reason text,
    teaches text,
    outcome text,
    wake_at timestamptz,
    points float8 not null,
    fit float8 not null,
    engagement float8 not null,
    grade text not null,
    model_id text not null,
    primary key (handoff_id, verdict)
  )`,
      'create index verdicts_of_lead on verdicts (lead_id)',
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table verdicts, stage_changes, activities, activity_ids, identifiers, leads');
  }
}
