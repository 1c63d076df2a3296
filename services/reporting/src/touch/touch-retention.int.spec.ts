import type { Received } from '@baton/bus';
import { ActivityAttributed, LeadCreated, LeadMerged, LeadStageChanged } from '@baton/contracts';
import { eventOf, received, testDatabase, type TestDatabase } from '@baton/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { config, factsHandlers } from '../facts.example.js';
import { PeopleStore } from '../person/people.store.js';
import { RecountStore } from '../person/recount.store.js';
import { reporting } from '../reporting.module.js';
import { TouchRetentionStore } from './touch-retention.store.js';

let db: TestDatabase;
let retention: TouchRetentionStore;
const tables = reporting.readers!.find(({ name }) => name === 'facts')!.tables!;

beforeAll(async () => {
  db = await testDatabase({ name: 'reporting', migrations: reporting.migrations });
  retention = new TouchRetentionStore(db.database);
}, 60_000);
afterAll(() => db?.drop());
beforeEach(() => db.source.query(`truncate ${tables.join(', ')}`));

const day = (n: number): Date => new Date(Date.UTC(2026, 0, n, 12));
const at = (n: number): string => day(n).toISOString();
const handle = async (...messages: Received[]): Promise<void> => {
  for (const handler of factsHandlers(db)) {
    const own = messages.filter(({ contract }) => handler.events.includes(contract));
    if (own.length > 0) await db.database.transaction((tx) => handler.handle(own, tx));
  }
};
const created = (leadId: string, n: number) =>
  received(LeadCreated, eventOf(LeadCreated, { leadId, createdAt: at(n) }));
const moved = (leadId: string, n: number, stage: string) =>
  received(
    LeadStageChanged,
    eventOf(LeadStageChanged, { leadId, changedAt: at(n), reached: [stage], to: stage }),
  );
const touch = (leadId: string, n: number, channel: string) =>
  received(
    ActivityAttributed,
    eventOf(ActivityAttributed, {
      ...{
        leadId,
        profileId: leadId,
        touchId: randomUUID(),
        occurredAt: at(n),
        channel,
        page: `/${channel}`,
      },
    }),
  );
const pathsOf = async (leadId: string): Promise<Record<string, string[]>> => {
  const rows = await db.database.rows<{ milestone: string; channels: string[] }>(
    'select milestone, channels from paths where lead_id = $1 order by milestone',
    [leadId],
  );
  return Object.fromEntries(rows.map(({ milestone, channels }) => [milestone, channels]));
};
const stored = () =>
  Promise.all(
    ['people', 'paths'].map((table) => db.database.rows(`select * from ${table} order by lead_id, 2`)),
  );
const recount = (mend = false) =>
  new RecountStore(db.database, new PeopleStore(config)).step(undefined, mend);
const equal = { people: 0, paths: 0 };

it('leaves people, paths and the recount as they are', async () => {
  const [ann, bob] = [randomUUID(), randomUUID()];
  await handle(created(ann, 1), created(bob, 1), moved(ann, 12, 'lead'), moved(ann, 30, 'mql'));
  await handle(touch(ann, 2, 'email'), touch(ann, 11, 'referral'), touch(ann, 25, 'direct'));
  await handle(touch(bob, 3, 'display'));
  const before = await stored();
  expect(await pathsOf(ann)).toMatchObject({ lead: ['email', 'referral'] });
  expect(await retention.deleteBefore(day(20))).toBe(3);
  expect(await db.database.rows('select from touches')).toHaveLength(1);
  expect(await recount()).toMatchObject(equal);
  expect(await recount(true)).toMatchObject(equal);
  expect(await stored()).toEqual(before);
});

it('leaves former paths as they are when their person goes on', async () => {
  const ann = randomUUID();
  await handle(created(ann, 1), moved(ann, 12, 'lead'), touch(ann, 2, 'email'), touch(ann, 25, 'direct'));
  await retention.deleteBefore(day(20));
  // More than a look-back after what was deleted.
  await handle(moved(ann, 100, 'mql'), touch(ann, 95, 'referral'));
  expect(await pathsOf(ann)).toEqual({
    lead: ['email'],
    mql: ['direct', 'referral'],
    open: ['direct', 'referral'],
  });
  expect(await recount()).toMatchObject(equal);
});

it('takes what happened before with a merge', async () => {
  const [ann, bob] = [randomUUID(), randomUUID()];
  await handle(created(ann, 1), created(bob, 2), moved(ann, 12, 'lead'), touch(ann, 2, 'email'));
  await retention.deleteBefore(day(20));
  await handle(
    received(LeadMerged, eventOf(LeadMerged, { leadId: ann, intoLeadId: bob, profileIds: [ann] }), {
      sequence: 9,
    }),
  );
  expect(await pathsOf(bob)).toMatchObject({ lead: ['email'] });
  expect(await recount()).toMatchObject(equal);
});

it('deletes all that are old, however many, and no other', async () => {
  const ann = randomUUID();
  await handle(created(ann, 1));
  await handle(...Array.from({ length: 4_100 }, () => touch(ann, 2, 'email')), touch(ann, 20, 'direct'));
  expect(await retention.deleteBefore(day(20))).toBe(4_100);
  expect(await retention.deleteBefore(day(20))).toBe(0);
  expect(await recount()).toMatchObject(equal);
});
