import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { randomUUID } from 'node:crypto';
import { defaultFunnel } from '../funnel/default-funnel.js';
import { TestScoring } from '../scoring.example.js';
import { defaultScoringModel } from '../model/default-scoring-model.js';

let app: TestScoring;

beforeAll(async () => {
  app = await TestScoring.open();
}, 120_000);

afterAll(() => app?.close());

/** The default, with other points for a form that is filled in. */
const formsGive = (points: number) => ({
  ...defaultScoringModel,
  rules: defaultScoringModel.rules.map((rule) =>
    rule.key === 'form-filled' ? { ...rule, points, cap: 60 } : rule,
  ),
});
const scoreOf = async (leadId: string) =>
  (await (await app.as(app.manager)).get(`/leads/${leadId}/score`)).body;
const formPoints = ({ contributions }: any): number =>
  contributions.find(({ rule }: any) => rule === 'form-filled').original;

describe('the default definitions', () => {
  it('are active at once, signed by both teams', async () => {
    const { body } = await (await app.as(app.marketing)).get('/definitions');
    expect(body.items.map(({ id, state }: any) => [id, state]).sort()).toEqual([
      ['funnel-1', 'active'],
      ['scoring-model-1', 'active'],
    ]);
  });
});

describe('a new scoring model', () => {
  it('has no effect until both teams signed it, then all leads are scored with it', async () => {
    const inactive = await app.readyLead();
    const marketing = await app.as(app.marketing);
    const { body: drafted } = await marketing.post('/definitions/scoring-model', {
      document: formsGive(25),
      note: 'forms count more',
    });
    await marketing.post(`/definitions/${drafted.id}/sign`, {});
    const between = await app.readyLead();
    expect(formPoints(await scoreOf(between))).toBe(15);
    await (await app.as(app.manager)).post(`/definitions/${drafted.id}/sign`, {});
    for (const leadId of [inactive, between])
      await eventually(async () => {
        const score = await scoreOf(leadId);
        expect(score.modelId).toBe(drafted.id);
        expect(formPoints(score)).toBe(25);
      });
    const after = await app.readyLead();
    expect(await scoreOf(after)).toMatchObject({ modelId: drafted.id });
    const scored = await eventually(() => {
      const found = app.eventsOf(inactive).filter(({ type }) => type === 'scored');
      expect(found).toHaveLength(2);
      return found;
    });
    expect(scored.map(({ data }) => data.modelId)).toEqual(['scoring-model-1', drafted.id]);
    expect(scored[1]!.data.score.engagement - scored[0]!.data.score.engagement).toBeCloseTo(10, 0);
  });

  it('for a later instant scores from then on, including leads created meanwhile', async () => {
    const before = (await scoreOf(await app.readyLead())).modelId;
    const id = await app.activateDefinition(
      'scoring-model',
      formsGive(40),
      new Date(app.clock.now().getTime() + 86_400_000),
    );
    const meanwhile = await app.readyLead();
    expect(await scoreOf(meanwhile)).toMatchObject({ modelId: before });
    await app.skipDays(2);
    await eventually(async () => expect(formPoints(await scoreOf(meanwhile))).toBe(40));
    expect((await scoreOf(meanwhile)).modelId).toBe(id);
  });

  it('applies to the whole history of a lead whose next activity arrives before its turn', async () => {
    const leadId = await app.readyLead();
    const { traits } = await app.lead(leadId);
    await app.db.database.rows(`delete from timers where kind = 'definition'`);
    const id = await app.activateDefinition('scoring-model', formsGive(50));
    await app.publishActivities(
      app.activity({ identifiers: { email: traits.email }, pageUrl: 'https://e.example/pricing' }),
    );
    await eventually(async () => expect((await scoreOf(leadId)).modelId).toBe(id));
    const explained = await scoreOf(leadId);
    expect(formPoints(explained)).toBe(50);
    expect(explained.points).toBeCloseTo((await app.lead(leadId)).score.points, 1);
  });

  it('that contradicts itself is rejected with a pointer', async () => {
    const marketing = await app.as(app.marketing);
    const rules = [
      ...defaultScoringModel.rules.slice(1),
      { ...defaultScoringModel.rules[0], group: 'karma' },
    ];
    const { status, body } = await marketing.post('/definitions/scoring-model', {
      document: { ...defaultScoringModel, rules },
    });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ pointer: `/rules/${rules.length - 1}/group` }]);
    const broken = { ...defaultScoringModel, total: { min: '0', max: 100 } };
    expect(
      (await marketing.post('/definitions/scoring-model', { document: broken })).body.errors,
    ).toMatchObject([{ pointer: '/total/min' }]);
  });
});

describe('a new funnel', () => {
  it('moves the leads whose stage differs', async () => {
    const leadId = await app.readyLead();
    const stages = defaultFunnel.stages.map((stage) =>
      stage.key === 'mql' ? { ...stage, when: { fact: 'points', moreThan: 100 } } : stage,
    );
    const id = await app.activateDefinition('funnel', { ...defaultFunnel, stages });
    const found = await eventually(() => {
      const last = app.eventsOf(leadId).at(-1);
      expect(last).toMatchObject({ type: 'stage-changed', data: { to: 'lead' } });
      return last!;
    });
    expect(found.data).toMatchObject({ from: 'mql', reached: [], cause: 'definition', funnelId: id });
  });

  it('is applied to all leads, in several batches', async () => {
    const people = [...Array(600).keys()].map(() => ({ email: `${randomUUID()}@engines.example` }));
    await app.publishActivities(...people.map((identifiers) => app.activity({ identifiers })));
    await app.caughtUp();
    const id = await app.activateDefinition('funnel', defaultFunnel);
    await eventually(async () =>
      expect(await app.db.database.rows('select from leads where funnel_id <> $1', [id])).toEqual([]),
    );
    await app.skipDays(1);
    await eventually(async () =>
      expect(await app.db.database.rows(`select from timers where kind = 'definition'`)).toEqual([]),
    );
  });
});
