import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '@baton/testing';
import { reporting } from '../reporting.module.js';
import { PathsByMilestone1800200000000 } from './paths-by-milestone.migration.js';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase({ name: 'reporting', migrations: reporting.migrations });
  await db.database.rows(
    `insert into paths (lead_id, milestone, at, value, reached, channels, campaigns, contents, sources, days)
     select gen_random_uuid(), milestone, now(), 1.5, '{}', array['email', 'direct'], array['spring', ''], array['/a', '/b'], array['site', 'site'], array[2, 0]
     from unnest(array['lead', 'mql', 'sal', 'sql', 'opportunity', 'won', 'rejected', 'breached', 'open']) as milestone`,
  );
}, 120_000);
afterAll(() => db?.drop());

const stored = () =>
  Promise.all([
    db.database.rows('select * from paths order by milestone'),
    db.database.rows('select * from bi_milestones order by milestone'),
    db.database.rows('select * from bi_path_touches order by milestone, place'),
  ]);
const partitions = async (): Promise<number> =>
  (await db.database.rows(`select from pg_inherits where inhparent = 'paths'::regclass`)).length;
const run = async (direction: 'up' | 'down'): Promise<void> => {
  const runner = db.source.createQueryRunner();
  await runner.startTransaction();
  await new PathsByMilestone1800200000000()[direction](runner);
  await runner.commitTransaction();
  await runner.release();
};

it('paths and the views over them stay the same through the migration and back; a rebuild under way begins anew', async () => {
  const before = await stored();
  expect(before.map((rows) => rows.length)).toEqual([9, 8, 16]);
  expect(await partitions()).toBe(9);

  await run('down');
  expect([await stored(), await partitions()]).toEqual([before, 0]);

  await db.database.rows(
    `insert into readers (reader, version, generation, rebuild) values ('facts', 3, 0, 'running') on conflict (reader) do update set rebuild = 'running'`,
  );
  await run('up');
  expect([await stored(), await partitions()]).toEqual([before, 9]);
  expect(await db.database.rows(`select rebuild from readers where reader = 'facts'`)).toEqual([
    { rebuild: 'requested' },
  ]);
});
