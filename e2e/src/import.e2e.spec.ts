import { randomUUID } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { eventually, sharedStack, type SharedStack } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { adminClient } from './api-clients.js';
import { count, deadLetterReasons, query, waitUntilCaughtUp } from './stack-queries.js';

const BATON = resolve(import.meta.dirname, '../../cli/bin/baton.mjs');
const DAY_MS = 86_400_000;
const LEADS = 500;
const ACTIVITIES_PER_LEAD = 20;

let stack: SharedStack;
let folder: string;
let sourceId: string;
let writeKey: string;

beforeAll(async () => {
  stack = await sharedStack();
  folder = await mkdtemp(join(tmpdir(), 'baton-import-'));
  sourceId = `history-${randomUUID().slice(0, 8)}`;
  const created = await adminClient(stack.local()).post('/api/sources', { id: sourceId, name: 'Past leads' });
  writeKey = created.body.writeKey as string;
}, 240_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

interface PastLead {
  readonly email: string;
  readonly createdAt: Date;
  readonly outcome: string;
  readonly decidedAt: Date;
  readonly amount: string;
}

/** Leads of two years, the newest three weeks old: of ten three won, two lost, one left and one was rejected. */
const pastLeads = (): PastLead[] => {
  const midnight = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const outcomes = ['won', 'won', 'won', 'lost', 'lost', 'churned', 'rejected', '', '', ''];
  return Array.from({ length: LEADS }, (_, i) => {
    const createdAt = new Date(midnight - (21 + Math.floor((i * 700) / LEADS)) * DAY_MS);
    return {
      email: `past${i}@${sourceId}.example`,
      createdAt,
      outcome: outcomes[i % outcomes.length]!,
      decidedAt: new Date(createdAt.getTime() + 10 * DAY_MS),
      amount: '1.500,50',
    };
  });
};

const german = (date: Date): string => date.toISOString().slice(0, 10).split('-').reverse().join('.');

const leadsFile = (leads: readonly PastLead[]): string =>
  [
    'E-Mail-Adresse;Firma;Erstellt am;utm_source;utm_medium;utm_campaign;Ergebnis;Abschlussdatum;Betrag;Währung',
    ...leads.map(({ email, createdAt, outcome, decidedAt, amount }) =>
      [
        ...[email, '"Engines; Ltd"', german(createdAt), 'google', 'cpc', `kampagne-${sourceId}`, outcome],
        ...(outcome === '' ? ['', '', ''] : [german(decidedAt), amount, 'EUR']),
      ].join(';'),
    ),
  ].join('\r\n');

/** The first activity of each lead is five days before the row of the lead. */
const activitiesFile = (leads: readonly PastLead[]): string =>
  leads
    .flatMap(({ email, createdAt }) =>
      Array.from({ length: ACTIVITIES_PER_LEAD }, (_, n) => ({
        contact: { email },
        event: n % 2 === 0 ? 'Page View' : 'Whitepaper Downloaded',
        ...(n % 2 === 0 && { url: `https://engines.example/page-${n}` }),
        time: new Date(createdAt.getTime() + (n - 5) * DAY_MS).toISOString(),
        number: n,
      })),
    )
    .map((activity) => JSON.stringify(activity))
    .join('\n');

/** Starts `baton import`; with `killAfterRows` it is killed once it remembers that many. */
const runImport = async (file: string, options: readonly string[], killAfterRows = Infinity) => {
  const state = `${file}.import.json`;
  const address = ['--url', stack.local().ingestion, '--write-key', writeKey];
  const child = spawn(process.execPath, [BATON, 'import', file, ...address, '--yes', ...options]);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exited = once(child, 'exit');
  if (killAfterRows < Infinity) {
    await eventually(() => expect(existsSync(state) && rowsOf(state)).toBeGreaterThanOrEqual(killAfterRows), {
      every: 1,
    });
    child.kill('SIGKILL');
  }
  const [code, signal] = (await exited) as [number | null, string | null];
  return { code: code ?? signal, output, rows: rowsOf(state) };
};

const rowsOf = (state: string): number =>
  (JSON.parse(readFileSync(state, 'utf8')) as { counts: { rows: number } }).counts.rows;

/** What is in the databases of the source: each number once. */
const stored = async () => {
  const local = stack.local();
  const one = (sql: string) => count(local, sql, [sourceId]);
  return {
    leads: await one('select count(*) from scoring.leads where source_id = $1'),
    activities: await one('select count(*) from scoring.activities where source_id = $1'),
    deals: await one('select count(*) from routing.deals where source_id = $1'),
    people: await one('select count(*) from reporting.people where source = $1'),
  };
};

describe('past leads of two years', () => {
  it('are imported once, with their times, although the import is killed and repeated', async () => {
    const leads = pastLeads();
    const [leadsCsv, activities] = [join(folder, 'leads.csv'), join(folder, 'activities.ndjson')];
    await writeFile(leadsCsv, leadsFile(leads));
    await writeFile(activities, activitiesFile(leads));
    const options = ['--dates', 'dmy', '--time-zone', 'UTC'];

    const killed = await runImport(activities, options, 1_000);
    expect(killed.code).toBe('SIGKILL');
    expect(killed.rows).toBeLessThan(LEADS * ACTIVITIES_PER_LEAD);
    const resumed = await runImport(activities, options);
    expect(resumed).toMatchObject({ code: 0, rows: LEADS * ACTIVITIES_PER_LEAD });
    expect(resumed.output).toContain(`Goes on behind line ${killed.rows}.`);
    expect(resumed.output).toContain('10000 rows');
    const first = await runImport(leadsCsv, options);
    expect(first).toMatchObject({ code: 0, rows: LEADS });
    expect(first.output).toMatch(/500 leads, 50 activities, 350 outcomes, 0 skipped, 0 failed/);

    const withOutcome = (outcome: string) => leads.filter((lead) => lead.outcome === outcome).length;
    const deals = LEADS - withOutcome('') - withOutcome('rejected');
    // A lead, its activities, its outcome; a deal that was churned was won before.
    const messages = LEADS * (1 + ACTIVITIES_PER_LEAD) + (LEADS - withOutcome('')) + withOutcome('churned');
    const expected = { leads: LEADS, activities: messages, deals, people: LEADS };
    await eventually(async () => expect(await stored()).toEqual(expected), { within: 90_000, every: 500 });

    // Nothing to do, then all once more as if nothing was remembered.
    expect((await runImport(leadsCsv, options)).output).toContain('500 rows, 0 of them new');
    for (const file of [leadsCsv, activities])
      expect((await runImport(file, [...options, '--restart'])).code).toBe(0);
    await waitUntilCaughtUp(stack.local());
    expect(await stored()).toEqual(expected);

    await expectDeals(leads);
    await expectFirstSeen(leads);
    await expectCohorts(leads);
    await eventually(() => expectWonThen(leads));
    expect(await deadLetterReasons(stack.local())).toEqual([]);
  }, 240_000);
});

describe('past customers', () => {
  it('are not offered to sales when what they did follows, other leads are', async () => {
    const admin = adminClient(stack.local());
    const [customer, prospect] = ['customer', 'prospect'].map((who) => `${who}@${sourceId}.example`);
    const dayOf = (daysAgo: number) => new Date(Date.now() - daysAgo * DAY_MS).toISOString().slice(0, 10);
    const [leadsCsv, activities] = [join(folder, 'known.csv'), join(folder, 'known-activities.csv')];
    const person = 'Engines Ltd,Head of Operations,250,yes';
    await writeFile(
      leadsCsv,
      `email,created,company,role,employees,newsletter,outcome,close date
${customer},${dayOf(90)},${person},won,${dayOf(60)}
${prospect},${dayOf(90)},${person},,\n`,
    );
    const demo = (email: string) => `${email},Demo Requested,${dayOf(1)}`;
    await writeFile(activities, `email,event,time\n${demo(customer!)}\n${demo(prospect!)}\n`);
    const leadOf = async (email: string) => (await admin.post('/api/leads/search', { email })).body.items[0];
    const handoffsOf = async (email: string) =>
      (await admin.get(`/api/handoffs?leadId=${(await leadOf(email)).id}`)).body.items as unknown[];

    expect((await runImport(leadsCsv, [])).code).toBe(0);
    await eventually(async () => expect((await leadOf(customer!)).stage).toBe('customer'));
    expect((await runImport(activities, [])).code).toBe(0);
    await eventually(async () => expect(await handoffsOf(prospect!)).toHaveLength(1));
    await eventually(async () =>
      expect((await leadOf(customer!)).lastActivityAt).toBe(`${dayOf(1)}T00:00:00.000Z`),
    );
    await waitUntilCaughtUp(stack.local());
    expect(await handoffsOf(customer!)).toEqual([]);
    expect((await leadOf(customer!)).stage).toBe('customer');
  });
});

const expectDeals = async (leads: readonly PastLead[]): Promise<void> => {
  const rows = await query<{ status: string; deals: string; amount: number; opened: Date }>(
    stack.local(),
    `select status, count(*) as deals, max(amount) as amount, min(opened_at) as opened
     from routing.deals where source_id = $1 group by 1 order by 1`,
    [sourceId],
  );
  expect(rows.map(({ status, deals }) => [status, Number(deals)])).toEqual([
    ['churned', 50],
    ['lost', 100],
    ['won', 150],
  ]);
  expect(rows[2]!.amount).toBe(1_500.5);
  const won = leads.filter(({ outcome }) => outcome === 'won').map(({ decidedAt }) => decidedAt.getTime());
  expect(rows[2]!.opened.getTime()).toBe(Math.min(...won));
};

/** The lead began with its first activity; a page of the same site has no origin, so the campaign is not that of the first touch. */
const expectFirstSeen = async (leads: readonly PastLead[]): Promise<void> => {
  const admin = adminClient(stack.local());
  for (const { email, createdAt } of [leads[0]!, leads[250]!, leads[499]!]) {
    const { body } = await admin.post('/api/leads/search', { email });
    expect(body.items).toHaveLength(1);
    const [lead] = body.items;
    expect(lead).toMatchObject({ traits: { company: 'Engines; Ltd', email } });
    expect(lead.createdAt).toBe(new Date(createdAt.getTime() - 5 * DAY_MS).toISOString());
  }
};

/** People won are those of the time of the deal, not of the import. */
const expectWonThen = async (leads: readonly PastLead[]): Promise<void> => {
  const rows = await query<{ won_at: Date }>(
    stack.local(),
    'select won_at from reporting.people where source = $1 and won_at is not null order by won_at',
    [sourceId],
  );
  const won = leads.filter(({ outcome }) => ['won', 'churned'].includes(outcome));
  expect(rows.map(({ won_at }) => won_at.getTime())).toEqual(
    won.map(({ decidedAt }) => decidedAt.getTime()).sort((a, b) => a - b),
  );
};

/** Of some spans of twenty days the leads that began in each, none in the last one. */
const expectCohorts = async (leads: readonly PastLead[]): Promise<void> => {
  const admin = adminClient(stack.local());
  const begun = leads.map(({ createdAt }) => createdAt.getTime() - 5 * DAY_MS);
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  for (const daysAgo of [0, 90, 180, 360, 540, 720]) {
    const [from, to] = [today - (daysAgo + 19) * DAY_MS, today - daysAgo * DAY_MS];
    const { body } = await admin.get(
      `/api/reports/funnel?by=source&timeZone=UTC&from=${dayOf(from)}&to=${dayOf(to)}`,
    );
    const group = body.groups.find(({ key }: { key: string }) => key === sourceId);
    const cohort = begun.filter((at) => at >= from && at < to + DAY_MS);
    expect([daysAgo, group?.leads ?? 0]).toEqual([daysAgo, cohort.length]);
  }
};
