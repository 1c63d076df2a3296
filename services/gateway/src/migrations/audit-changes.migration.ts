import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a request changed: the fields with their values before and after. */
export class AuditChanges1798000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Not jsonb, which refuses some texts that JSON can hold: an entry is written in any case.
    await runner.query('alter table audit_entries add column changes json');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table audit_entries drop column changes');
  }
}
