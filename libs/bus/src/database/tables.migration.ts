import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The bus's own tables in a service's schema. */
export class BusTables1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table positions (
        topic text not null,
        partition int not null,
        next_offset bigint not null default 0,
        primary key (topic, partition)
      )`);
    // Rows live for milliseconds: a page's worth of free space and an eager vacuum keep the table small.
    await runner.query(`
      create table outbox (
        id bigint generated always as identity primary key,
        messages json not null
      ) with (autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0)`);
    // Gone in milliseconds: compressing them costs more than it saves.
    await runner.query('alter table outbox alter column messages set storage external');
    await runner.query(`
      create table versions (
        source text not null,
        subject text not null,
        sequence bigint not null,
        primary key (source, subject)
      ) with (fillfactor = 80)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table versions, outbox, positions');
  }
}

/** Migrations every service with a bus runs before its own. */
export const busMigrations = [BusTables1764000000000];
