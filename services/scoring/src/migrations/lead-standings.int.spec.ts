import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { TestBatches } from '../lead/batch.example.js';
import { salesReadyForm } from '../lead/lead.example.js';
import { LeadStandings1799750000000 } from './lead-standings.migration.js';

let batches: TestBatches;

beforeAll(async () => {
  batches = await TestBatches.start();
}, 120_000);

afterAll(() => batches?.db.drop());

const standingsIn = (table: string) =>
  batches.db.source.query<unknown[]>(`select id, last_activity_at, points from ${table} order by id`);

it('points and last activities of listed leads stay the same through the migration and back', async () => {
  const emails = ['ada@engines.example', 'bob@engines.example', 'eve@zuse.example'];
  await batches.handle(emails.map((email) => salesReadyForm({ identifiers: { email } })));
  const before = await standingsIn('lead_standings');
  expect(before).toHaveLength(3);

  const runner = batches.db.source.createQueryRunner();
  const migration = new LeadStandings1799750000000();
  await migration.down(runner);
  expect(await standingsIn('lead_list')).toEqual(before);

  await runner.startTransaction();
  await migration.up(runner);
  await runner.commitTransaction();
  await runner.release();
  expect(await standingsIn('lead_standings')).toEqual(before);
  await batches.handle([salesReadyForm({ identifiers: { email: 'sam@zuse.example' } })]);
  expect(await standingsIn('lead_standings')).toHaveLength(4);
});
