import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HandoffAccepted, HandoffOffered, HandoffRejected } from '@baton/contracts';
import { eventually, type HttpClient } from '@baton/testing';
import { randomUUID } from 'node:crypto';
import { defaultScoringModel } from '../model/default-scoring-model.js';
import { TestScoring } from '../scoring.example.js';

let app: TestScoring;
let manager: HttpClient;
const DAY = 86_400_000;

beforeAll(async () => {
  app = await TestScoring.open();
  manager = await app.as(app.manager);
}, 120_000);

afterAll(() => app?.close());

const daysAgo = (days: number): string => new Date(app.clock.now().getTime() - days * DAY).toISOString();
const scoreOf = async (id: string, at?: string) =>
  (await manager.get(`/leads/${id}/score${at === undefined ? '' : `?at=${at}`}`)).body;
const historyOf = async (id: string, query = '') =>
  (await manager.get(`/leads/${id}/score/history${query}`)).body;

/** A lead with a page view 40 days ago, a company told 20 days ago, and a form now. */
const leadWithPast = async (): Promise<string> => {
  const email = `${randomUUID()}@engines.example`;
  const identifiers = { email };
  await app.publishActivities(
    app.activity({ identifiers, occurredAt: daysAgo(40), pageUrl: 'https://e.example/pricing' }),
    app.activity({ identifiers, occurredAt: daysAgo(20), kind: 'identify', traits: { company: 'Zuse' } }),
    app.salesReadyForm(email),
  );
  await app.caughtUp();
  const [lead] = await app.search({ email });
  return lead.id as string;
};

describe('the explanation of a score', () => {
  it('equals the score of the lead, and names activity, rule and the day each point drops out', async () => {
    const id = await leadWithPast();
    const { score } = await app.lead(id);
    const explained = await scoreOf(id);
    expect(explained).toMatchObject({
      grade: score.grade,
      modelId: 'scoring-model-1',
      stage: 'mql',
      owner: null,
      complete: true,
      rest: { count: 0, points: 0 },
      cell: expect.stringMatching(/^[A-D][1-4]$/),
    });
    expect(explained.points).toBeCloseTo(score.points, 1);
    const asked = explained.contributions.find(({ rule }: any) => rule === 'asked-to-buy');
    expect(asked).toMatchObject({ label: 'asked for pricing or a demo', original: 30, times: 1 });
    const days = (Date.parse(asked.dropsOutAt) - Date.parse(asked.occurredAt)) / DAY;
    expect(days).toBeCloseTo(30 * Math.log2(60), 3);
    const activities = (await manager.get(`/leads/${id}/activities`)).body.items;
    expect(activities.map((each: any) => each.id)).toContain(asked.activityId);
    expect(explained.contributions.find(({ rule }: any) => rule === 'senior-role')).toMatchObject({
      activityId: null,
      dropsOutAt: null,
      times: 0,
      points: 15,
    });
    const sum = explained.groups.reduce((total: number, group: any) => total + group.points, 0);
    expect(sum).toBeCloseTo(explained.fit + explained.engagement, 2);
  });

  it('of a past instant knows the activities and traits of then only', async () => {
    const id = await leadWithPast();
    const rulesAt = async (days: number) =>
      (await scoreOf(id, daysAgo(days))).contributions.map(({ rule }: any) => rule).sort();
    expect(await rulesAt(41)).toEqual([]);
    expect(await rulesAt(39)).toEqual(['page', 'pricing-page']);
    expect(await rulesAt(19)).toEqual(['company-known', 'page', 'pricing-page']);
    expect(await rulesAt(0)).toContain('senior-role');
    const before = await scoreOf(id, daysAgo(26));
    const [page] = before.contributions.filter(({ rule }: any) => rule === 'pricing-page');
    expect(page.points).toBeCloseTo(2.5, 1);
  });

  it('tells stage and owner as they were decided by then', async () => {
    const leadId = await app.readyLead();
    const handoffId = randomUUID();
    const instants = [app.clock.now()];
    const step = async (publish: () => Promise<void>, owner: string | null): Promise<void> => {
      await publish();
      await app.caughtUp();
      await eventually(async () => expect((await app.lead(leadId)).owner?.name ?? null).toBe(owner));
      instants.push(app.clock.now());
      await app.skipDays(1);
    };
    await app.skipDays(1);
    await step(() => app.publishHandoffEvent(HandoffOffered, { leadId, handoffId }), app.seller.name);
    await step(() => app.publishHandoffEvent(HandoffAccepted, { leadId, handoffId }), app.seller.name);
    await step(
      () => app.publishHandoffEvent(HandoffRejected, { leadId, handoffId, outcome: 'disqualified' }),
      null,
    );
    const states = [];
    for (const at of instants) {
      const { stage, owner } = await scoreOf(leadId, at.toISOString());
      states.push([stage, owner?.name ?? null]);
    }
    expect(states).toEqual([
      ['mql', null],
      ['mql', app.seller.name],
      ['sal', app.seller.name],
      ['disqualified', null],
    ]);
    expect((await scoreOf(leadId, daysAgo(100))).stage).toBeNull();
  });

  it('is by the model that was active then', async () => {
    const id = await app.readyLead();
    const before = app.clock.now().toISOString();
    await app.skipDays(1);
    const rules = defaultScoringModel.rules.map((rule) =>
      rule.key === 'form-filled' ? { ...rule, points: 20 } : rule,
    );
    const modelId = await app.activateDefinition('scoring-model', { ...defaultScoringModel, rules });
    await eventually(async () => expect((await scoreOf(id)).modelId).toBe(modelId));
    const original = async (at?: string) => {
      const { contributions, ...explained } = await scoreOf(id, at);
      return [explained.modelId, contributions.find(({ rule }: any) => rule === 'form-filled').original];
    };
    expect(await original()).toEqual([modelId, 20]);
    expect(await original(before)).toEqual(['scoring-model-1', 15]);
    const { points } = await historyOf(id, `?from=${daysAgo(3)}&points=7`);
    expect(points.map((point: any) => point.modelId)).toEqual([
      ...Array(points.length - 2).fill('scoring-model-1'),
      ...Array(2).fill(expect.any(String)),
    ]);
    expect(points.at(-1).modelId).toBe(modelId);
  });
});

describe('a score over time', () => {
  it('has at each instant what the explanation says of it, and the stages reached', async () => {
    const id = await leadWithPast();
    const { points, stages, complete } = await historyOf(id, `?from=${daysAgo(60)}&points=13`);
    expect(points).toHaveLength(13);
    for (const { at, modelId: _, ...score } of points) expect(await scoreOf(id, at)).toMatchObject(score);
    expect(points[0].points).toBe(0);
    expect(stages.map(({ stage }: any) => stage)).toEqual(['mql']);
    expect(complete).toBe(true);
    expect((await historyOf(id)).points).toHaveLength(91);
  });

  it.each(['0001-01-02T00:00:00.000Z', '0001-04-02T00:00:00.000Z', '0004-02-29T00:00:00.000Z'])(
    'begins at the earliest instant that there is, of the time until %s',
    async (to) => {
      const id = await app.readyLead();
      const { points } = await historyOf(id, `?to=${to}&points=2`);
      expect([points[0].at >= '0001-01-01', points[1].at, points[1].points]).toEqual([true, to, 0]);
    },
  );

  it.each([
    ['/score?at=tomorrow', '/at'],
    ['/score?at=2999-01-01T00:00:00.000Z', '/at'],
    ['/score/history?to=2999-01-01T00:00:00.000Z', '/to'],
    ['/score/history?from=2020-01-02T00:00:00.000Z&to=2020-01-01T00:00:00.000Z', '/from'],
    ['/score/history?points=1', '/points'],
    ['/score/history?points=201', '/points'],
  ])('or a score with %s is refused at %s', async (path, pointer) => {
    const id = await app.readyLead();
    const { status, body } = await manager.get(`/leads/${id}${path}`);
    expect([status, body.errors?.[0]?.pointer]).toEqual([400, pointer]);
  });
});
