import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which people were erased, known by ids and hashes alone, and what each service deleted. */
export class Erasures1799600000000 implements MigrationInterface {
  readonly name = 'Erasures1799600000000';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      `create table erasures (
        id uuid primary key,
        lead_id uuid not null,
        -- Null where the request came back from the topic, after a backup was restored.
        reason text,
        requested_by text,
        blocked boolean not null,
        requested_at timestamptz not null
      )`,
      'create index erasures_newest on erasures (requested_at desc, id desc)',
      `create table erasure_receipts (
        request_id uuid not null,
        service text not null,
        erased jsonb not null,
        erased_at timestamptz not null,
        primary key (request_id, service)
      )`,
      'create table erased_leads (lead_id uuid primary key, request_id uuid not null)',
      `create table erased_identifiers (
        hash text primary key,
        blocked boolean not null,
        erased_at timestamptz not null
      )`,
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table erased_identifiers, erased_leads, erasure_receipts, erasures');
  }
}
