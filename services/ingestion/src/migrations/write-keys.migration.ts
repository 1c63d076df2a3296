import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Several write keys of a source: what each is for, lets in, and until when. */
export class WriteKeys1764100000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table write_keys
        add id uuid not null default gen_random_uuid() unique,
        add name text not null default 'First key',
        add prefix text not null default 'wk_',
        add last_used_at timestamptz,
        add ends_at timestamptz,
        add replaced_by uuid,
        add origins text[] not null default '{}',
        add kinds text[] not null default '{}'`);
    // Only keys from before have no name and no prefix: nothing but their hash was kept.
    await runner.query(
      'alter table write_keys alter id drop default, alter name drop default, alter prefix drop default',
    );
    await runner.query('create index write_keys_of_source on write_keys (source_id, created_at desc)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index write_keys_of_source');
    await runner.query(`
      alter table write_keys
        drop id, drop name, drop prefix, drop last_used_at, drop ends_at, drop replaced_by, drop origins, drop kinds`);
  }
}
