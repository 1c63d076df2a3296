import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What may send: sources with their write keys (only hashes are kept) and forms. */
export class Sources1764100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table sources (
        id text primary key,
        name text not null,
        created_at timestamptz not null default now()
      )`);
    await runner.query(`
      create table write_keys (
        hash bytea primary key,
        source_id text not null references sources,
        created_at timestamptz not null default now()
      )`);
    await runner.query(`
      create table forms (
        id text primary key,
        source_id text not null references sources,
        name text not null,
        redirect_to text,
        allowed_redirects text[] not null default '{}',
        created_at timestamptz not null default now()
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table forms, write_keys, sources');
  }
}
