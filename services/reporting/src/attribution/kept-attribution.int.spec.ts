import { outgoing } from '@baton/bus';
import { ActivityAttributed, LeadCreated, LeadStageChanged } from '@baton/contracts';
import { eventOf, eventually, type HttpClient } from '@baton/testing';
import { TestService, testUser } from '@baton/testing/service';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { reporting } from '../reporting.module.js';
import { MAX_KEPT } from './kept-attribution.store.js';

let app: TestService;
let marketing: HttpClient;

const KEPT = '/reports/attribution/kept';
const QUESTION = { milestone: 'mql', by: 'channel', from: '2026-01-01', to: '2026-01-31' };
const leadId = randomUUID();

const at = (day: number): string => new Date(Date.UTC(2026, 0, day, 12)).toISOString();
const touch = (channel: string, day: number) =>
  outgoing(
    ActivityAttributed,
    eventOf(ActivityAttributed, {
      ...{ leadId, profileId: leadId, touchId: randomUUID(), activityId: randomUUID() },
      ...{ channel, occurredAt: at(day), campaign: { name: channel } },
    }),
    1,
  );
const keep = (fields: object = {}) =>
  marketing.post(KEPT, {
    name: 'MQL by channel, Jan 2026',
    model: ['first', 'linear'],
    ...QUESTION,
    ...fields,
  });

beforeAll(async () => {
  app = await TestService.start(reporting);
  marketing = await app.as(testUser('Mara', 'marketing'));
  await app.publish(
    outgoing(LeadCreated, eventOf(LeadCreated, { leadId, createdAt: at(1) }), 1),
    touch('email', 10),
    outgoing(LeadStageChanged, eventOf(LeadStageChanged, { leadId, changedAt: at(20) }), 2),
  );
  await app.caughtUp();
}, 120_000);

beforeEach(() => app.database.database.rows('delete from kept_attributions'));

afterAll(() => app?.close());

describe('figures that are kept', () => {
  it('stay as they were after a late touch changed those of today', async () => {
    const kept = await keep({ lookback: 30, model: ['first', 'time-decay'], halfLife: 14 });
    expect(kept.status).toBe(201);
    expect(kept.body).toMatchObject({
      ...{ name: 'MQL by channel, Jan 2026', keptBy: 'Mara', version: 3 },
      question: {
        ...{ ...QUESTION, timeZone: 'UTC', lookback: 30, models: ['first', 'time-decay'] },
        options: { halfLife: 14 },
      },
      answer: { conversions: 1, keys: [{ key: 'email', credits: [{ conversions: 1 }, { conversions: 1 }] }] },
    });
    const query =
      'milestone=mql&by=channel&from=2026-01-01&to=2026-01-31&lookback=30&model=first,time-decay&halfLife=14';
    const today = async () => (await marketing.get(`/reports/attribution?${query}`)).body.keys;
    expect(await today()).toEqual(kept.body.answer.keys);

    await app.publish(touch('search', 5));
    await app.caughtUp();
    await eventually(async () =>
      expect((await today()).map(({ key }: { key: string }) => key)).toEqual(['search', 'email']),
    );
    const { id } = kept.body;
    expect((await marketing.get(`${KEPT}/${id}`)).body).toEqual(kept.body);
    const { answer: _answer, ...summary } = kept.body;
    expect((await marketing.get(KEPT)).body).toEqual({ items: [summary] });
  });

  it('are a file with the rows of the report', async () => {
    const { id } = (await keep({ model: ['last'] })).body;
    const file = await marketing.get(`${KEPT}/${id}?format=csv`);
    expect(file.headers.get('content-disposition')).toContain('baton-attribution-kept.csv');
    expect(String(file.body)).toContain('email,last,3,1,1,0,EUR');
  });

  it('are listed newest first, and deleted for good', async () => {
    const first = (await keep({ name: 'first' })).body;
    app.clock.skip(1_000);
    await keep({ name: 'second' });
    const names = async () =>
      (await marketing.get(KEPT)).body.items.map(({ name }: { name: string }) => name);
    expect(await names()).toEqual(['second', 'first']);
    expect((await marketing.delete(`${KEPT}/${first.id}`)).status).toBe(204);
    expect(await names()).toEqual(['second']);
    for (const gone of [marketing.get(`${KEPT}/${first.id}`), marketing.delete(`${KEPT}/${first.id}`)])
      expect(await gone).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  it(`are at most ${MAX_KEPT}`, async () => {
    await keep();
    await app.database.database.rows(
      `insert into kept_attributions select gen_random_uuid(), name || n, kept_by, kept_at, question, version, answer
       from kept_attributions, generate_series(1, ${MAX_KEPT - 2}) as n`,
    );
    const answers = await Promise.all([keep(), keep(), keep()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(await keep()).toMatchObject({
      status: 409,
      body: { detail: `At most ${MAX_KEPT} figures are kept; delete one first.` },
    });
    expect((await marketing.get(KEPT)).body.items).toHaveLength(MAX_KEPT);
  });

  it('are not kept when a person was erased while they were counted', async () => {
    await app.database.database
      .transaction(async (tx) => {
        await tx.rows('lock table kept_attributions in share row exclusive mode');
        await tx.rows('insert into erased_leads values ($1, $2)', [randomUUID(), randomUUID()]);
        const answer = keep();
        await eventually(async () =>
          expect(
            await app.database.database.rows(
              'select from pg_locks where not granted and relation = $1::regclass',
              ['kept_attributions'],
            ),
          ).toHaveLength(1),
        );
        return { answer };
      })
      .then(async ({ answer }) => expect(await answer).toMatchObject({ status: 409 }));
  });

  it.each([
    ['a blank name', { name: ' ' }],
    ['a name that is too long', { name: 'n'.repeat(121) }],
    ['hours', { hours: 24, from: undefined, to: undefined }],
    ['a file', { format: 'csv' }],
    ['an unknown model', { model: ['best'] }],
    ['a long look-back', { lookback: 91 }],
  ])('are refused with %s', async (_, fields) => {
    expect(await keep(fields)).toMatchObject({ status: 400, body: { code: 'invalid' } });
  });

  it('are read by everybody, kept and deleted by those who define', async () => {
    const { id } = (await keep()).body;
    for (const role of ['marketing', 'manager', 'operations', 'admin', 'seller', 'viewer'] as const) {
      const client = await app.as(testUser(role, role));
      const isDefiner = role !== 'seller' && role !== 'viewer';
      const unknown = `${KEPT}/${randomUUID()}`;
      const statuses = [
        client.get(KEPT),
        client.get(`${KEPT}/${id}`),
        client.post(KEPT, { name: role, ...QUESTION }),
        client.delete(unknown),
      ].map(async (answer) => (await answer).status);
      const expected = isDefiner ? [200, 200, 201, 404] : [200, 200, 403, 403];
      expect([role, ...(await Promise.all(statuses))]).toEqual([role, ...expected]);
    }
  });
});
