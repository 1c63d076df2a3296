import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '@baton/testing';
import { busMigrations } from '../database/tables.migration.js';
import type { Received } from '../event/message.js';
import { sortSeen, type Sorted } from './sequences.js';

let db: TestDatabase;
beforeAll(async () => void (db = await testDatabase({ name: 'routing', migrations: busMigrations })));
afterAll(() => db.drop());

const at = (minute: number): Date => new Date(Date.UTC(2026, 0, 5, 9, minute));
const event = (subject: string, sequence: number, { hash = sequence, minute = sequence } = {}) => ({
  event: { source: '/scoring', subject, sequence, time: at(minute) } as Received,
  hash,
});
const sort = (reader: string, ...messages: Parameters<typeof sortSeen>[2]): Promise<Sorted> =>
  db.database.transaction((tx) => sortSeen(tx, reader, messages));
const versions = ({ fresh }: Sorted): (number | undefined)[] => fresh.map(({ sequence }) => sequence);

describe('versions a reader has seen', () => {
  it('pass once, in order, for each reader by itself', async () => {
    expect(versions(await sort('facts', event('a', 1), event('a', 2), event('a', 1)))).toEqual([1, 2]);
    const again = await sort('facts', event('a', 2), event('a', 3));
    expect([versions(again), again.duplicates]).toEqual([[3], 1]);
    expect(versions(await sort('live', event('a', 1), event('a', 2)))).toEqual([1, 2]);
  });

  it('conflict when the newest comes again with another content', async () => {
    await sort('facts', event('b', 5));
    const { fresh, conflicts } = await sort('facts', event('b', 5, { hash: 99 }));
    expect([fresh.length, conflicts.length]).toEqual([0, 1]);
  });

  it('conflict when an older one was decided later: the database of its producer was set back', async () => {
    await sort('facts', event('c', 9));
    const { duplicates, conflicts } = await sort('facts', event('c', 6), event('c', 7, { minute: 20 }));
    expect([duplicates, conflicts.length]).toEqual([1, 1]);
  });

  it('all pass where there is no version', async () => {
    const activity = { event: { source: '/ingestion', subject: 'x', time: at(0) } as Received, hash: 0 };
    expect((await sort('facts', activity, activity)).fresh).toHaveLength(2);
  });
});
