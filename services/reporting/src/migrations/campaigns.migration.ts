import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Campaigns are counted by their folded name; the names they are shown by are in a table. */
export class Campaigns1764100000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table campaigns (
        key text collate "C" primary key,
        label text collate "C" not null,
        seen_at timestamptz not null
      )`);
    await runner.query(`
      insert into campaigns (key, label, seen_at)
      select distinct on (1) lower(btrim(name)), btrim(name), seen_at from (
        select campaign, created_at from lead_facts
        union all
        select campaign, day::timestamp at time zone 'UTC' from touch_counts
      ) as seen (name, seen_at)
      where btrim(name) <> '' order by 1, 3, 2`);
    await runner.query(
      'update lead_facts set campaign = lower(btrim(campaign)) where campaign <> lower(btrim(campaign))',
    );
    await runner.query(`
      with unfolded as (delete from funnel_cohorts where campaign <> lower(btrim(campaign)) returning *)
      insert into funnel_cohorts as c (day, source_id, channel, campaign, stage, leads)
      select day, source_id, channel, lower(btrim(campaign)), stage, sum(leads) from unfolded group by 1, 2, 3, 4, 5
      on conflict (day, source_id, channel, campaign, stage) do update set leads = c.leads + excluded.leads`);
    await runner.query(`
      with unfolded as (delete from touch_counts where campaign <> lower(btrim(campaign)) returning *)
      insert into touch_counts as c (day, source_id, channel, campaign, kind, touches, bots)
      select day, source_id, channel, lower(btrim(campaign)), kind, sum(touches), sum(bots) from unfolded group by 1, 2, 3, 4, 5
      on conflict (day, source_id, channel, campaign, kind)
      do update set touches = c.touches + excluded.touches, bots = c.bots + excluded.bots`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table campaigns');
  }
}
