import type { Received } from '@baton/bus';
import { ActivityRecorded } from '@baton/contracts';
import { ReadDatabase } from '@baton/platform';
import { eventOf, received, testDatabase, type TestDatabase } from '@baton/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { reporting } from '../reporting.module.js';
import { OnActivityRecorded } from './on-activity-recorded.js';
import { TouchReportStore } from './touch-report.store.js';
import { TouchStore } from './touch.store.js';

let db: TestDatabase;
const handler = new OnActivityRecorded(new TouchStore());

beforeAll(async () => {
  db = await testDatabase({ name: 'reporting', migrations: reporting.migrations });
}, 60_000);
afterAll(() => db?.drop());
beforeEach(() => db.source.query('truncate activities_seen, activity_days, touch_counts, campaigns'));

const handle = (...batch: Received[]) => db.database.transaction((tx) => handler.handle(batch, tx));
const publishedOn = (day: number, message: object = {}, data: object = {}) =>
  received(ActivityRecorded, eventOf(ActivityRecorded, data, 'activityId'), {
    time: new Date(Date.UTC(2026, 0, day)),
    ...message,
  });
const groups = (by: 'channel' | 'campaign' = 'channel') =>
  new TouchReportStore(new ReadDatabase(db.source)).groups({ from: '2026-01-05', to: '2026-01-05' }, by);
const touches = async () => (await groups())[0]?.touches ?? 0;
const remembered = async () => (await db.database.rows('select from activities_seen')).length;

describe('counts of touches', () => {
  it('are the same when a topic of many months is read again, although old ids are forgotten', async () => {
    const log = [1, 2, 20, 40, 41, 100, 101].map((day) => publishedOn(day));
    for (const message of log) await handle(message);
    await handle(log.at(-1)!);
    expect([await touches(), await remembered()]).toEqual([7, 2]);
    for (const message of log) await handle(message);
    await handle(...log);
    expect(await touches()).toBe(7);
  });

  it('contain a dead letter that is put back, however old it is', async () => {
    await handle(publishedOn(100));
    await handle(publishedOn(1, { redelivered: true }));
    expect(await touches()).toBe(2);
  });

  it('take the days of each partition by itself: one that lags behind loses nothing', async () => {
    await handle(publishedOn(100));
    await handle(publishedOn(1, { position: { topic: 'activity', partition: 1, offset: 0n } }));
    expect(await touches()).toBe(2);
  });

  it('are reported for the hundred largest campaigns, and of the others the sum', async () => {
    await handle(
      ...Array.from({ length: 210 }, (_, i) =>
        publishedOn(5, {}, { campaign: { name: `${i < 105 ? 'c' : 'C'}${i % 105}` } }),
      ),
      publishedOn(5, {}, { campaign: { name: ' c7 ' } }),
    );
    const all = await groups('campaign');
    expect(all).toHaveLength(101);
    expect([all[0], all.at(-1)]).toEqual([
      { key: 'C7', touches: 3, bots: 0 },
      { key: null, touches: 10, bots: 0 },
    ]);
  });

  it('are those of a campaign however its name is written, and have the name that was sent first', async () => {
    const sent = [
      ['spring launch', '12'],
      ['Spring Launch', '11'],
      [' SPRING LAUNCH ', '13'],
      ['\u00dcbersicht', '13'],
      ['u\u0308bersicht', '12'],
    ].map(([name, hour]) =>
      publishedOn(5, {}, { campaign: { name }, occurredAt: `2026-01-05T${hour}:00:00.000Z` }),
    );
    for (const order of [sent, sent.toReversed()]) {
      await db.source.query('truncate activities_seen, activity_days, touch_counts, campaigns');
      for (const message of order) await handle(message);
      expect(await groups('campaign')).toEqual([
        { key: 'Spring Launch', touches: 3, bots: 0 },
        { key: 'u\u0308bersicht', touches: 2, bots: 0 },
      ]);
    }
  });
});
