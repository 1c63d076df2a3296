import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys by which leads that may be one person find each other, hashed, and the pairs that were found. */
export class Duplicates1798200000000 implements MigrationInterface {
  readonly name = 'Duplicates1798200000000';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      'create table match_keys (lead_id uuid not null, key uuid not null, primary key (lead_id, key))',
      'create index match_keys_of_key on match_keys (key)',
      `create table duplicates (
        id uuid primary key default gen_random_uuid(),
        one uuid not null,
        other uuid not null,
        found_at timestamptz not null,
        dismissed_at timestamptz,
        dismissed_by text,
        unique (one, other),
        check (one < other)
      )`,
      'create index duplicates_of_other on duplicates (other)',
      'create index duplicates_open on duplicates (found_at, id) where dismissed_at is null',
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table duplicates, match_keys');
  }
}
