import { HandoffOffered } from '@baton/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { randomUUID } from 'node:crypto';
import { TestScoring } from '../scoring.example.js';
import { examplesLike } from './training.example.js';
import type { Example } from './training.js';

let app: TestScoring;

beforeAll(async () => {
  app = await TestScoring.open();
}, 120_000);

afterAll(() => app?.close());

/** Stores hand-offs with the verdict of their label. */
const store = async (
  count: number,
  pages: number,
  from = 0,
  change: (i: number) => Partial<Example> = () => ({}),
): Promise<void> => {
  const examples = examplesLike(count, { pages, industry: 1 }, from).map((example, i) => ({
    ...example,
    ...change(i),
    id: randomUUID(),
  }));
  const [ids, ats] = [examples.map(({ id }) => id), examples.map(({ at }) => new Date(at).toISOString())];
  await app.db.database.rows(
    'insert into handoff_facts select id, id, at, facts from unnest($1::uuid[], $2::timestamptz[], $3::jsonb[]) as t (id, at, facts)',
    [ids, ats, examples.map(({ facts }) => JSON.stringify(facts))],
  );
  await app.db.database.rows(
    `insert into verdicts (handoff_id, lead_id, seller_id, at, verdict, teaches, points, fit, engagement, grade, model_id)
     select id, id, id, at, case label when 1 then 'accepted' else 'rejected' end, case label when 0 then 'fit' end, 0, 0, 0, 'C', 'm'
     from unnest($1::uuid[], $2::timestamptz[], $3::integer[]) as t (id, at, label)`,
    [ids, ats, examples.map(({ label }) => label)],
  );
};
const models = async (): Promise<any[]> =>
  (await (await app.as(app.marketing)).get('/learning/models')).body.items as any[];

describe('learning from verdicts', () => {
  it('is refused with too few outcomes, and leads have no probability', async () => {
    const leadId = await app.readyLead();
    const answer = await (await app.as(app.marketing)).post('/learning/train', {});
    expect(answer).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining('needs at least 40 of each') },
    });
    expect(await app.lead(leadId)).toMatchObject({ probability: null });
    expect(await models()).toEqual([]);
    expect((await (await app.as(app.seller)).get('/learning/outcomes')).body).toEqual({
      verdicts: 0,
      positive: 0,
      negative: 0,
      needed: 40,
    });
  });

  it('is for marketing and operations', async () => {
    expect((await (await app.as(app.seller)).post('/learning/train', {})).status).toBe(403);
    expect((await (await app.as(app.manager)).post('/learning/train', {})).status).toBe(403);
  });

  it('keeps what was known at the offer, not what became known later', async () => {
    const handoff = { leadId: await app.readyLead(), handoffId: randomUUID() };
    await app.publishHandoffEvent(HandoffOffered, handoff);
    await app.caughtUp();
    const factsNow = () =>
      app.db.database.rows<any>('select facts from handoff_facts where handoff_id = $1', [handoff.handoffId]);
    const [before] = await factsNow();
    expect(before.facts).toMatchObject({
      employees: 250,
      campaign: 'spring-launch',
      'rule asked-to-buy': expect.any(Number),
    });
    const { traits } = await app.lead(handoff.leadId);
    await app.publishActivities(app.salesReadyForm(traits.email, { traits: { employees: 9 } }));
    await app.publishHandoffEvent(HandoffOffered, handoff);
    await app.caughtUp();
    expect((await factsNow())[0]).toEqual(before);
  });

  it('activates a model, and leads get a probability in words', async () => {
    await store(600, 1.2);
    const leadId = await app.readyLead();
    const client = await app.as(app.marketing);
    const [first, second] = await Promise.all([
      client.post('/learning/train', {}),
      client.post('/learning/train', {}),
    ]);
    expect([first.status, second.status].sort()).toEqual([200, 409]);
    const [model] = await models();
    expect(model).toMatchObject({
      active: true,
      refusal: null,
      examples: 600,
      auc: expect.any(Number),
      brier: expect.any(Number),
    });
    const report = (await client.get(`/learning/models/${model.id}`)).body;
    expect(report).toMatchObject(model);
    expect(report.weights.map(({ words }: any) => words)).toContainEqual(
      expect.stringMatching(
        /^rule pages, one|^Points for “.+”, one standard deviation more: raises the odds × [\d.]+$/,
      ),
    );
    expect(report.calibration).toHaveLength(10);
    expect(report.lift).toHaveLength(10);
    expect(report.roc.length).toBeLessThanOrEqual(100);
    const judged = report.newest.positive + report.newest.negative;
    for (const counts of [Object.values(report.confusion), report.calibration.map(({ rows }: any) => rows)])
      expect(counts.reduce((sum: number, rows: number) => sum + rows, 0)).toBe(judged);
    expect((await client.get(`/learning/models/${randomUUID()}`)).status).toBe(404);
    const { probability } = await app.lead(leadId);
    expect(probability.learnedModelId).toBe(model.id);
    expect(probability.value).toBeGreaterThan(0);
    expect(probability.value).toBeLessThan(1);
    expect(probability.reasons[0]).toMatch(/^.+ is .+: (raises|lowers) the odds × [\d.]+$/);
  });

  it('proposes points by the verdicts, and drafts them for both teams', async () => {
    const client = await app.as(app.marketing);
    expect((await client.post('/learning/proposals/draft', {})).status).toBe(422);
    await store(200, 0, 300, (i) => ({ label: i < 60 ? 0 : 1, facts: i < 80 ? { 'rule webinar': 8 } : {} }));
    const { items } = (await client.get('/learning/proposals')).body as { items: any[] };
    expect(items).toMatchObject([
      { rule: 'webinar', handoffs: 80, rejected: 60, words: expect.stringContaining('60 of 80 rejected') },
    ]);
    const draft = (await client.post('/learning/proposals/draft', {})).body;
    const definition = (await client.get(`/definitions/${draft.definitionId}`)).body;
    expect(definition).toMatchObject({ state: 'draft', note: expect.stringContaining(items[0].words) });
    expect(definition.document.rules.find(({ key }: any) => key === 'webinar').points).toBe(items[0].to);
    expect((await (await app.as(app.seller)).post('/learning/proposals/draft', {})).status).toBe(403);
  });

  it('trains every day, and keeps the active model when the new one is worse', async () => {
    const [active] = await models();
    await store(20, -1.2, 600);
    await app.skipDays(1.1);
    await eventually(async () => expect(await models()).toHaveLength(2), { within: 20_000 });
    const [latest, before] = await models();
    expect([latest.active, before.active].filter(Boolean)).toHaveLength(1);
    expect(before.id).toBe(active.id);
  });
});
