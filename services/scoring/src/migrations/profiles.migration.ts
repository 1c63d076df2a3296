import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Profiles, whose links decide which of them are one lead. What there is becomes one profile for each lead. */
export class Profiles1798000000000 implements MigrationInterface {
  readonly name = 'Profiles1798000000000';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      'alter table identifiers add column profile_id uuid',
      'update identifiers set profile_id = lead_id',
      'alter table identifiers alter column profile_id set not null',
      'create index identifiers_of_profile on identifiers (profile_id)',
      // Pairs of profiles that an activity named together, or that somebody said are one person. `cause` manual: by hand.
      `create table links (
        id uuid primary key,
        one uuid not null,
        other uuid not null,
        by_hand boolean not null,
        cause text not null,
        at timestamptz not null,
        made_at timestamptz not null,
        made_by text,
        undone_at timestamptz,
        undone_by text,
        unique (one, other, by_hand),
        check (one < other)
      )`,
      'create index links_of_other on links (other)',
      // The history of a lead is that of its profiles. Leads merged before were merged for good.
      'alter table activities rename column lead_id to profile_id',
      `update activities set profile_id = leads.merged_into
       from leads where leads.id = activities.profile_id and leads.merged_into is not null`,
      'alter index activities_of_lead rename to activities_of_profile',
      `alter table leads
        add column merged_at timestamptz,
        add column profile_count integer not null default 1,
        add column contested boolean not null default false,
        add column identity_version integer not null default 0,
        add column sales_parts jsonb,
        add column last_visit jsonb`,
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    const statements = [
      `alter table leads drop column merged_at, drop column profile_count, drop column contested,
        drop column identity_version, drop column sales_parts, drop column last_visit`,
      'alter index activities_of_profile rename to activities_of_lead',
      'alter table activities rename column profile_id to lead_id',
      'drop table links',
      'alter table identifiers drop column profile_id',
    ];
    for (const statement of statements) await runner.query(statement);
  }
}
