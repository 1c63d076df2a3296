import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which leads are part of another: their hand-offs and deals are those of one person. */
export class MergedLeads1798100000000 implements MigrationInterface {
  readonly name = 'MergedLeads1798100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'create table merged_leads (lead_id uuid primary key, into_id uuid not null, check (lead_id <> into_id))',
    );
    await runner.query('create index merged_leads_into on merged_leads (into_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table merged_leads');
  }
}
