import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '@baton/testing';
import { pino } from 'pino';
import { busMigrations } from '../database/tables.migration.js';
import { Housekeeping, KEEP_OPEN_DAYS, KEEP_RESOLVED_DAYS } from './housekeeping.job.js';

let db: TestDatabase;
beforeAll(async () => void (db = await testDatabase({ name: 'routing', migrations: busMigrations })));
afterAll(() => db.drop());

it('deletes dead letters that were kept for their time, of its reader alone', async () => {
  const letter = (reader: string, state: string, days: number): Promise<unknown> =>
    db.source.query(
      `insert into dead_letters (reader, topic, partition, record_offset, hash, headers, timestamp, reason, at, state, resolved_at)
       values ($1, 'leads', 0, $2::int, 0, '{}', 0, 'x', now() - make_interval(days => $2::int), $3,
         case when $3 in ('done', 'waived') then now() - make_interval(days => $2::int) end)`,
      [reader, days, state],
    );
  for (const state of ['done', 'waived'])
    for (const days of [KEEP_RESOLVED_DAYS - 1, KEEP_RESOLVED_DAYS + 1])
      await letter(`facts-${state}`, state, days);
  for (const days of [KEEP_OPEN_DAYS - 1, KEEP_OPEN_DAYS + 1]) await letter('facts', 'waiting', days);
  await letter('live', 'waiting', KEEP_OPEN_DAYS + 1);

  for (const reader of ['facts', 'facts-done', 'facts-waived'])
    await new Housekeeping(db.database, reader, pino({ level: 'silent' })).delete();

  const left = await db.source.query<{ reader: string; days: string }[]>(
    'select reader, record_offset as days from dead_letters order by reader',
  );
  expect(left).toEqual([
    { reader: 'facts', days: String(KEEP_OPEN_DAYS - 1) },
    { reader: 'facts-done', days: String(KEEP_RESOLVED_DAYS - 1) },
    { reader: 'facts-waived', days: String(KEEP_RESOLVED_DAYS - 1) },
    { reader: 'live', days: String(KEEP_OPEN_DAYS + 1) },
  ]);
});
