import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Invited and disabled users, one-time links, an absolute end of sessions, and limits on tries shared by all processes. */
export class People1767312000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table users
        alter column password drop not null,
        add column disabled_at timestamptz,
        add column last_seen_at timestamptz`);
    await runner.query(`
      alter table sessions
        add column id uuid not null unique default gen_random_uuid(),
        add column created_at timestamptz not null default now(),
        add column used_at timestamptz not null default now(),
        add column ends_at timestamptz not null default now() + interval '7 days',
        add column user_agent text`);
    await runner.query('alter table sessions alter column ends_at drop default');
    await runner.query('create index on sessions (user_id)');
    // A new link replaces the one before it.
    await runner.query(`
      create table password_links (
        user_id uuid primary key references users on delete cascade,
        token_hash bytea not null unique,
        expires_at timestamptz not null
      )`);
    await runner.query(`
      create table known_devices (
        token_hash bytea not null,
        user_id uuid not null references users on delete cascade,
        expires_at timestamptz not null,
        primary key (token_hash, user_id)
      )`);
    await runner.query('create index on known_devices (user_id)');
    await runner.query('create index on known_devices (expires_at)');
    // In the layout of rate-limiter-flexible. It is lost with a crash of the server, which is worth a write without WAL.
    await runner.query(`
      create unlogged table login_limits (
        key varchar(255) primary key,
        points integer not null default 0,
        expire bigint
      )`);
    await runner.query('create index on login_limits (expire)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table login_limits, known_devices, password_links');
    await runner.query(
      'alter table sessions drop column id, drop column created_at, drop column used_at, drop column ends_at, drop column user_agent',
    );
    await runner.query('delete from users where password is null or disabled_at is not null');
    await runner.query(
      'alter table users alter column password set not null, drop column disabled_at, drop column last_seen_at',
    );
  }
}
