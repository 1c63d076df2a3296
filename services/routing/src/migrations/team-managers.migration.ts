import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who leads a team: a team without managers is led by all of them. */
export class TeamManagers1796500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table teams add column managers jsonb not null default '[]'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table teams drop column managers`);
  }
}
