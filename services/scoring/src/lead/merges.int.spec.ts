import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LeadMerged, LeadUnmerged } from '@baton/contracts';
import { eventually } from '@baton/testing';
import { randomUUID } from 'node:crypto';
import { TestScoring } from '../scoring.example.js';

let app: TestScoring;

beforeAll(async () => {
  app = await TestScoring.open();
}, 120_000);

afterAll(() => app?.close());

const address = (): string => `${randomUUID()}@engines.example`;

describe('two leads merged by hand', () => {
  it('are one with everything of both, and two again with what is their own', async () => {
    const manager = await app.as(app.manager);
    const [one, other] = [address(), address()];
    await app.publishActivities(app.salesReadyForm(one));
    await app.publishActivities(
      app.activity({ identifiers: { email: other }, pageUrl: 'https://e.example/pricing' }),
    );
    await app.caughtUp();
    const [first] = await app.search({ email: one });
    const [second] = await app.search({ email: other });
    const before = [await app.lead(first.id), await app.lead(second.id)];

    const merged = await manager.post(`/leads/${second.id}/merges`, { leadId: first.id });
    expect(merged).toMatchObject({ status: 200, body: { leadId: expect.any(String) } });
    const { leadId } = merged.body;
    const gone = [first.id, second.id].find((id) => id !== leadId);
    expect((await app.lead(leadId)).identifiers).toHaveLength(2);
    expect((await app.search({ email: other }))[0].id).toBe(leadId);
    expect((await app.lead(gone)).id).toBe(leadId);
    expect(await app.search({ ids: [gone, leadId] })).toMatchObject([{ id: leadId, formerIds: [gone] }]);
    expect((await manager.post(`/leads/${second.id}/merges`, { leadId: first.id })).status).toBe(409);
    await app.publishActivities(app.activity({ identifiers: { email: other } }));
    await app.caughtUp();
    expect((await manager.get(`/leads/${leadId}/activities`)).body.items).toHaveLength(3);

    const links = (await manager.get(`/leads/${leadId}/merges`)).body;
    const byHand = links.find(({ cause }: any) => cause === 'manual');
    expect(byHand).toMatchObject({ undone: false, by: app.manager.name });
    const undone = await manager.post(`/leads/${leadId}/merges/${byHand.id}/undo`, {});
    expect(undone.status).toBe(200);
    expect([...undone.body.leadIds].sort()).toEqual([first.id, second.id].sort());
    const after = [await app.lead(first.id), await app.lead(second.id)];
    for (const index of [0, 1]) {
      expect(after[index].identifiers).toEqual(before[index].identifiers);
      expect(after[index].traits).toEqual(before[index].traits);
      expect(after[index].createdAt).toBe(before[index].createdAt);
    }
    expect((await manager.get(`/leads/${first.id}/activities`)).body.items).toHaveLength(1);
    expect((await manager.get(`/leads/${second.id}/activities`)).body.items).toHaveLength(2);
    expect((await manager.post(`/leads/${leadId}/merges/${byHand.id}/undo`, {})).status).toBe(404);
    await eventually(() =>
      expect(app.typesOf(gone).slice(-4)).toEqual(expect.arrayContaining(['merged', 'unmerged'])),
    );
    expect([LeadMerged.topic, LeadUnmerged.topic]).toEqual(['leads', 'leads']);
  });

  it('are refused to sellers, with themselves, and with leads that do not exist', async () => {
    const manager = await app.as(app.manager);
    const leadId = await app.readyLead();
    expect((await manager.post(`/leads/${leadId}/merges`, { leadId })).status).toBe(400);
    expect((await manager.post(`/leads/${leadId}/merges`, { leadId: randomUUID() })).status).toBe(404);
    const seller = await app.as(app.seller);
    expect((await seller.post(`/leads/${leadId}/merges`, { leadId: randomUUID() })).status).toBe(403);
  });
});
