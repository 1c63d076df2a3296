import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What marketing plans and spends, typed in by people: not of a reader. */
export class CampaignPlans1796100000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table campaign_plans (
        key text collate "C" primary key,
        name text not null,
        starts_on date,
        ends_on date,
        brief text not null,
        audience text not null,
        offer text not null,
        message text not null,
        talking_points text not null,
        updated_at timestamptz not null,
        updated_by text not null
      )`);
    await runner.query(`
      create table campaign_costs (
        key text collate "C" not null,
        day date not null,
        note text not null,
        amount numeric(18, 3) not null,
        primary key (key, day, note)
      )`);
    await runner.query('create index on campaign_costs (day)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table campaign_costs, campaign_plans');
  }
}
