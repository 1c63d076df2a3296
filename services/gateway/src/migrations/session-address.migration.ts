import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where a session began, for its user to recognise it. Null for sessions from before. */
export class SessionAddress1767312000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table sessions add column address text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table sessions drop column address');
  }
}
