import {
  HandoffAccepted,
  HandoffOffered,
  HandoffQualified,
  HandoffReassigned,
  HandoffRejected,
} from '@baton/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { randomUUID } from 'node:crypto';
import { TestScoring, TRACE } from '../scoring.example.js';

let app: TestScoring;

beforeAll(async () => {
  app = await TestScoring.open();
}, 120_000);

afterAll(() => app?.close());

const DAY = 86_400_000;
const inDays = (days: number): string => new Date(app.clock.now().getTime() + days * DAY).toISOString();

/** A sales-ready lead with an offered hand-off. */
const offered = async () => {
  const handoff = { leadId: await app.readyLead(), handoffId: randomUUID() };
  await app.publishHandoffEvent(HandoffOffered, handoff);
  return handoff;
};

const lastTransition = async (leadId: string, to: string) =>
  eventually(() => {
    const last = app.eventsOf(leadId).findLast(({ type }) => type === 'stage-changed');
    expect(last?.data.to).toBe(to);
    return last!;
  });

describe('the owner of a lead', () => {
  it('is the seller it is assigned to, and none after a rejection', async () => {
    const { leadId, handoffId } = await offered();
    const ownerIs = (owner: unknown) =>
      eventually(async () => expect((await app.lead(leadId)).owner).toEqual(owner));
    await ownerIs({ id: app.seller.id, name: 'Sam Seller' });
    const ann = { sellerId: randomUUID(), sellerName: 'Ann Seller' };
    await app.publishHandoffEvent(HandoffReassigned, { leadId, handoffId, ...ann, offerNumber: 2 });
    await ownerIs({ id: ann.sellerId, name: 'Ann Seller' });
    expect(await app.search({ owner: ann.sellerId })).toMatchObject([{ id: leadId }]);
    await app.publishHandoffEvent(HandoffRejected, { leadId, handoffId, ...ann, rejectedAt: inDays(0) });
    await ownerIs(null);
    expect(app.typesOf(leadId).filter((type) => type === 'created')).toHaveLength(1);
  });
});

describe('a verdict', () => {
  it('accepted or qualified moves the lead to the stage of the verdict, in the trace of the seller', async () => {
    const { leadId, handoffId } = await offered();
    await app.publishHandoffEvent(HandoffAccepted, { leadId, handoffId, acceptedAt: inDays(0) });
    const accepted = await lastTransition(leadId, 'sal');
    expect(accepted).toMatchObject({
      sequence: 4,
      data: { from: 'mql', reached: ['sal'], salesReady: false, cause: 'verdict' },
    });
    expect(accepted.traceparent).toContain(TRACE.split('-')[1]);
    await app.publishHandoffEvent(HandoffQualified, { leadId, handoffId, qualifiedAt: inDays(0) });
    expect(await lastTransition(leadId, 'sql')).toMatchObject({
      sequence: 5,
      data: { from: 'sal', reached: ['sql'] },
    });
    const { stages } = await app.lead(leadId);
    expect(stages.map(({ stage }: any) => stage)).toEqual(['mql', 'sal', 'sql']);
    const evidence = await app.db.database.rows(
      'select verdict, points, model_id from verdicts where lead_id = $1 order by at',
      [leadId],
    );
    expect(evidence).toMatchObject([
      { verdict: 'accepted', model_id: 'scoring-model-1' },
      { verdict: 'qualified' },
    ]);
  });

  it('rejected recycles the lead, and is stored with the score at that time', async () => {
    const { leadId, handoffId } = await offered();
    const wakeAt = inDays(90);
    await app.publishHandoffEvent(HandoffRejected, {
      leadId,
      handoffId,
      reason: 'bad-timing',
      teaches: 'timing',
      outcome: 'recycled',
      wakeAt,
      rejectedAt: inDays(0),
    });
    expect((await lastTransition(leadId, 'recycled')).data).toMatchObject({
      from: 'mql',
      reached: [],
      salesReady: false,
    });
    const { score } = await app.lead(leadId);
    const [evidence] = await app.db.database.rows<any>('select * from verdicts where handoff_id = $1', [
      handoffId,
    ]);
    expect(evidence).toMatchObject({
      verdict: 'rejected',
      reason: 'bad-timing',
      teaches: 'timing',
      outcome: 'recycled',
      lead_id: leadId,
      seller_id: app.seller.id,
      wake_at: new Date(wakeAt),
      model_id: 'scoring-model-1',
    });
    expect(evidence.points).toBeCloseTo(score.points, 0);
  });

  it('disqualified is final, whatever the activities', async () => {
    const { leadId, handoffId } = await offered();
    const rejection = {
      reason: 'competitor',
      teaches: 'fit',
      outcome: 'disqualified',
      wakeAt: undefined,
    } as const;
    await app.publishHandoffEvent(HandoffRejected, {
      leadId,
      handoffId,
      ...rejection,
      rejectedAt: inDays(0),
    } as never);
    await lastTransition(leadId, 'disqualified');
    await app.skipDays(400);
    const { traits } = await app.lead(leadId);
    await app.publishActivities(app.salesReadyForm(traits.email));
    await app.caughtUp();
    expect(await app.lead(leadId)).toMatchObject({ stage: 'disqualified', score: { grade: 'A' } });
    const seller = await app.as(app.seller);
    expect((await seller.post(`/leads/${leadId}/reopen`, {})).status).toBe(403);
    const manager = await app.as(app.manager);
    expect(await manager.post(`/leads/${leadId}/reopen`, {})).toMatchObject({
      status: 200,
      body: { stage: 'mql' },
    });
    expect((await lastTransition(leadId, 'mql')).data).toMatchObject({
      ...{ from: 'disqualified', salesReady: true, cause: 'reopened' },
      reason: { kind: 'reopened' },
    });
    expect((await manager.post(`/leads/${leadId}/reopen`, {})).status).toBe(409);
    expect((await manager.post(`/leads/${randomUUID()}/reopen`, {})).status).toBe(404);
  });

  it('on an unknown lead is ignored', async () => {
    await app.publishHandoffEvent(HandoffAccepted, { leadId: randomUUID(), handoffId: randomUUID() });
    await app.caughtUp();
  });
});

describe('a recycled lead', () => {
  const recycled = async (wakeAt: string): Promise<{ leadId: string; email: string }> => {
    const { leadId, handoffId } = await offered();
    await app.publishHandoffEvent(HandoffRejected, {
      leadId,
      handoffId,
      outcome: 'recycled',
      wakeAt,
      rejectedAt: inDays(0),
    });
    await lastTransition(leadId, 'recycled');
    return { leadId, email: (await app.lead(leadId)).traits.email };
  };

  it('is offered again on its wake date if its score qualifies', async () => {
    const { leadId } = await recycled(inDays(5));
    await app.skipDays(4);
    expect((await app.lead(leadId)).stage).toBe('recycled');
    await app.skipDays(2);
    expect((await lastTransition(leadId, 'mql')).data).toMatchObject({
      from: 'recycled',
      salesReady: true,
      cause: 'wake',
    });
  });

  it('is not offered before its wake date, and after it with the first new activity', async () => {
    const { leadId, email } = await recycled(inDays(200));
    const visit = () => app.activity({ identifiers: { email }, pageUrl: 'https://e.example/pricing' });
    await app.publishActivities(visit());
    await app.caughtUp();
    expect((await app.lead(leadId)).stage).toBe('recycled');
    await app.skipDays(201);
    await eventually(async () =>
      expect(
        await app.db.database.rows(`select from timers where kind = 'wake' and key = $1`, [leadId]),
      ).toEqual([]),
    );
    expect((await app.lead(leadId)).stage).toBe('recycled');
    await app.publishActivities(visit());
    expect((await lastTransition(leadId, 'lead')).data).toMatchObject({
      cause: 'activity',
      reason: { kind: 'rest-ended' },
    });
  });

  it('comes back at once when it asks again, and is offered', async () => {
    const { leadId, email } = await recycled(inDays(90));
    expect(await app.lead(leadId)).toMatchObject({ recycledTimes: 1, wakeAt: expect.any(String) });
    await app.publishActivities(app.salesReadyForm(email));
    expect((await lastTransition(leadId, 'mql')).data).toMatchObject({
      ...{ from: 'recycled', salesReady: true, cause: 'activity' },
      reason: { kind: 'asked-again', criteria: expect.arrayContaining(['/stages/2/when/all/1']) },
    });
    const { stages, wakeAt } = await app.lead(leadId);
    expect(wakeAt).toBeNull();
    expect(stages.at(-1)).toMatchObject({
      ...{ from: 'recycled', stage: 'mql', cause: 'activity' },
      reason: { kind: 'asked-again', words: expect.stringContaining('asked again; Marketing qualified') },
    });
  });

  it('is disqualified when it was rejected for one reason as often as agreed', async () => {
    const { leadId, email } = await recycled(inDays(90));
    const again = async (to: string) => {
      await app.publishActivities(app.salesReadyForm(email));
      await lastTransition(leadId, 'mql');
      await app.publishHandoffEvent(HandoffRejected, {
        ...{ leadId, handoffId: randomUUID(), reason: 'unresponsive', outcome: 'recycled' },
        ...{ wakeAt: inDays(9), rejectedAt: inDays(0) },
      });
      return lastTransition(leadId, to);
    };
    await again('recycled');
    expect((await again('disqualified')).data.reason).toMatchObject({
      ...{ kind: 'rejected', rule: 'unresponsive', reason: 'unresponsive' },
      words: expect.stringContaining('as often as agreed: disqualified'),
    });
  });
});

describe('decay', () => {
  it('lowers the stage once, at the due time of the timer', async () => {
    const leadId = await app.readyLead();
    const timerOf = () =>
      app.db.database.rows<{ due_at: Date }>(`select due_at from timers where kind = 'decay' and key = $1`, [
        leadId,
      ]);
    const [timer] = await timerOf();
    const days = (timer!.due_at.getTime() - app.clock.now().getTime()) / DAY;
    await app.skipDays(days - 0.5);
    expect((await app.lead(leadId)).stage).toBe('mql');
    await app.skipDays(1);
    const fall = await lastTransition(leadId, 'lead');
    expect(fall.data).toMatchObject({ from: 'mql', reached: [], salesReady: false, cause: 'decay' });
    expect(app.typesOf(leadId)).toEqual(['created', 'scored', 'stage-changed', 'scored', 'stage-changed']);
    expect(fall.sequence).toBe(5);
    expect(await timerOf()).toEqual([]);
  });

  it('does not change the stage of an accepted lead', async () => {
    const { leadId, handoffId } = await offered();
    await app.publishHandoffEvent(HandoffAccepted, { leadId, handoffId, acceptedAt: inDays(0) });
    await lastTransition(leadId, 'sal');
    await app.skipDays(300);
    await eventually(async () =>
      expect(
        await app.db.database.rows(`select from timers where kind = 'decay' and key = $1`, [leadId]),
      ).toEqual([]),
    );
    expect(await app.lead(leadId)).toMatchObject({ stage: 'sal', score: { engagement: 0.04 } });
  });

  it('waits for a locked lead, and for no other', async () => {
    const [locked, unlocked] = [await app.readyLead(), await app.readyLead()];
    await app.db.database.transaction(async (tx) => {
      await tx.rows('select from leads where id = $1 for update', [locked]);
      await app.skipDays(100);
      await lastTransition(unlocked, 'lead');
      expect((await app.lead(locked)).stage).toBe('mql');
    });
    await lastTransition(locked, 'lead');
  });
});
