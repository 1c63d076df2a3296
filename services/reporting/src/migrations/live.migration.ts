import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The events of the live stream. */
export class Live1764100000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table live_events (
        topic text not null,
        partition int not null,
        sequence bigint not null,
        stored_at timestamptz not null,
        type text not null,
        data json not null,
        primary key (topic, partition, sequence)
      )`);
    await runner.query('create index on live_events (stored_at)');
    // Rows instead of PostgreSQL sequences: the lock of its row makes the order of a partition's sequences the order of commits,
    // so that a client that has event n of a partition has all before it. Partitions do not wait for one another.
    await runner.query(`
      create table live_partitions (
        topic text not null,
        partition int not null,
        last_sequence bigint not null,
        last_stored_at timestamptz not null,
        primary key (topic, partition)
      ) with (fillfactor = 50)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table live_partitions, live_events');
  }
}
