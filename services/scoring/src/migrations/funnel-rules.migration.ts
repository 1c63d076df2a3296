import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How often leads were recycled, and why they moved. */
export class FunnelRules1798250000000 implements MigrationInterface {
  readonly name = 'FunnelRules1798250000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table leads add column recycling jsonb');
    await runner.query('alter table stage_changes add column reason jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table stage_changes drop column reason');
    await runner.query('alter table leads drop column recycling');
  }
}
