import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What changes with every activity of a lead, taken out of `lead_list`: there each change wrote an entry into ten indexes, one of them over
 * all words of the lead.
 */
export class LeadStandings1799750000000 implements MigrationInterface {
  readonly name = 'LeadStandings1799750000000';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      // In the order of a batch, which would otherwise wait for the list with leads locked, while the migration after this one waits for leads.
      'lock table leads, lead_list in access exclusive mode',
      `create table lead_standings (
        id uuid primary key references lead_list (id) on delete cascade,
        last_activity_at timestamptz not null,
        points integer not null
      )`,
      'insert into lead_standings select id, last_activity_at, points from lead_list',
      'create index lead_standings_by_activity on lead_standings (last_activity_at desc, id desc)',
      'create index lead_standings_by_points on lead_standings (points desc, id desc)',
      'alter table lead_list drop column last_activity_at, drop column points',
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    const statements = [
      'alter table lead_list add column last_activity_at timestamptz, add column points integer',
      `update lead_list set last_activity_at = standing.last_activity_at, points = standing.points
       from lead_standings standing where standing.id = lead_list.id`,
      'alter table lead_list alter column last_activity_at set not null, alter column points set not null',
      'create index lead_list_by_activity on lead_list (last_activity_at desc, id desc)',
      'create index lead_list_by_points on lead_list (points desc, id desc)',
      'drop table lead_standings',
    ];
    for (const statement of statements) await runner.query(statement);
  }
}
