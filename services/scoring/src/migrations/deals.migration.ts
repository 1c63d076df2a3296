import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The deals of leads, by which stages and the scoring model are judged. */
export class Deals1796200000000 implements MigrationInterface {
  readonly name = 'Deals1796200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table deals (
        id uuid primary key,
        lead_id uuid not null,
        sequence integer not null,
        state text not null,
        amount float8,
        currency text,
        reason text,
        at timestamptz not null
      )`);
    await runner.query('create index deals_of_lead on deals (lead_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table deals');
  }
}
