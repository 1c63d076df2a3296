import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HandoffAccepted } from '@baton/contracts';
import { eventually, type HttpClient } from '@baton/testing';
import { randomUUID } from 'node:crypto';
import { defaultFunnel } from '../funnel/default-funnel.js';
import { defaultScoringModel } from '../model/default-scoring-model.js';
import { TestScoring } from '../scoring.example.js';

let app: TestScoring;
let marketing: HttpClient;
const leadIds: string[] = [];

beforeAll(async () => {
  app = await TestScoring.open();
  marketing = await app.as(app.marketing);
  for (let n = 0; n < 3; n += 1) leadIds.push(await app.readyLead());
  await app.publishActivities(app.activity(), app.activity({ bot: true }));
  await app.publishHandoffEvent(HandoffAccepted, { leadId: leadIds[0]!, handoffId: randomUUID() });
  await app.caughtUp();
}, 120_000);

afterAll(() => app?.close());

const funnelFrom = (points: number) => ({
  ...defaultFunnel,
  stages: defaultFunnel.stages.map((stage) =>
    stage.key === 'mql' ? { ...stage, when: { fact: 'points', atLeast: points } } : stage,
  ),
});

const run = async (body: object): Promise<any> => {
  const started = await marketing.post('/backtests', body);
  expect([started.status, started.body.state]).toEqual([201, expect.any(String)]);
  return eventually(
    async () => {
      const { body } = await marketing.get(`/backtests/${started.body.id}`);
      expect(body.state).toBe('done');
      return body;
    },
    { within: 20_000 },
  );
};

describe('a backtest', () => {
  it('of a stricter funnel names who is no MQL any more, with what sales made of them', async () => {
    const { result, leadsDone, leadsTotal } = await run({ funnel: funnelFrom(1_000) });
    expect([leadsDone, leadsTotal]).toEqual([4, 4]);
    expect(result).toMatchObject({
      leads: 4,
      activities: 4,
      sellers: 1,
      becomes: { count: 0 },
      stops: { count: 3 },
      draft: { handoffs: 0, acceptedPer100: null },
      active: { handoffs: 3, judged: 1, accepted: 1, acceptedPer100: 100, wonPer100: 0 },
    });
    expect(result.stops.leadIds.sort()).toEqual([...leadIds].sort());
  });

  it('of rules about accounts gives each lead the account that it has live', async () => {
    await eventually(async () =>
      expect(await app.db.database.rows(`select from accounts where people >= 3`)).toHaveLength(1),
    );
    const rule = { ...{ key: 'company', label: 'company', group: 'company-facts' }, points: -100 };
    const scoringModel = {
      ...defaultScoringModel,
      groups: [
        ...defaultScoringModel.groups,
        { key: 'company-facts', label: 'Account', axis: 'fit', cap: 40 },
      ],
      rules: [...defaultScoringModel.rules, { ...rule, when: { fact: 'account.people', atLeast: 3 } }],
    };
    const { result } = await run({ scoringModel });
    expect(result).toMatchObject({ draft: { ready: 0 }, active: { ready: 3 } });
  });

  it('of a laxer funnel names who becomes one', async () => {
    const { result } = await run({ funnel: funnelFrom(0) });
    expect(result).toMatchObject({ becomes: { count: 1 }, stops: { count: 0 }, draft: { handoffs: 4 } });
  });

  it('of a draft by its id changes neither leads nor what is active', async () => {
    const rules = defaultScoringModel.rules.map((rule) => ({ ...rule, points: Math.sign(rule.points) }));
    const document = { ...defaultScoringModel, grades: [{ grade: 'A', from: 0 }], rules, matrix: undefined };
    const { body: draft } = await marketing.post('/definitions/scoring-model', { document, note: 'less' });
    const before = await app.lead(leadIds[1]!);
    const { result } = await run({ scoringModelId: draft.id });
    expect(result).toMatchObject({ stops: { count: 3 }, active: { handoffs: 3 } });
    expect(await app.lead(leadIds[1]!)).toMatchObject({ stage: 'mql', id: before.id });
    expect((await marketing.get(`/definitions/${draft.id}`)).body.state).toBe('draft');
  });

  it('of a sample has the newest leads', async () => {
    expect((await run({ funnel: funnelFrom(0), sample: 2 })).result.leads).toBe(2);
  });

  it('that was cancelled stays so', async () => {
    await app.db.database.rows(
      `insert into backtests (id, state, requested_by, requested_at, updated_at) values ($1, 'running', 'x', $2, $2)`,
      [leadIds[0], app.clock.now().toISOString()],
    );
    expect((await marketing.delete(`/backtests/${leadIds[0]}`)).body.state).toBe('cancelled');
    expect((await marketing.get(`/backtests/${leadIds[0]}`)).body).toMatchObject({ state: 'cancelled' });
  });

  it('is refused while two are running, and one whose process has ended is failed', async () => {
    const insert = (minutesAgo: number) =>
      app.db.database.rows<{ id: string }>(
        `insert into backtests (id, state, requested_by, requested_at, updated_at)
         values ($1, 'running', 'x', $2, $2) returning id`,
        [randomUUID(), new Date(app.clock.now().getTime() - minutesAgo * 60_000).toISOString()],
      );
    const [[lost]] = [await insert(5), await insert(0), await insert(0)];
    expect((await marketing.post('/backtests', { funnel: defaultFunnel })).status).toBe(429);
    expect((await marketing.get(`/backtests/${lost!.id}`)).body).toMatchObject({
      state: 'failed',
      fault: expect.stringContaining('start it again'),
    });
    await app.db.database.rows(`delete from backtests where requested_by = 'x'`);
  });

  it.each([
    [{}, 422, '/scoringModelId'],
    [{ funnel: { ...defaultFunnel, salesReady: { stage: 'hot' } } }, 422, '/funnel/salesReady/stage'],
    [{ scoringModel: { ...defaultScoringModel, rules: [] } }, 422, '/scoringModel/rules'],
    [{ funnel: defaultFunnel, sample: 0 }, 400, '/sample'],
  ])('of %j is refused with %d at %s', async (request, status, pointer) => {
    const answer = await marketing.post('/backtests', request);
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([status, pointer]);
  });

  it('is for those who may draft, and an unknown one is a 404', async () => {
    const seller = await app.as(app.seller);
    expect((await seller.post('/backtests', { funnel: defaultFunnel })).status).toBe(403);
    expect((await marketing.get(`/backtests/${randomUUID()}`)).status).toBe(404);
    expect((await marketing.post('/backtests', { funnelId: 'scoring-model-1' })).status).toBe(404);
  });
});
