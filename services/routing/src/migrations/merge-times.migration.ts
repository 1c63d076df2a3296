import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Of two merges that say the opposite the newer one counts; those stored before are older than any. */
export class MergeTimes1799700000001 implements MigrationInterface {
  readonly name = 'MergeTimes1799700000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table merged_leads add merged_at timestamptz not null default '-infinity'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table merged_leads drop merged_at');
  }
}
