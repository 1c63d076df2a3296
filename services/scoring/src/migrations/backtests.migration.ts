import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Replays of draft definitions over the history, with their progress and results. */
export class Backtests1796400000000 implements MigrationInterface {
  readonly name = 'Backtests1796400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table backtests (
        id uuid primary key,
        state text not null,
        requested_by text not null,
        requested_at timestamptz not null,
        updated_at timestamptz not null,
        leads_done integer not null default 0,
        leads_total integer not null default 0,
        activities integer not null default 0,
        result jsonb,
        fault text
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table backtests');
  }
}
