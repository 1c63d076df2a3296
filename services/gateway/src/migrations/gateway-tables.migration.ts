import type { MigrationInterface, QueryRunner } from 'typeorm';

export class GatewayTables1767312000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table users (
        id uuid primary key default gen_random_uuid(),
        email text not null unique,
        name text not null,
        role text not null,
        password text not null,
        created_at timestamptz not null default now()
      )`);
    await runner.query(`
      create table sessions (
        token_hash bytea primary key,
        user_id uuid not null references users on delete cascade,
        expires_at timestamptz not null
      )`);
    await runner.query('create index on sessions (expires_at)');
    await runner.query(`
      create table tokens (
        id uuid primary key default gen_random_uuid(),
        token_hash bytea not null unique,
        name text not null,
        role text not null,
        created_at timestamptz not null default now()
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table tokens, sessions, users');
  }
}
