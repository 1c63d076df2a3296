import { testDatabase } from '@baton/testing';
import { expect, it } from '@jest/globals';
import { reporting } from '../reporting.module.js';
import { Campaigns1764100000002 } from './campaigns.migration.js';

it('the migration of campaigns sums the counts of one campaign under its folded name', async () => {
  const before = reporting.migrations.slice(0, reporting.migrations.indexOf(Campaigns1764100000002));
  const db = await testDatabase({ name: 'reporting', migrations: before });
  try {
    const rows = (sql: string) => db.database.rows<object>(sql);
    await rows(`insert into touch_counts values
      ('2026-01-05', 'website', 'email', 'Spring', 'page', 1, 1), ('2026-01-05', 'website', 'email', ' SPRING ', 'page', 2, 0),
      ('2026-01-05', 'website', 'email', 'spring', 'page', 4, 0), ('2026-01-06', 'website', 'email', '', 'page', 8, 0)`);
    await rows(`insert into funnel_cohorts values
      ('2026-01-05', 'website', 'email', 'Autumn', 'lead', 1), ('2026-01-05', 'website', 'email', 'autumn', 'lead', 2)`);
    await rows(`insert into lead_facts values
      (gen_random_uuid(), '2026-01-05T10:00:00Z', '2026-01-05', 'website', 'email', 'AUTUMN'),
      (gen_random_uuid(), '2026-01-05T09:00:00Z', '2026-01-05', 'website', 'email', 'Autumn')`);
    await new Campaigns1764100000002().up(db.source.createQueryRunner());
    expect(
      await rows('select campaign, touches::int, bots::int from touch_counts order by campaign'),
    ).toEqual([
      { campaign: '', touches: 8, bots: 0 },
      { campaign: 'spring', touches: 7, bots: 1 },
    ]);
    expect(await rows('select campaign, leads::int from funnel_cohorts')).toEqual([
      { campaign: 'autumn', leads: 3 },
    ]);
    expect(await rows('select distinct campaign from lead_facts')).toEqual([{ campaign: 'autumn' }]);
    expect(await rows(`select key, label from campaigns where key = 'autumn'`)).toEqual([
      { key: 'autumn', label: 'Autumn' },
    ]);
  } finally {
    await db.drop();
  }
});
