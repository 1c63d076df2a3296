import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tokens end, can be revoked, and are recognised by their first characters. Those made before have neither an end nor a prefix. */
export class ApiTokens1767312000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table tokens
        add prefix text not null default '',
        add scope text not null default 'write',
        add created_by text,
        add expires_at timestamptz,
        add used_at timestamptz,
        add revoked_at timestamptz,
        add revoked_by text`);
    // Positions of a page are milliseconds.
    await runner.query(`update tokens set created_at = date_trunc('milliseconds', created_at)`);
    await runner.query('create index on tokens (created_at desc, id desc)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table tokens
        drop prefix, drop scope, drop created_by, drop expires_at, drop used_at, drop revoked_at, drop revoked_by`);
  }
}
