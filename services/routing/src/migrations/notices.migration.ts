import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Notices to people and programs: the outbox with its log, settings, endpoints, and the links that were used. */
export class Notices1796200000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table notice_deliveries (
        id uuid primary key,
        channel text not null,
        receiver uuid not null,
        kind text not null,
        body jsonb not null,
        created_at timestamptz not null,
        state text not null,
        attempts integer not null default 0,
        next_at timestamptz not null,
        sent_at timestamptz,
        read_at timestamptz,
        last_status integer,
        last_error text
      )`);
    await runner.query(
      `create index notice_deliveries_due on notice_deliveries (next_at, id) where state = 'waiting'`,
    );
    await runner.query(
      `create index notice_deliveries_first on notice_deliveries (channel, receiver) where state = 'waiting'`,
    );
    await runner.query(`create index notice_deliveries_log on notice_deliveries (created_at desc, id desc)`);
    await runner.query(
      `create index notice_deliveries_receiver on notice_deliveries (receiver, channel, created_at desc, id desc)`,
    );
    await runner.query(`create table notice_settings (user_id uuid primary key, settings jsonb not null)`);
    await runner.query(
      `create table notice_endpoints (id uuid primary key, created_at timestamptz not null, endpoint jsonb not null)`,
    );
    await runner.query(`create table used_links (id text primary key, used_at timestamptz not null)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table used_links, notice_endpoints, notice_settings, notice_deliveries`);
  }
}
