import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether a lead has an id of a CRM, beside those for addresses and user ids. */
export class CrmIds1798100000000 implements MigrationInterface {
  readonly name = 'CrmIds1798100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table leads add column has_crm boolean not null default false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table leads drop column has_crm');
  }
}
