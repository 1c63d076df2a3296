import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { outgoing } from '@baton/bus';
import { LeadMerged, LeadUnmerged } from '@baton/contracts';
import type { User } from '@baton/platform';
import { eventually } from '@baton/testing';
import { randomUUID } from 'node:crypto';
import { TestRouting } from '../routing.example.js';

let app: TestRouting;
let sellers: User[];

beforeAll(async () => {
  app = await TestRouting.start();
  sellers = [await app.seller('Sam Seller'), await app.seller('Ann Seller')];
}, 120_000);

afterAll(() => app?.close());

const merge = (
  leadId: string,
  intoLeadId: string,
  sequence = 4,
  revision?: number,
  others: readonly string[] = [],
) =>
  app.service.publish(
    outgoing(
      LeadMerged,
      {
        leadId,
        intoLeadId,
        profileIds: [leadId, ...others],
        cause: 'manual',
        mergedAt: app.service.clock.now().toISOString(),
        ...(revision !== undefined && { revision }),
      },
      sequence,
    ),
  );

const unmerge = (leadId: string, fromLeadId: string, sequence = 5, revision?: number) =>
  app.service.publish(
    outgoing(
      LeadUnmerged,
      {
        leadId,
        fromLeadId,
        profileIds: [leadId],
        stagesNotReached: [],
        unmergedAt: app.service.clock.now().toISOString(),
        ...(revision !== undefined && { revision }),
      },
      sequence,
    ),
  );

const handoffsOf = async (leadId: string): Promise<string[]> => {
  const { body } = await (await app.as(app.manager)).get(`/handoffs?leadId=${leadId}`);
  return body.items.map(({ id }: { id: string }) => id).sort();
};

describe('two leads that turn out to be one person', () => {
  it('keep one open hand-off, the accepted one, and the other ends with its reason and teaches nothing', async () => {
    const [one, other] = [await app.newHandoff(), await app.newHandoff()];
    const manager = await app.as(app.manager);
    expect((await manager.post(`/handoffs/${other.id}/accept`, {})).status).toBe(200);
    await merge(other.leadId, one.leadId);
    await eventually(async () => expect(await app.handoff(one.id)).toMatchObject({ state: 'rejected' }));
    expect((await app.handoff(other.id)).state).toBe('accepted');
    const last = await eventually(() => {
      const event = app.service.published.findLast(
        ({ type, data }: any) => type === 'handoff.rejected.v1' && data.handoffId === one.id,
      );
      expect(event).toBeDefined();
      return event!;
    });
    expect(last.data).toMatchObject({ reason: 'duplicate', teaches: 'nothing', decidedBy: 'merge' });
    await app.caughtUp();
    const [{ n }] = (await app.rows<{ n: number }>(
      `select count(*)::integer as n from timers where kind = 'handoff' and key = $1`,
      [one.id],
    )) as [{ n: number }];
    expect(n).toBe(0);
  });

  it('keep the one that was opened first, whichever lead goes on, and a single one stays open', async () => {
    const [one, other, alone] = [await app.newHandoff(), await app.newHandoff(), await app.newHandoff()];
    await merge(one.leadId, other.leadId);
    await eventually(async () => expect((await app.handoff(other.id)).state).toBe('rejected'));
    expect((await app.handoff(one.id)).state).toBe('offered');
    await merge(alone.leadId, '11111111-1111-4111-8111-111111111111');
    await app.caughtUp();
    expect((await app.handoff(alone.id)).state).toBe('offered');
  });

  it('show the hand-offs of both by either id until they are two again', async () => {
    const [one, other, third] = [await app.newHandoff(), await app.newHandoff(), await app.newHandoff()];
    const all = [one, other, third].map(({ id }) => id).sort();
    await merge(one.leadId, other.leadId);
    await merge(other.leadId, third.leadId, 4, undefined, [one.leadId]);
    await app.caughtUp();
    for (const { leadId } of [one, other, third]) expect(await handoffsOf(leadId)).toEqual(all);
    await unmerge(one.leadId, third.leadId);
    await app.caughtUp();
    expect(await handoffsOf(one.leadId)).toEqual([one.id]);
    expect(await handoffsOf(third.leadId)).toEqual([other.id, third.id].sort());
    await unmerge(other.leadId, third.leadId);
    await app.caughtUp();
    for (const { leadId, id } of [other, third]) expect(await handoffsOf(leadId)).toEqual([id]);
  });

  it('are what the newest merge says, whichever of their events overtakes the others', async () => {
    const [one, other] = [await app.newHandoff(), await app.newHandoff()];
    const pairs = async () => [await handoffsOf(one.leadId), await handoffsOf(other.leadId)];
    const both = [one.id, other.id].sort();
    const arrive = async (published: Promise<unknown>): Promise<void> => {
      await published;
      await app.caughtUp();
    };
    // One into the other, undone, the other into the one, undone: twice.
    await arrive(merge(one.leadId, other.leadId, 4, 1));
    await arrive(merge(other.leadId, one.leadId, 4, 3));
    expect(await pairs()).toEqual([both, both]);
    await arrive(unmerge(one.leadId, other.leadId, 5, 2));
    expect(await pairs()).toEqual([both, both]);
    await arrive(unmerge(other.leadId, one.leadId, 5, 4));
    expect(await pairs()).toEqual([[one.id], [other.id]]);

    await arrive(merge(other.leadId, one.leadId, 6, 7));
    await arrive(unmerge(other.leadId, one.leadId, 7, 8));
    await arrive(merge(one.leadId, other.leadId, 6, 5));
    await arrive(unmerge(one.leadId, other.leadId, 7, 6));
    expect(await pairs()).toEqual([[one.id], [other.id]]);
  });

  it('are seen by the sellers of both until they are two again', async () => {
    const offers = [await app.newHandoff(), await app.newHandoff()];
    const one = offers.find(({ seller }) => seller.id === sellers[0]!.id);
    const other = offers.find(({ seller }) => seller.id === sellers[1]!.id);
    const seller = await app.as(sellers[0]!);
    const status = async () => (await seller.get(`/handoffs/${other.id}`)).status;
    expect(await status()).toBe(404);
    await merge(other.leadId, one.leadId);
    await app.caughtUp();
    expect(await status()).toBe(200);
    await unmerge(other.leadId, one.leadId);
    await app.caughtUp();
    expect(await status()).toBe(404);
  });

  it('are not offered while one of them is with a seller, and never to the seller who rejected one', async () => {
    const manager = await app.as(app.manager);
    for (const reject of [false, true]) {
      const [one, survivor] = [await app.newHandoff(), randomUUID()];
      if (reject) {
        const { status } = await manager.post(`/handoffs/${one.id}/reject`, { reason: 'no-budget' });
        expect(status).toBe(200);
      }
      await merge(one.leadId, survivor);
      await app.caughtUp();
      await app.leads(1, { leadId: survivor });
      await app.caughtUp();
      const others = (await handoffsOf(survivor)).filter((id) => id !== one.id);
      expect(others).toHaveLength(reject ? 1 : 0);
      for (const id of others) expect((await app.handoff(id)).seller.id).not.toBe(one.seller.id);
    }
  });

  it('wait in one hand-off when no seller can take them', async () => {
    for (const seller of sellers) await app.put(seller, { available: false });
    const [one, other] = [await app.newHandoff(), await app.newHandoff()];
    expect([one.state, other.state]).toEqual(['waiting', 'waiting']);
    await merge(one.leadId, other.leadId);
    await app.caughtUp();
    await app.put(sellers[0]!, { available: true });
    await eventually(async () => expect((await app.handoff(one.id)).state).toBe('offered'));
    await app.caughtUp();
    expect((await app.handoff(other.id)).state).toBe('waiting');
  });

  it('of a ring of three are who they are at last, when a merge overtakes the undo before it', async () => {
    const [a, b, c] = [await app.newHandoff(), await app.newHandoff(), await app.newHandoff()];
    await merge(a.leadId, b.leadId, 4, 1);
    await app.caughtUp();
    // Made after A was divided from B.
    await merge(c.leadId, a.leadId, 4, 3);
    await app.caughtUp();
    await unmerge(a.leadId, b.leadId, 5, 2);
    await app.caughtUp();
    for (const { leadId } of [a, c]) expect(await handoffsOf(leadId)).toEqual([a.id, c.id].sort());
    expect(await handoffsOf(b.leadId)).toEqual([b.id]);
    const states = await Promise.all([a, c].map(async ({ id }) => (await app.handoff(id)).state));
    expect(states.filter((state) => state === 'offered').length).toBeLessThanOrEqual(1);
  });
});
