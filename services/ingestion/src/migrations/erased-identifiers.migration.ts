import type { MigrationInterface, QueryRunner } from 'typeorm';

/** By which the persons are recognised who were erased, and whether nothing of them is kept from then on. */
export class ErasedIdentifiers1799600000002 implements MigrationInterface {
  readonly name = 'ErasedIdentifiers1799600000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table erased_identifiers (hash text primary key, blocked boolean not null, erased_at timestamptz not null)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table erased_identifiers');
  }
}
