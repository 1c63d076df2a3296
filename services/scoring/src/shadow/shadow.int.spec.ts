import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { HandoffAccepted, HandoffRejected } from '@baton/contracts';
import { eventually, type HttpClient } from '@baton/testing';
import { randomUUID } from 'node:crypto';
import { defaultFunnel } from '../funnel/default-funnel.js';
import { TestScoring } from '../scoring.example.js';

let app: TestScoring;
let marketing: HttpClient;
/** Drafts of funnels: nobody is sales-ready, everybody named is. */
const drafts = { strict: '', lax: '' };

beforeAll(async () => {
  app = await TestScoring.open();
  marketing = await app.as(app.marketing);
  drafts.strict = await draftFrom(1_000);
  drafts.lax = await draftFrom(0);
}, 120_000);

afterEach(() => marketing.delete('/shadow'));
afterAll(() => app?.close());

const draftFrom = async (points: number): Promise<string> => {
  const stages = defaultFunnel.stages.map((stage) =>
    stage.key === 'mql' ? { ...stage, when: { fact: 'points', atLeast: points } } : stage,
  );
  const document = { ...defaultFunnel, stages };
  const { body } = await marketing.post('/definitions/funnel', { document, note: 'for the shadow' });
  return (body as { id: string }).id;
};
const shadow = async (): Promise<any> => ((await marketing.get('/shadow')).body as { shadow: any }).shadow;
const start = async (funnelId: string): Promise<any> => {
  const answer = await marketing.post('/shadow', { funnelId });
  expect(answer.status).toBe(201);
  return (answer.body as { shadow: any }).shadow;
};
const evaluated = (expected: object): Promise<unknown> =>
  eventually(async () => expect(await shadow()).toMatchObject({ waiting: 0, ...expected }), {
    within: 20_000,
  });
const visitor = () => app.publishActivities(app.activity());

describe('a draft in shadow', () => {
  it('none ran yet: batches list no changed leads', async () => {
    expect(await shadow()).toBeNull();
    await app.readyLead();
    expect(await app.db.database.rows('select from shadow_changes')).toEqual([]);
  });

  it('counts leads that change since, by both definitions, and changes nothing else', async () => {
    await app.readyLead();
    const begun = await start(drafts.strict);
    expect(begun).toMatchObject({ funnelId: drafts.strict, scoringModelId: null, leads: 0, agreement: null });
    const leadId = await app.readyLead();
    await visitor();
    await evaluated({ leads: 2, neither: 1, activeOnly: { count: 1, leadIds: [leadId] }, agreement: 0.5 });
    expect(await shadow()).toMatchObject({
      both: 0,
      draftOnly: { count: 0 },
      active: { handoffs: 1, ready: 1, perSellerAndDay: 1 },
      draft: { handoffs: 0, ready: 0, perSellerAndDay: 0 },
    });
    const { distribution } = await shadow();
    for (const side of ['draft', 'active'])
      expect(distribution.reduce((sum: number, bin: any) => sum + bin[side], 0)).toBe(2);
    expect(await app.lead(leadId)).toMatchObject({ stage: 'mql' });
    expect((await marketing.get(`/definitions/${drafts.strict}`)).body).toMatchObject({ state: 'draft' });
  });

  it('counts a lead once, with its last state and what sales said of it since', async () => {
    await start(drafts.strict);
    const [accepted, rejected] = [await app.readyLead(), await app.readyLead()];
    const at = app.clock.now().toISOString();
    await app.publishHandoffEvent(HandoffAccepted, {
      leadId: accepted,
      handoffId: randomUUID(),
      acceptedAt: at,
    });
    await app.publishHandoffEvent(HandoffRejected, {
      leadId: rejected,
      handoffId: randomUUID(),
      reason: 'no-fit',
      teaches: 'fit',
      rejectedAt: at,
      outcome: 'recycled',
    });
    const email = (await app.lead(accepted)).traits.email as string;
    await app.publishActivities(app.salesReadyForm(email), app.salesReadyForm(email));
    await app.caughtUp();
    await evaluated({
      leads: 2,
      accepted: 1,
      rejected: 1,
      active: { handoffs: 2, accepted: 1, rejected: 1 },
      draft: { handoffs: 0, accepted: 0, rejected: 0 },
    });
  });

  it('goes on after a restart', async () => {
    const { id } = await start(drafts.lax);
    await app.stop();
    await visitor();
    await app.start();
    marketing = await app.as(app.marketing);
    await evaluated({
      id,
      leads: 1,
      draftOnly: { count: 1 },
      active: { handoffs: 0 },
      draft: { handoffs: 1 },
    });
  });

  it('is alone, stops, and keeps its results until the next one', async () => {
    await start(drafts.lax);
    expect((await marketing.post('/shadow', { funnelId: drafts.strict })).status).toBe(409);
    await visitor();
    await evaluated({ leads: 1, stoppedAt: null });
    await marketing.delete('/shadow');
    await visitor();
    await app.caughtUp();
    expect(await app.db.database.rows('select from shadow_changes')).toEqual([]);
    expect(await shadow()).toMatchObject({ funnelId: drafts.lax, leads: 1, stoppedAt: expect.any(String) });
    expect(await start(drafts.strict)).toMatchObject({ funnelId: drafts.strict, leads: 0 });
  });

  it.each([
    [{}, 422],
    [{ funnelId: 'funnel-999' }, 404],
    [{ scoringModelId: 'funnel-1' }, 404],
    [{ funnelId: 7 }, 400],
  ])('is refused for %j with %d', async (request, status) => {
    expect((await marketing.post('/shadow', request)).status).toBe(status);
  });

  it('is for those who may draft', async () => {
    const seller = await app.as(app.seller);
    expect((await seller.get('/shadow')).status).toBe(403);
    expect((await seller.post('/shadow', { funnelId: drafts.lax })).status).toBe(403);
    expect((await seller.delete('/shadow')).status).toBe(403);
  });
});
