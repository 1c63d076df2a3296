import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose each profile is by the newest event about it, its own lead included; which of them were leads. */
export class MergeRevisions1799800000000 implements MigrationInterface {
  readonly name = 'MergeRevisions1799800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table merged_leads
        drop constraint merged_leads_check,
        add revision bigint not null default 0,
        add is_lead boolean not null default true`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('delete from merged_leads where lead_id = into_id or not is_lead');
    await runner.query(`
      alter table merged_leads drop revision, drop is_lead,
        add constraint merged_leads_check check (lead_id <> into_id)`);
  }
}
