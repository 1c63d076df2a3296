import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who stands for a token: it rests while they may make none. Nobody stands for those made before, and before there was an administrator. */
export class TokenMakers1798000000000 implements MigrationInterface {
  readonly name = 'TokenMakers1798000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table tokens add created_by_id uuid');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table tokens drop created_by_id');
  }
}
