import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who did or read what, when and from where. Partitions are created by the service. */
export class AuditLog1767312000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table audit_entries (
        id bigint generated always as identity,
        at timestamptz not null,
        actor_id text,
        actor_name text,
        actor_role text,
        action text not null,
        object_id text,
        status int not null,
        address text not null,
        trace_id text,
        primary key (at, id)
      ) partition by range (at)`);
    await runner.query('create index on audit_entries (actor_id, at)');
    await runner.query('create index on audit_entries (object_id, at)');
    await runner.query(`
      create function refuse_audit_change() returns trigger language plpgsql as
        'begin raise exception ''the audit log is append-only''; end'`);
    await runner.query(`
      create trigger audit_entries_append_only before update or delete on audit_entries
        for each row execute function refuse_audit_change()`);
    await runner.query(`
      create trigger audit_entries_not_truncated before truncate on audit_entries
        for each statement execute function refuse_audit_change()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table audit_entries');
    await runner.query('drop function refuse_audit_change');
  }
}
