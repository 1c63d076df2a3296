import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Counts of tries to log in, shared by all processes, and browsers that users have logged in with before. */
export class LoginLimits1767312000015 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Columns as rate-limiter-flexible reads them; `expire` is a time in ms. Counts may be lost in a crash: unlogged is cheaper.
    await runner.query(`
      create unlogged table login_limits (
        key text primary key,
        points integer not null,
        expire bigint
      )`);
    await runner.query('create index on login_limits (expire)');
    await runner.query(`
      create table known_devices (
        token_hash bytea not null,
        user_id uuid not null references users on delete cascade,
        expires_at timestamptz not null,
        primary key (token_hash, user_id)
      )`);
    await runner.query('create index on known_devices (user_id)');
    await runner.query('create index on known_devices (expires_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table known_devices');
    await runner.query('drop table login_limits');
  }
}
