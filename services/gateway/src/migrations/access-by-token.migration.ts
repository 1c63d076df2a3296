import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who made a one-time link, and whom API tokens gave access to an account, which is shown when one is revoked. Of links and accounts made
 * before it is not known.
 */
export class AccessByToken1799800000000 implements MigrationInterface {
  readonly name = 'AccessByToken1799800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table users add access_by_tokens uuid[] not null default '{}'`);
    await runner.query(
      `alter table password_links add made_by_tokens uuid[] not null default '{}', add made_by uuid`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table password_links drop made_by_tokens, drop made_by');
    await runner.query('alter table users drop access_by_tokens');
  }
}
