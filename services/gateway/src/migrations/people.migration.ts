import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Invited and disabled users, one-time links, and an absolute end of sessions. */
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
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table password_links');
    await runner.query(
      'alter table sessions drop column id, drop column created_at, drop column used_at, drop column ends_at, drop column user_agent',
    );
    await runner.query('delete from users where password is null or disabled_at is not null');
    await runner.query(
      'alter table users alter column password set not null, drop column disabled_at, drop column last_seen_at',
    );
  }
}
