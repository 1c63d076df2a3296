import type { MigrationInterface, QueryRunner } from 'typeorm';

class Timers1767225600100 implements MigrationInterface {
  readonly name = 'Timers1767225600100';

  async up(runner: QueryRunner): Promise<void> {
    // A sequence, not a counter in the row: rows end when they fire, and a generation must never come back.
    await runner.query(`create sequence timer_generations`);
    await runner.query(`
      create table timers (
        kind text not null,
        key text not null,
        due_at timestamptz not null,
        generation bigint not null default nextval('timer_generations'),
        attempts integer not null default 0,
        last_error text,
        primary key (kind, key)
      )`);
    // Each lane asks for the front of its own kind, so both the next due instant and a claim are one descent of this
    // index, however many timers wait behind. Rows end by delete: no "where not done" that makes dead rows pile up.
    await runner.query(`create index timers_due on timers (kind, due_at)`);
    // Rows come and go at the front of the index; vacuum by count, before dead entries slow the descent down.
    await runner.query(
      `alter table timers set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 5000)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table timers`);
    await runner.query(`drop sequence timer_generations`);
  }
}

/** The table `timers` in the schema of the service. */
export const timerMigrations = [Timers1767225600100];
