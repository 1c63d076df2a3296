import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { randomUUID } from 'node:crypto';
import { defaultFunnel } from '../funnel/default-funnel.js';
import { ScoringHouse } from '../scoring.example.js';
import { defaultScoringModel } from '../model/default-scoring-model.js';

let house: ScoringHouse;

beforeAll(async () => {
  house = await ScoringHouse.open();
}, 120_000);

afterAll(() => house?.close());

/** The default, with other points for a form that is filled in. */
const formsGive = (points: number) => ({
  ...defaultScoringModel,
  rules: defaultScoringModel.rules.map((rule) =>
    rule.key === 'form-filled' ? { ...rule, points, cap: 60 } : rule,
  ),
});
const scoreOf = async (leadId: string) =>
  (await (await house.as(house.seller)).get(`/leads/${leadId}/score`)).body;
const formPoints = ({ contributions }: any): number =>
  contributions.find(({ rule }: any) => rule === 'form-filled').original;

describe('what ships', () => {
  it('is in force at once, signed by both teams', async () => {
    const { body } = await (await house.as(house.marketing)).get('/definitions');
    expect(body.items.map(({ id, state }: any) => [id, state]).sort()).toEqual([
      ['funnel-1', 'active'],
      ['scoring-model-1', 'active'],
    ]);
  });
});

describe('a new scoring model', () => {
  it('signed by one team changes nothing; signed by both it scores everybody from that instant', async () => {
    const quiet = await house.readyLead();
    const marketing = await house.as(house.marketing);
    const { body: drafted } = await marketing.post('/definitions/scoring-model', {
      document: formsGive(25),
      note: 'forms count more',
    });
    await marketing.post(`/definitions/${drafted.id}/sign`, {});
    const between = await house.readyLead();
    expect(formPoints(await scoreOf(between))).toBe(15);
    await (await house.as(house.manager)).post(`/definitions/${drafted.id}/sign`, {});
    for (const leadId of [quiet, between])
      await eventually(async () => {
        const score = await scoreOf(leadId);
        expect(score.modelId).toBe(drafted.id);
        expect(formPoints(score)).toBe(25);
      });
    const after = await house.readyLead();
    expect(await scoreOf(after)).toMatchObject({ modelId: drafted.id });
    const scored = await eventually(() => {
      const told = house.of(quiet).filter(({ type }) => type === 'scored');
      expect(told).toHaveLength(2);
      return told;
    });
    expect(scored.map(({ data }) => data.modelId)).toEqual(['scoring-model-1', drafted.id]);
    expect(scored[1]!.data.score.engagement - scored[0]!.data.score.engagement).toBeCloseTo(10, 0);
  });

  it('for a later instant scores from then on, leads that came meanwhile too', async () => {
    const before = (await scoreOf(await house.readyLead())).modelId;
    const id = await house.sign(
      'scoring-model',
      formsGive(40),
      new Date(house.clock.now().getTime() + 86_400_000),
    );
    const meanwhile = await house.readyLead();
    expect(await scoreOf(meanwhile)).toMatchObject({ modelId: before });
    await house.pass(2);
    await eventually(async () => expect(formPoints(await scoreOf(meanwhile))).toBe(40));
    expect((await scoreOf(meanwhile)).modelId).toBe(id);
  });

  it('is met by an activity before the walk came to the lead: the whole history counts by it', async () => {
    const leadId = await house.readyLead();
    const { traits } = await house.lead(leadId);
    await house.db.database.rows(`delete from timers where kind = 'definition'`);
    const id = await house.sign('scoring-model', formsGive(50));
    await house.accept(
      house.activity({ identifiers: { email: traits.email }, pageUrl: 'https://e.example/pricing' }),
    );
    await eventually(async () => expect((await scoreOf(leadId)).modelId).toBe(id));
    const explained = await scoreOf(leadId);
    expect(formPoints(explained)).toBe(50);
    expect(explained.points).toBeCloseTo((await house.lead(leadId)).score.points, 1);
  });

  it('that contradicts itself is refused with the path of the fault', async () => {
    const marketing = await house.as(house.marketing);
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
  it('moves the leads whose stage it sees differently, and leaves to sales what sales has', async () => {
    const leadId = await house.readyLead();
    const stages = defaultFunnel.stages.map((stage) =>
      stage.key === 'mql' ? { ...stage, when: { fact: 'points', moreThan: 100 } } : stage,
    );
    const id = await house.sign('funnel', { ...defaultFunnel, stages });
    const told = await eventually(() => {
      const last = house.of(leadId).at(-1);
      expect(last).toMatchObject({ type: 'stage-changed', data: { to: 'lead' } });
      return last!;
    });
    expect(told.data).toMatchObject({ from: 'mql', reached: [], cause: 'definition', funnelId: id });
  });

  it('is walked through to the end, however many leads there are', async () => {
    const people = [...Array(600).keys()].map(() => ({ email: `${randomUUID()}@engines.example` }));
    await house.accept(...people.map((identifiers) => house.activity({ identifiers })));
    await house.caughtUp();
    const id = await house.sign('funnel', defaultFunnel);
    await eventually(async () =>
      expect(await house.db.database.rows('select from leads where funnel_id <> $1', [id])).toEqual([]),
    );
    await house.pass(1);
    await eventually(async () =>
      expect(await house.db.database.rows(`select from timers where kind = 'definition'`)).toEqual([]),
    );
  });
});
