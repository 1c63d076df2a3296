import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was known at each hand-off, and the models learned from what became of it. */
export class Learning1796300000000 implements MigrationInterface {
  readonly name = 'Learning1796300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table handoff_facts (
        handoff_id uuid primary key,
        lead_id uuid not null,
        offered_at timestamptz not null,
        facts jsonb not null
      )`);
    await runner.query('create index handoff_facts_newest on handoff_facts (offered_at desc, handoff_id)');
    await runner.query(`
      create table learned_models (
        id uuid primary key,
        trained_at timestamptz not null,
        until timestamptz not null,
        active boolean not null,
        refusal text,
        model jsonb not null,
        averages jsonb not null,
        report jsonb not null
      )`);
    await runner.query('create unique index learned_models_active on learned_models (active) where active');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table learned_models, handoff_facts');
  }
}
