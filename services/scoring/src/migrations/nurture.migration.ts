import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The nurture rules that hold for leads, and what marketing was told of. */
export class Nurture1799400000000 implements MigrationInterface {
  readonly name = 'Nurture1799400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'alter table leads add column fell_from text, add column nurture jsonb, add column nurture_at timestamptz',
    );
    await runner.query(`
      create table nurture_signals (
        lead_id uuid not null,
        version integer not null,
        rule text not null,
        words text not null,
        since timestamptz not null,
        due_at timestamptz not null,
        at timestamptz not null,
        funnel_id text not null,
        primary key (lead_id, version)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table nurture_signals');
    await runner.query(
      'alter table leads drop column fell_from, drop column nurture, drop column nurture_at',
    );
  }
}
