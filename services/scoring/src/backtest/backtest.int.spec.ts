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

describe('restating under an earlier version', () => {
  const occurredAt = new Date(Date.now() - 70 * 86_400_000).toISOString();
  const [thisMonth, earlierMonth] = [new Date().toISOString(), occurredAt].map((at) => at.slice(0, 7));
  let restated: any;

  beforeAll(async () => {
    const form = (channel: string) =>
      app.salesReadyForm(`${randomUUID()}@engines.example`, { occurredAt, channel });
    const weak = app.activity({ occurredAt, channel: 'organic-search', campaign: { name: 'webinar' } });
    await app.publishActivities(form('email'), form('email'), weak);
    await app.caughtUp();
    // Everybody with an activity is sales-ready under the version that is active now.
    await app.activateDefinition('funnel', funnelFrom(0));
    restated = await run({ funnelId: 'funnel-1' });
  });

  /** `[leads, handed over really, by the active version, by the earlier one]`, by key. */
  const counted = (cohorts: any[]): Record<string, number[]> =>
    Object.fromEntries(
      cohorts.map(({ key, leads, real, active, draft }) => [
        key,
        [leads, real.handoffs, active.handoffs, draft.handoffs],
      ]),
    );

  it('counts leads by month, channel and campaign as it was and under both versions', () => {
    const { cohorts, leads, active, draft, stops, becomes } = restated.result;
    expect([leads, active.handoffs, draft.handoffs]).toEqual([7, 7, 5]);
    expect([stops.count, becomes.count]).toEqual([2, 0]);
    expect(cohorts.timeZone).toBe('UTC');
    expect(counted(cohorts.months)).toMatchObject({
      [earlierMonth!]: [3, 0, 3, 2],
      [thisMonth!]: [4, 1, 4, 3],
    });
    expect(counted(cohorts.channels)).toEqual({
      'paid-search': [4, 1, 4, 3],
      email: [2, 0, 2, 2],
      'organic-search': [1, 0, 1, 0],
    });
    expect(counted(cohorts.campaigns)).toMatchObject({ webinar: [1, 0, 1, 0] });
    expect(cohorts.total).toMatchObject({
      leads: 7,
      real: { handoffs: 1, judged: 1, accepted: 1, won: 0 },
      draft: { handoffs: 5, judged: 1, accepted: 1, won: 0 },
    });
  });

  it('of a sample has cohorts of the newest leads only', async () => {
    const { result } = await run({ funnelId: 'funnel-1', sample: 4 });
    expect(counted(result.cohorts.months)).toEqual({ [thisMonth!]: [4, 1, 4, 3] });
    expect(Object.keys(counted(result.cohorts.channels))).toEqual(['paid-search']);
  });

  it('is a file by month, channel or campaign, and by month and channel', async () => {
    const file = async (query: string) => {
      const { status, body } = await marketing.get(`/backtests/${restated.id}/cohorts${query}`);
      return [status, String(body).split('\r\n').slice(0, -1)] as const;
    };
    const counts = 'leads,realHandoffs,realJudged,realAccepted,realWon,activeHandoffs,activeJudged,';
    const [status, [head, ...months]] = await file('?by=month');
    expect([status, head]).toEqual([200, expect.stringContaining(`month,${counts}`)]);
    expect(months[0]).toBe(`${earlierMonth},3,0,0,0,0,3,0,0,0,2,0,0,0`);
    expect(months.at(-1)).toBe(`${thisMonth},4,1,1,1,0,4,1,1,0,3,1,1,0`);
    expect((await file('?by=channel'))[1]).toContain('organic-search,1,0,0,0,0,1,0,0,0,0,0,0,0');
    expect((await file('?by=campaign'))[1]).toContain('webinar,1,0,0,0,0,1,0,0,0,0,0,0,0');
    expect((await file(''))[1]).toContain(`${earlierMonth},email,2,0,0,0,0,2,0,0,0,2,0,0,0`);
    expect((await file('?by=seller'))[0]).toBe(400);
  });

  it('has no file without a result, and none for sellers', async () => {
    const id = randomUUID();
    await app.db.database.rows(
      `insert into backtests (id, state, requested_by, requested_at, updated_at) values ($1, 'cancelled', 'x', $2, $2)`,
      [id, app.clock.now().toISOString()],
    );
    expect((await marketing.get(`/backtests/${id}/cohorts`)).status).toBe(404);
    expect((await (await app.as(app.seller)).get(`/backtests/${restated.id}/cohorts`)).status).toBe(403);
  });
});
