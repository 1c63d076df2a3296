import type { MigrationInterface, QueryRunner } from 'typeorm';

class Timers1767225600100 implements MigrationInterface {
  readonly name = 'Timers1767225600100';

  async up(runner: QueryRunner): Promise<void> {
    // A sequence, not a counter in the row: rows are deleted when they fire, and a generation must never repeat.
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
    // Each worker reads the first entries of its own kind, so the next due instant and a claim are one descent of this
    // index, however many timers are waiting. Fired rows are deleted: a "done" flag would fill the index with dead entries.
    await runner.query(`create index timers_due on timers (kind, due_at)`);
    // Inserts and deletes concentrate at the start of the index: vacuum by row count, before dead entries slow the descent.
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
