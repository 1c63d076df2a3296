import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the live stream says and replays, and the dead letters of every reader. */
export class Live1764100000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table live_events (
        id bigint primary key,
        type text not null,
        data json not null
      )`);
    // A row instead of a sequence: its lock makes the order of ids the order of commits, so that a reader who has
    // seen id n has seen everything up to n.
    await runner.query(`
      create table live_counter (
        one boolean primary key default true check (one),
        last_id bigint not null default 0,
        newest_at timestamptz
      )`);
    await runner.query('insert into live_counter default values');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table live_counter, live_events');
  }
}
