import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Answers of the attribution report that people kept: of no reader, and never counted again. */
export class KeptAttributions1800300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table kept_attributions (
        id uuid primary key,
        name text not null,
        kept_by text not null,
        kept_at timestamptz not null,
        question jsonb not null,
        version integer not null,
        answer jsonb not null
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table kept_attributions');
  }
}
