import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Login by OpenID Connect: the identity that a user is linked to, the token for the logout, and responses that were used. */
export class OpenIdConnect1767312000044 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table users
        add column oidc_issuer text,
        add column oidc_subject text,
        add unique (oidc_issuer, oidc_subject),
        add check ((oidc_issuer is null) = (oidc_subject is null))`);
    await runner.query('alter table sessions add column id_token text');
    await runner.query(
      'create table used_logins (token_hash bytea primary key, expires_at timestamptz not null)',
    );
    await runner.query('create index on used_logins (expires_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table used_logins');
    await runner.query('alter table sessions drop column id_token');
    await runner.query('alter table users drop column oidc_issuer, drop column oidc_subject');
  }
}
