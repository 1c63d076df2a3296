import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the end of a deal teaches by the funnel of then, to whom it was lost, and the score of the lead at that time. */
export class DealEvidence1799500000000 implements MigrationInterface {
  readonly name = 'DealEvidence1799500000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table deals add column teaches text, add column competitor text, add column points float8,
        add column fit float8, add column engagement float8, add column grade text, add column model_id text,
        add column funnel_id text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table deals drop column teaches, drop column competitor, drop column points, drop column fit,
        drop column engagement, drop column grade, drop column model_id, drop column funnel_id`);
  }
}
