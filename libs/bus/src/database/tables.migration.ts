import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The bus's own tables in a service's schema. */
export class BusTables1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table readers (
        reader text primary key,
        version int not null,
        -- Raised by every rewind and switch, so that running processes notice.
        generation int not null default 0,
        -- The Kafka cluster the positions belong to.
        cluster_id text,
        -- Null, 'requested' or 'running'.
        rebuild text,
        rebuild_since timestamptz
      )`);
    await runner.query(`
      create table positions (
        reader text not null,
        topic text not null,
        partition int not null,
        next_offset bigint not null default 0,
        -- Timestamp and CRC-32 of the last message read: identify the log the offset belongs to.
        last_timestamp bigint,
        last_hash bigint,
        -- Below this offset messages are read again after a rewind.
        reread_until bigint not null default 0,
        -- For a partition added later: offsets of the older partitions that must be reached before it is read.
        barrier jsonb,
        primary key (reader, topic, partition)
      ) with (fillfactor = 50)`);
    // Rows live for milliseconds: free space in each page and an eager vacuum keep the table small.
    await runner.query(`
      create table outbox (
        id bigint generated always as identity primary key,
        at timestamptz not null default clock_timestamp(),
        bytes int not null,
        messages bytea not null
      ) with (autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0)`);
    // Deleted within milliseconds: compressing them costs more than it saves.
    await runner.query('alter table outbox alter column messages set storage external');
    // How many partitions the keys of a topic are spread over; never shrinks, so that publishers of one service agree.
    await runner.query(`
      create table outbox_partitions (topic text primary key, partitions int not null)`);
    await runner.query(`
      create table sequences (
        reader text not null,
        source text not null,
        subject text not null,
        sequence bigint not null,
        -- CRC-32 of the event with this sequence, and when it was decided.
        hash bigint not null,
        at timestamptz not null,
        primary key (reader, source, subject)
      ) with (fillfactor = 80)`);
    await runner.query(`
      create table dead_letters (
        id bigint generated always as identity primary key,
        reader text not null,
        topic text not null,
        partition int not null,
        record_offset bigint not null,
        -- CRC-32 of the value: the same offset of another log is another letter.
        hash bigint not null,
        type text,
        source text,
        subject text,
        sequence bigint,
        key bytea,
        value bytea,
        headers json not null,
        timestamp bigint not null,
        reason text not null,
        at timestamptz not null default now(),
        -- waiting, requested (put back, not yet handled), done or waived.
        state text not null default 'waiting',
        tries int not null default 1,
        resolved_at timestamptz,
        unique (reader, topic, partition, record_offset, hash)
      )`);
    await runner.query(
      `create index dead_letters_open on dead_letters (reader, state, id) where state in ('waiting', 'requested')`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table dead_letters, sequences, outbox_partitions, outbox, positions, readers');
  }
}

/** Migrations every service with a bus runs before its own. */
export const busMigrations = [BusTables1764000000000];
