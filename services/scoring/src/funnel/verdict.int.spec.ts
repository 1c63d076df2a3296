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
import { ScoringHouse, TRACE } from '../scoring.example.js';

let house: ScoringHouse;

beforeAll(async () => {
  house = await ScoringHouse.open();
}, 120_000);

afterAll(() => house?.close());

const DAY = 86_400_000;
const inDays = (days: number): string => new Date(house.clock.now().getTime() + days * DAY).toISOString();

/** A ready lead with a hand-off of it that was offered. */
const offered = async () => {
  const handoff = { leadId: await house.readyLead(), handoffId: randomUUID() };
  await house.say(HandoffOffered, handoff);
  return handoff;
};

const lastStep = async (leadId: string, to: string) =>
  eventually(() => {
    const last = house.of(leadId).findLast(({ type }) => type === 'stage-changed');
    expect(last?.data.to).toBe(to);
    return last!;
  });

describe('the owner of a lead', () => {
  it('is the seller it stands with, and nobody after a rejection', async () => {
    const { leadId, handoffId } = await offered();
    const ownerIs = (owner: unknown) =>
      eventually(async () => expect((await house.lead(leadId)).owner).toEqual(owner));
    await ownerIs({ id: house.seller.id, name: 'Sam Seller' });
    const ann = { sellerId: randomUUID(), sellerName: 'Ann Seller' };
    await house.say(HandoffReassigned, { leadId, handoffId, ...ann, offerNumber: 2 });
    await ownerIs({ id: ann.sellerId, name: 'Ann Seller' });
    expect(await house.search({ ownerId: ann.sellerId })).toMatchObject([{ id: leadId }]);
    await house.say(HandoffRejected, { leadId, handoffId, ...ann, rejectedAt: inDays(0) });
    await ownerIs(null);
    expect(house.typesOf(leadId).filter((type) => type === 'created')).toHaveLength(1);
  });
});

describe('a verdict', () => {
  it('of yes makes the lead accepted, then qualified, in the trace of the seller', async () => {
    const { leadId, handoffId } = await offered();
    await house.say(HandoffAccepted, { leadId, handoffId, acceptedAt: inDays(0) });
    const accepted = await lastStep(leadId, 'sal');
    expect(accepted).toMatchObject({
      sequence: 4,
      data: { from: 'mql', reached: ['sal'], salesReady: false, cause: 'verdict' },
    });
    expect(accepted.traceparent).toContain(TRACE.split('-')[1]);
    await house.say(HandoffQualified, { leadId, handoffId, qualifiedAt: inDays(0) });
    expect(await lastStep(leadId, 'sql')).toMatchObject({
      sequence: 5,
      data: { from: 'sal', reached: ['sql'] },
    });
    const { stages } = await house.lead(leadId);
    expect(stages.map(({ stage }: any) => stage)).toEqual(['mql', 'sal', 'sql']);
    const evidence = await house.db.database.rows(
      'select verdict, points, model_id from verdicts where lead_id = $1 order by at',
      [leadId],
    );
    expect(evidence).toMatchObject([
      { verdict: 'accepted', model_id: 'scoring-model-1' },
      { verdict: 'qualified' },
    ]);
  });

  it('of no sends the lead back, and is kept as evidence with what the lead was worth then', async () => {
    const { leadId, handoffId } = await offered();
    const wakeAt = inDays(90);
    await house.say(HandoffRejected, {
      ...{ leadId, handoffId, reason: 'bad-timing', teaches: 'timing', outcome: 'recycled' },
      ...{ wakeAt, rejectedAt: inDays(0) },
    });
    expect((await lastStep(leadId, 'recycled')).data).toMatchObject({
      from: 'mql',
      reached: [],
      salesReady: false,
    });
    const { score } = await house.lead(leadId);
    const [evidence] = await house.db.database.rows<any>('select * from verdicts where handoff_id = $1', [
      handoffId,
    ]);
    expect(evidence).toMatchObject({
      ...{ verdict: 'rejected', reason: 'bad-timing', teaches: 'timing', outcome: 'recycled' },
      ...{
        lead_id: leadId,
        seller_id: house.seller.id,
        wake_at: new Date(wakeAt),
        model_id: 'scoring-model-1',
      },
    });
    expect(evidence.points).toBeCloseTo(score.points, 0);
  });

  it('of never is for ever, whatever the lead does', async () => {
    const { leadId, handoffId } = await offered();
    const rejection = {
      reason: 'competitor',
      teaches: 'fit',
      outcome: 'disqualified',
      wakeAt: undefined,
    } as const;
    await house.say(HandoffRejected, { leadId, handoffId, ...rejection, rejectedAt: inDays(0) } as never);
    await lastStep(leadId, 'disqualified');
    await house.pass(400);
    const { traits } = await house.lead(leadId);
    await house.accept(house.richForm(traits.email));
    await house.hasCapacity();
    expect(await house.lead(leadId)).toMatchObject({ stage: 'disqualified', score: { grade: 'A' } });
  });

  it('of a lead nobody knows is passed by', async () => {
    await house.say(HandoffAccepted, { leadId: randomUUID(), handoffId: randomUUID() });
    await house.hasCapacity();
  });
});

describe('a recycled lead', () => {
  const recycled = async (wakeAt: string): Promise<{ leadId: string; email: string }> => {
    const { leadId, handoffId } = await offered();
    await house.say(HandoffRejected, {
      leadId,
      handoffId,
      outcome: 'recycled',
      wakeAt,
      rejectedAt: inDays(0),
    });
    await lastStep(leadId, 'recycled');
    return { leadId, email: (await house.lead(leadId)).traits.email };
  };

  it('that is still good enough on its date is offered again', async () => {
    const { leadId } = await recycled(inDays(5));
    await house.pass(4);
    expect((await house.lead(leadId)).stage).toBe('recycled');
    await house.pass(2);
    expect((await lastStep(leadId, 'mql')).data).toMatchObject({
      from: 'recycled',
      salesReady: true,
      cause: 'wake',
    });
  });

  it('is not offered before its date, however much it does, and afterwards with the first new thing', async () => {
    const { leadId, email } = await recycled(inDays(200));
    await house.accept(house.richForm(email));
    await house.hasCapacity();
    expect((await house.lead(leadId)).stage).toBe('recycled');
    await house.pass(201);
    await eventually(async () =>
      expect(
        await house.db.database.rows(`select from timers where kind = 'wake' and key = $1`, [leadId]),
      ).toEqual([]),
    );
    expect((await house.lead(leadId)).stage).toBe('recycled');
    await house.accept(house.richForm(email));
    expect((await lastStep(leadId, 'mql')).data).toMatchObject({ salesReady: true, cause: 'activity' });
  });
});

describe('points that fade', () => {
  it('take the lead back when they no longer reach, once, at the time foreseen', async () => {
    const leadId = await house.readyLead();
    const timerOf = () =>
      house.db.database.rows<{ due_at: Date }>(
        `select due_at from timers where kind = 'decay' and key = $1`,
        [leadId],
      );
    const [timer] = await timerOf();
    const days = (timer!.due_at.getTime() - house.clock.now().getTime()) / DAY;
    await house.pass(days - 0.5);
    expect((await house.lead(leadId)).stage).toBe('mql');
    await house.pass(1);
    const fall = await lastStep(leadId, 'lead');
    expect(fall.data).toMatchObject({ from: 'mql', reached: [], salesReady: false, cause: 'decay' });
    expect(house.typesOf(leadId)).toEqual(['created', 'scored', 'stage-changed', 'scored', 'stage-changed']);
    expect(fall.sequence).toBe(5);
    expect(await timerOf()).toEqual([]);
  });

  it('do not take a lead from sales', async () => {
    const { leadId, handoffId } = await offered();
    await house.say(HandoffAccepted, { leadId, handoffId, acceptedAt: inDays(0) });
    await lastStep(leadId, 'sal');
    await house.pass(300);
    await eventually(async () =>
      expect(
        await house.db.database.rows(`select from timers where kind = 'decay' and key = $1`, [leadId]),
      ).toEqual([]),
    );
    expect(await house.lead(leadId)).toMatchObject({ stage: 'sal', score: { engagement: 0.04 } });
  });

  it('wait for a lead that somebody holds, and for no other', async () => {
    const [held, free] = [await house.readyLead(), await house.readyLead()];
    await house.db.database.transaction(async (tx) => {
      await tx.rows('select from leads where id = $1 for update', [held]);
      await house.pass(100);
      await lastStep(free, 'lead');
      expect((await house.lead(held)).stage).toBe('mql');
    });
    await lastStep(held, 'lead');
  });
});
