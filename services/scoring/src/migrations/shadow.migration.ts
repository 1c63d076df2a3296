import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A draft that live traffic is scored with, the leads that changed since they were, and how they are by both. */
export class Shadow1799100000000 implements MigrationInterface {
  readonly name = 'Shadow1799100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table shadows (
        id uuid primary key,
        scoring_model_id text,
        funnel_id text,
        started_by text not null,
        started_at timestamptz not null,
        stopped_at timestamptz
      )`);
    await runner.query('create unique index shadows_running on shadows ((true)) where stopped_at is null');
    // One row per change, not per lead: a unique key would make batches wait for the transaction that evaluates the lead.
    await runner.query(`
      create table shadow_changes (
        number bigint generated always as identity primary key,
        lead_id uuid not null
      )`);
    await runner.query('create index shadow_changes_of_lead on shadow_changes (lead_id)');
    await runner.query(`
      create table shadow_leads (
        lead_id uuid primary key,
        evaluated_at timestamptz not null,
        draft_points float8 not null,
        draft_ready boolean not null,
        draft_first_ready_at timestamptz,
        active_points float8 not null,
        active_ready boolean not null,
        active_first_ready_at timestamptz
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table shadow_leads, shadow_changes, shadows');
  }
}
