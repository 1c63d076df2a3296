import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Second factors of password logins, and logins whose password was right and whose code is still to come. */
export class SecondFactor1767312000042 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // `used_step` is the time step of the last accepted code: neither it nor an earlier one is accepted again.
    await runner.query(`
      create table second_factors (
        user_id uuid primary key references users on delete cascade,
        secret text not null,
        begun_at timestamptz not null,
        confirmed_at timestamptz,
        used_step bigint not null default 0
      )`);
    await runner.query(`
      create table recovery_codes (
        user_id uuid not null references second_factors on delete cascade,
        code_hash bytea not null,
        primary key (user_id, code_hash)
      )`);
    await runner.query(`
      create table login_challenges (
        token_hash bytea primary key,
        user_id uuid not null references users on delete cascade,
        password text not null,
        expires_at timestamptz not null
      )`);
    await runner.query('create index on login_challenges (expires_at)');
    await runner.query('create index on login_challenges (user_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table login_challenges, recovery_codes, second_factors');
  }
}
