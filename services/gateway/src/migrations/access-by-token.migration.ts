import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who made a one-time link, and whom an API token gave access to an account, which is shown when it is revoked. Of links and accounts made
 * before it is not known.
 */
export class AccessByToken1799800000000 implements MigrationInterface {
  readonly name = 'AccessByToken1799800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table users add access_by_token uuid');
    await runner.query('create index on users (access_by_token) where access_by_token is not null');
    await runner.query('alter table password_links add made_by_token uuid, add made_by uuid');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table password_links drop made_by_token, drop made_by');
    await runner.query('alter table users drop access_by_token');
  }
}
