import { LeadCreated, ActivityAttributed } from '@baton/contracts';
import { eventOf, received, type HttpClient } from '@baton/testing';
import { bearerOf, TestService, testUser } from '@baton/testing/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parquetReadObjects } from 'hyparquet';
import { randomUUID } from 'node:crypto';
import { onActivityAttributed, onLeadMoved } from '../facts.example.js';
import { reporting } from '../reporting.module.js';
import { FACT_NAMES } from './fact-table.js';

/** More than two pages. */
const LEADS = 4_321;

let service: TestService;
let client: HttpClient;

beforeAll(async () => {
  service = await TestService.start(reporting);
  client = await service.as(testUser('Mara', 'marketing'));
  const { database } = service.database;
  const leadIds = Array.from({ length: LEADS }, () => randomUUID());
  const campaign = '=cmd|calc';
  await database.transaction((tx) =>
    onLeadMoved.handle(
      leadIds.map((leadId) => received(LeadCreated, eventOf(LeadCreated, { leadId, campaign }))),
      tx,
    ),
  );
  await database.transaction((tx) =>
    onActivityAttributed.handle(
      leadIds.map((leadId) =>
        received(
          ActivityAttributed,
          eventOf(ActivityAttributed, { leadId, profileId: leadId, page: '/a "b",\n c' }, 'touchId'),
        ),
      ),
      tx,
    ),
  );
}, 120_000);
afterAll(() => service?.close());

const fileOf = async (table: string, format: string): Promise<string> => {
  const { status, body } = await client.get(`/reports/facts/${table}?format=${format}`);
  expect([table, status]).toEqual([table, 200]);
  return String(body);
};
const objectsIn = (text: string): any[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as unknown);

describe('raw facts', () => {
  it('are all in the file, each once, and as many as the reports count', async () => {
    const people = objectsIn(await fileOf('people', 'ndjson'));
    expect(new Set(people.map(({ lead_id }) => lead_id as string)).size).toBe(LEADS);
    expect(people).toHaveLength(LEADS);
    const { body } = await client.get('/reports/funnel?from=2025-12-01&to=2026-02-28');
    expect(body.total.leads).toBe(LEADS);
    const touches = objectsIn(await fileOf('touches', 'ndjson'));
    expect(touches).toHaveLength(LEADS);
    expect(touches[0]).toMatchObject({ content: '/a "b",\n c', occurred_at: expect.stringMatching(/Z$/) });
  });

  it('begin no formula in a spreadsheet, and keep quotes and line ends in their field', async () => {
    const people = await fileOf('people', 'csv');
    expect(people.split('\r\n')[0]).toBe(
      'lead_id,created_at,source,channel,campaign,content,region,opportunity_at,won_at,rejected_at,breached_at,value',
    );
    expect(people.split(`,'=cmd|calc,`)).toHaveLength(LEADS + 1);
    expect(people).not.toContain(',=cmd');
    expect((await fileOf('touches', 'csv')).split('"/a ""b"",\n c"')).toHaveLength(LEADS + 1);
  });

  it('of every table are a file in both formats, also when there are none', async () => {
    for (const table of FACT_NAMES) {
      expect((await fileOf(table, 'csv')).split('\r\n').length).toBeGreaterThan(1);
      await fileOf(table, 'ndjson');
    }
    expect(await fileOf('deals', 'ndjson')).toBe('');
  });

  it.each(['seller', 'manager', 'viewer'] as const)('are not for a %s', async (role) => {
    const other = await service.as(testUser('Sam', role));
    expect((await other.get('/reports/facts/people')).status).toBe(403);
  });

  it.each(['pg_user', 'bi_people', 'definitions', "people'--"])('have no table %j', async (table) => {
    expect((await client.get(`/reports/facts/${encodeURIComponent(table)}`)).status).toBe(404);
  });

  it('are a Parquet file with the same rows', async () => {
    for (const table of FACT_NAMES) {
      const response = await fetch(new URL(`/reports/facts/${table}?format=parquet`, service.url), {
        headers: bearerOf(testUser('Mara', 'marketing'), 'reporting'),
      });
      expect([table, response.status]).toEqual([table, 200]);
      const rows = await parquetReadObjects({ file: await response.arrayBuffer() });
      const lines = objectsIn(await fileOf(table, 'ndjson'));
      expect(JSON.parse(JSON.stringify(rows))).toEqual(lines);
    }
  });

  it('refuse another format', async () => {
    expect((await client.get('/reports/facts/people?format=xlsx')).status).toBe(400);
  });
});
