import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The newest change of a profile is the one with the greatest revision: instants of two changes may be the same. Merges are changes, too. */
export class HomesByRevision1800400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table profile_homes add column revision bigint not null default 0');
    await runner.query('alter table profile_homes rename column unmerged_at to changed_at');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table profile_homes rename column changed_at to unmerged_at');
    await runner.query('alter table profile_homes drop column revision');
  }
}
