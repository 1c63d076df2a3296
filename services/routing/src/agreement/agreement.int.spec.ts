import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { outgoing } from '@baton/bus';
import { LeadMerged } from '@baton/contracts';
import { testUser } from '@baton/testing/service';
import type { User } from '@baton/platform';
import { eventOf, eventually } from '@baton/testing';
import { StageChanges, TestRouting } from '../routing.example.js';
import { agreement } from './agreement.kind.js';

const DAY = 86_400_000;
const MINUTE = 60_000;

let app: TestRouting;
let sam: User;

beforeAll(async () => {
  app = await TestRouting.start();
  sam = await app.seller('Sam Seller');
}, 120_000);

afterAll(() => app?.close());

const ledgerOf = async (handoffId: string): Promise<string[]> => {
  const rows = await app.rows<{ entry: string }>(
    `select cause || ' ' || side as entry from ledger_entries where handoff_id = $1 order by id`,
    [handoffId],
  );
  return rows.map(({ entry }) => entry);
};

const decide = async (id: string, what: string, body: object = {}): Promise<void> => {
  const answer = await (await app.as(sam)).post(`/handoffs/${id}/${what}`, body);
  expect([what, answer.status]).toEqual([what, expect.any(Number)]);
  if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
};

it('has what each decision is for both teams, in the order in which it was made', async () => {
  const { id } = await app.newHandoff();
  await decide(id, 'accept');
  await decide(id, 'attempts', { channel: 'phone', outcome: 'reached' });
  await decide(id, 'qualify', { budget: true, authority: true, need: true, timeline: true });
  expect(await ledgerOf(id)).toEqual([
    'leads credit',
    'complete debit',
    'accept-in-time/1 credit',
    'accepted credit',
    'first-touch-in-time/1 credit',
    'attempts/1 credit',
    'follow-up/1 credit',
  ]);
});

it('gets nothing from a redelivery, nor from a decision that was made before', async () => {
  const ready = new StageChanges().next({ profile: { company: 'Example', country: 'DE' } });
  await app.service.publish(ready, ready);
  await app.service.publish(ready);
  await app.caughtUp();
  const { id } = await app.handoffOf(ready.data.leadId);
  await decide(id, 'reject', { reason: 'no-fit' });
  await decide(id, 'reject', { reason: 'no-fit' });
  expect(await ledgerOf(id)).toEqual([
    'leads credit',
    'complete credit',
    'accept-in-time/1 credit',
    'accepted debit',
    'reasons credit',
  ]);
});

it('gives a lead back when two leads are one', async () => {
  const [one, other] = [await app.newHandoff(), await app.newHandoff()];
  const merged = eventOf(LeadMerged, { leadId: other.leadId, intoLeadId: one.leadId });
  await app.service.publish(outgoing(LeadMerged, merged, 2));
  await eventually(async () =>
    expect(await ledgerOf(other.id)).toEqual(['leads credit', 'complete debit', 'duplicate debit']),
  );
  expect(await ledgerOf(one.id)).toEqual(['leads credit', 'complete debit']);
});

it('has attempts and follow-ups that were not made when their time is over, once, also after downtime', async () => {
  const [untried, forgotten] = [await app.newHandoff(), await app.newHandoff()];
  for (const { id } of [untried, forgotten]) await decide(id, 'accept');
  await decide(forgotten.id, 'attempts', { channel: 'phone', outcome: 'reached' });
  await app.service.stop();
  app.service.clock.skip(15 * DAY);
  await app.service.restart();
  await eventually(async () => {
    expect(await ledgerOf(untried.id)).toContain('attempts/1 debit');
    expect(await ledgerOf(forgotten.id)).toContain('follow-up/1 debit');
  });
  await decide(untried.id, 'reject', { reason: 'unresponsive' });
  expect((await ledgerOf(untried.id)).filter((entry) => entry.startsWith('attempts'))).toEqual([
    'attempts/1 debit',
  ]);
});

it('equals a recount from the histories of the hand-offs', async () => {
  const [counted] = await app.rows(`
    select count(*) filter (where type = 'offered') as leads,
      count(*) filter (where type = 'accepted') as accepted,
      count(*) filter (where type = 'rejected' and detail not like 'by Merge%') as rejected,
      count(*) filter (where type = 'rejected' and detail like 'by Merge%') as merged,
      count(*) filter (where type = 'breached' and detail like 'the accept%') as late
    from handoff_history`);
  const [ledger] = await app.rows(`
    select count(*) filter (where cause = 'leads') as leads,
      count(*) filter (where cause = 'accepted' and side = 'credit') as accepted,
      count(*) filter (where cause = 'reasons') as rejected,
      count(*) filter (where cause = 'duplicate') as merged,
      count(*) filter (where clause = 'accept-in-time' and side = 'debit') as late
    from ledger_entries`);
  expect(ledger).toEqual(counted);
});

it('is never changed', async () => {
  await expect(app.rows(`update ledger_entries set side = 'credit'`)).rejects.toThrow('never changed');
  await expect(app.rows('delete from ledger_entries')).rejects.toThrow('never changed');
});

describe('a scorecard', () => {
  const scoreOf = async (clause: string, period?: string): Promise<any> => {
    const { body } = await (
      await app.as(app.marketing)
    ).get(`/agreement/scorecard${period ? `?period=${period}` : ''}`);
    return body.clauses.find((each: any) => each.clause === clause);
  };

  /** A percentage of accepted leads that both teams sign, counted by quarters. */
  const sign = async (acceptedPercent: number): Promise<string> => {
    const document: any = structuredClone(agreement.default);
    document.period = 'quarter';
    document.segments[0].marketing.acceptedPercent = acceptedPercent;
    const marketing = await app.as(app.marketing);
    const drafted = await marketing.post('/definitions/agreement', { document, note: 'for a spec' });
    const { id } = drafted.body as { id: string };
    await marketing.post(`/definitions/${id}/sign`, {});
    const signed = await (await app.as(app.manager)).post(`/definitions/${id}/sign`, {});
    expect(signed.body).toMatchObject({ state: 'active' });
    return id;
  };

  it('has for each clause what the ledger has, and the hand-offs behind it', async () => {
    const { id } = await app.newHandoff();
    await decide(id, 'accept');
    const { body } = await (await app.as(app.marketing)).get('/agreement/scorecard');
    expect(body).toMatchObject({ unit: 'month', agreementId: 'agreement-1', next: null });
    const rows = await app.rows<{ clause: string; credits: number; all: number }>(
      `select clause, count(*) filter (where side = 'credit')::integer as credits, count(*)::integer as all
       from ledger_entries where at >= $1 and at < $2 group by 1`,
      [body.start, body.end],
    );
    const leads = rows.find(({ clause }) => clause === 'leads')!;
    for (const { clause, numerator, denominator } of body.clauses) {
      const counted = rows.find((row) => row.clause === clause) ?? { credits: 0, all: 0 };
      expect([clause, numerator, denominator]).toEqual(
        clause === 'leads'
          ? ['leads', leads.credits - (leads.all - leads.credits), 0]
          : [clause, counted.credits, counted.all],
      );
    }
    const first = (await (await app.as(app.marketing)).get('/agreement/ledger?clause=leads&limit=1')).body;
    expect(first.items).toMatchObject([{ handoffId: id, side: 'credit', segment: 'all' }]);
    if (leads.all > 1) {
      const second = await (
        await app.as(app.marketing)
      ).get(`/agreement/ledger?clause=leads&limit=1&cursor=${first.next}`);
      expect(second.body.items[0].handoffId).not.toBe(id);
    }
  });

  it('shows a seller the figures, and behind them only the hand-offs that they may see', async () => {
    const ann = testUser('Ann Seller', 'seller');
    const seller = await app.as(ann);
    expect((await seller.get('/agreement/scorecard')).status).toBe(200);
    expect((await seller.get('/agreement/ledger?clause=leads')).body.items).toEqual([]);
    expect((await (await app.as(sam)).get('/agreement/ledger?clause=leads')).body.items).not.toEqual([]);
  });

  it('refuses a period that the agreement does not count by', async () => {
    const answer = await (await app.as(app.marketing)).get('/agreement/scorecard?period=2026-W10');
    expect([answer.status, answer.body.errors[0].pointer]).toEqual([422, '/period']);
  });

  it.each(['0001-01', '1899-12', '2200-01', '9999-12'])(
    'refuses %s, which is out of reach',
    async (period) => {
      const client = await app.as(app.manager);
      for (const path of [`scorecard?period=${period}`, `ledger?clause=leads&period=${period}`])
        expect([path, (await client.get(`/agreement/${path}`)).status]).toEqual([path, 422]);
    },
  );

  it('opens one task for a promise that was missed, with an owner, who works on it', async () => {
    const agreementId = await sign(100);
    const { id } = await app.newHandoff();
    await decide(id, 'reject', { reason: 'no-fit' });
    expect(await scoreOf('accepted')).toMatchObject({ state: 'missed', promised: 100 });
    app.service.clock.skip(2 * MINUTE);
    const marketing = await app.as(app.marketing);
    const tasks = async () =>
      (await marketing.get('/agreement/tasks')).body.items.filter(
        (task: any) => task.clause === 'accepted' && task.agreementId === agreementId,
      );
    const task = await eventually(async () => {
      const found = await tasks();
      expect(found).toHaveLength(1);
      return found[0];
    });
    expect(task).toMatchObject({
      team: 'marketing',
      cause: 'missed',
      state: 'open',
      promised: 100,
      owner: { name: 'Max Marketing' },
    });
    expect(Date.parse(task.dueAt) - Date.parse(task.openedAt)).toBe(5 * DAY);

    const body = { state: 'in-progress', comment: 'Ask for the industry in the form.', takeOver: true };
    expect((await (await app.as(sam)).put(`/agreement/tasks/${task.id}`, body)).status).toBe(403);
    const changed = await (await app.as(app.manager)).put(`/agreement/tasks/${task.id}`, body);
    expect(changed.body).toMatchObject({
      state: 'in-progress',
      comment: body.comment,
      owner: { name: 'Mia Manager' },
      changedBy: 'Mia Manager',
    });
    app.service.clock.skip(2 * MINUTE);
    await eventually(async () => {
      const [row] = await app.rows<{ due_at: Date }>(
        `select due_at from timers where kind = 'agreement-review'`,
      );
      expect(row!.due_at.getTime()).toBeGreaterThan(app.service.clock.now().getTime());
    });
    expect(await tasks()).toMatchObject([{ id: task.id, state: 'in-progress' }]);
  });
});
