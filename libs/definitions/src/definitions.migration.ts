import type { MigrationInterface, QueryRunner } from 'typeorm';

class Definitions1767225600200 implements MigrationInterface {
  readonly name = 'Definitions1767225600200';

  async up(runner: QueryRunner): Promise<void> {
    // Drafting and signing lock the row of the kind, so that versions and activations are numbered without gaps or duplicates.
    await runner.query(`
      create table definition_kinds (
        kind text primary key,
        versions integer not null default 0,
        activations integer not null default 0,
        activated_at timestamptz
      )`);
    // json instead of jsonb, so that a signed document keeps its text, order of members included.
    await runner.query(`
      create table definitions (
        id text primary key,
        kind text not null references definition_kinds,
        version integer not null,
        document json not null,
        note text not null,
        based_on text references definitions,
        created_by text not null,
        created_by_name text not null,
        created_at timestamptz not null,
        marketing_by text,
        marketing_name text,
        marketing_at timestamptz,
        marketing_from timestamptz,
        sales_by text,
        sales_name text,
        sales_at timestamptz,
        sales_from timestamptz,
        active_from timestamptz,
        activation integer,
        unique (kind, version),
        unique (kind, activation),
        constraint active_when_both_signed
          check ((active_from is not null) = (marketing_at is not null and sales_at is not null)),
        constraint numbered_when_active check ((active_from is null) = (activation is null))
      )`);
    await runner.query(`create index definitions_newest on definitions (created_at desc, id desc)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table definitions, definition_kinds');
  }
}

/** A document is brought to the current schema of its kind when it is read, from the version it was written with. */
class DefinitionSchemaVersion1767225600201 implements MigrationInterface {
  readonly name = 'DefinitionSchemaVersion1767225600201';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table definitions add column schema_version integer not null default 1');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table definitions drop column schema_version');
  }
}

/** The tables of definitions, in the schema of the service. */
export const definitionMigrations = [Definitions1767225600200, DefinitionSchemaVersion1767225600201];
