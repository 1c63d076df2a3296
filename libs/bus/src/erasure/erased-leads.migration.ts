import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The people a service erased, known by ids alone, so that events of before do not bring them back. */
export class ErasedLeads1799600000001 implements MigrationInterface {
  readonly name = 'ErasedLeads1799600000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table erased_leads (lead_id uuid primary key, request_id uuid not null)');
    await runner.query('create index erased_leads_of_request on erased_leads (request_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table erased_leads');
  }
}
