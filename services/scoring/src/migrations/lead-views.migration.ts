import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Filters of the list of leads that people saved under a name. */
export class LeadViews1799700000000 implements MigrationInterface {
  readonly name = 'LeadViews1799700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table lead_views (
        id uuid primary key,
        owner_id uuid not null,
        owner_name text not null,
        name text not null,
        shared boolean not null,
        conditions jsonb not null,
        sort text not null,
        saved_at timestamptz not null
      )`);
    await runner.query('create unique index lead_views_of_owner on lead_views (owner_id, lower(name))');
    await runner.query('create index lead_views_shared on lead_views (lower(name)) where shared');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table lead_views');
  }
}
