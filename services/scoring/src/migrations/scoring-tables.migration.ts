import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ScoringTables1767225600300 implements MigrationInterface {
  readonly name = 'ScoringTables1767225600300';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of TABLES) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table verdicts, stage_changes, activities, activity_ids, identifiers, leads');
  }
}

const TABLES = [
  // A lead's row is rewritten with every batch that touches it: room in its page keeps that off the indexes (HOT), and
  // so none of them is on a column that changes with every activity.
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
    same_as uuid,
    consent boolean,
    consent_at timestamptz,
    traits jsonb not null,
    traits_since jsonb not null,
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
    standing jsonb,
    owner_id uuid,
    owner_name text,
    changes_at timestamptz
  ) with (fillfactor = 60)`,
  'create index leads_newest on leads (created_at desc, id desc)',
  'create index leads_by_stage on leads (stage, created_at desc, id desc)',
  'create index leads_by_owner on leads (owner_id, created_at desc, id desc) where owner_id is not null',
  // The other place of personal data. "C" so that the beginning of an address can be looked up in the key.
  // No foreign key: one transaction writes both, and a check per row costs a lookup and a lock.
  `create table identifiers (
    kind text not null,
    value text collate "C" not null,
    lead_id uuid not null,
    primary key (kind, value)
  )`,
  'create index identifiers_of_lead on identifiers (lead_id)',
  // Which activities are in the history, so that each is there once. A table of its own, because a partitioned one
  // cannot keep an id unique that its partitions are not made by.
  'create table activity_ids (id uuid primary key)',
  // No lead: the activity named nobody. Kept in months, so that old ones can be let go; outside of them in the default.
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
  // What sales said of a lead and what it was worth then: the evidence that the scoring model is judged by.
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
