import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Touches are deleted when they are too old; for each lead the time of the newest deleted one says which paths cannot be derived again. */
export class TouchRetention1800100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index on touches (occurred_at)');
    await runner.query(`
      create table touches_deleted (
        lead_id uuid primary key,
        until timestamptz not null
      ) with (fillfactor = 80)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table touches_deleted');
    await runner.query('drop index touches_occurred_at_idx');
  }
}
