import { Database } from '@baton/bus';
import { ActivityAttributed, LeadCreated, LeadMerged, LeadStageChanged } from '@baton/contracts';
import { eventOf, received, testDatabase, type TestDatabase } from '@baton/testing';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { config, onActivityAttributed, onLeadMoved } from '../facts.example.js';
import { reporting } from '../reporting.module.js';
import { ReportingConfig } from '../reporting.config.js';
import { PeopleStore } from './people.store.js';
import { RecountStore, type Recounted } from './recount.store.js';

const LEADS = 2_300;
let db: TestDatabase;

beforeAll(async () => {
  db = await testDatabase({ name: 'reporting', migrations: reporting.migrations });
  const ids = Array.from({ length: LEADS }, () => randomUUID());
  await db.database.transaction((tx) =>
    onLeadMoved.handle(
      ids.flatMap((leadId, i) => [
        received(LeadCreated, eventOf(LeadCreated, { leadId })),
        received(
          LeadStageChanged,
          eventOf(LeadStageChanged, { leadId, changedAt: '2026-01-06T09:00:00.000Z' }),
        ),
        ...(i % 10 === 0
          ? [
              received(
                LeadMerged,
                eventOf(LeadMerged, { leadId, intoLeadId: ids[i + 1]!, profileIds: [leadId] }),
                {
                  sequence: 9,
                },
              ),
            ]
          : []),
      ]),
      tx,
    ),
  );
  await db.database.transaction((tx) =>
    onActivityAttributed.handle(
      ids.map((leadId) =>
        received(ActivityAttributed, eventOf(ActivityAttributed, { leadId, profileId: leadId }, 'touchId')),
      ),
      tx,
    ),
  );
}, 120_000);
afterAll(() => db?.drop());

const recount = async (mend = false, settings = config): Promise<Omit<Recounted, 'next'>> => {
  const recounts = new RecountStore(new Database(db.source), new PeopleStore(settings));
  const sum = { leads: 0, people: 0, paths: 0 };
  let after: string | undefined;
  do {
    const step = await recounts.step(after, mend);
    sum.leads += step.leads;
    sum.people += step.people;
    sum.paths += step.paths;
    after = step.next ?? undefined;
  } while (after !== undefined);
  return sum;
};

const equal = { leads: LEADS, people: 0, paths: 0 };

it('a recount finds what differs from the facts, to the row, and mends it', async () => {
  expect(await recount()).toEqual(equal);
  const changed = [
    `update people set stages = stages || 'sal'::text where lead_id = (select min(lead_id::text)::uuid from people)`,
    `delete from people where lead_id = (select max(lead_id::text)::uuid from people where created_at is not null)`,
    `update paths set value = 1 where lead_id = (select lead_id from paths order by lead_id limit 1) and milestone = 'mql'`,
    `delete from paths where lead_id = (select lead_id from paths order by lead_id desc limit 1) and milestone = 'lead'`,
    `insert into paths select lead_id, 'won', at, value, reached, channels, campaigns, contents, sources, days from paths
     where milestone = 'mql' order by lead_id limit 1`,
  ];
  for (const sql of changed) await db.source.query(sql);
  expect(await recount()).toEqual({ leads: LEADS, people: 2, paths: 3 });
  await recount(true);
  expect(await recount()).toEqual(equal);
}, 60_000);

it('a recount derives what another look-back leaves of the paths', async () => {
  const shorter = Object.assign(new ReportingConfig(), { lookbackDays: 1 });
  expect((await recount(true, shorter)).paths).toBeGreaterThan(0);
  expect(await recount(false, shorter)).toEqual(equal);
}, 60_000);
