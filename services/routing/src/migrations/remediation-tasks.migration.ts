import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is done about promises that were, or are about to be, missed. */
export class RemediationTasks1798700000000 implements MigrationInterface {
  readonly name = 'RemediationTasks1798700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table remediation_tasks (
        id uuid primary key default gen_random_uuid(),
        period text not null,
        segment text not null,
        segment_name text not null,
        clause text not null,
        team text not null check (team in ('marketing', 'sales')),
        agreement_id text not null,
        cause text not null check (cause in ('foreseen', 'missed')),
        promised double precision not null,
        delivered double precision,
        forecast double precision,
        owner_id text,
        owner_name text,
        due_at timestamptz not null,
        state text not null default 'open' check (state in ('open', 'in-progress', 'done')),
        comment text not null default '',
        opened_at timestamptz not null,
        changed_at timestamptz,
        changed_by text,
        unique (period, segment, clause)
      )`);
    await runner.query('create index remediation_tasks_opened on remediation_tasks (opened_at, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table remediation_tasks');
  }
}
