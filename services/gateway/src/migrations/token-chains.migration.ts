import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A token that was made by a token ends with it. Of those made before it is not known which made them. */
export class TokenChains1799600000000 implements MigrationInterface {
  readonly name = 'TokenChains1799600000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table tokens add made_by_token uuid');
    await runner.query('create index on tokens (made_by_token) where made_by_token is not null');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table tokens drop made_by_token');
  }
}
