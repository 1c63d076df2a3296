import type { User } from '@baton/platform';
import { eventually } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestRouting } from '../routing.example.js';

let app: TestRouting;
let sam: User;

beforeAll(async () => {
  app = await TestRouting.start();
  sam = await app.seller('Sam Seller');
}, 120_000);

afterAll(() => app?.close());

describe('a notice in the app', () => {
  it('is in the list of its person, unread until it was read', async () => {
    const handoff = await app.newHandoff();
    const client = await app.as(sam);
    const { body } = await eventually(async () => {
      const answer = await client.get('/notices?limit=1');
      expect(answer.body.items[0]?.handoffId).toBe(handoff.id);
      return answer;
    });
    expect(body.items[0]).toMatchObject({ kind: 'offered', read: false, leadId: handoff.leadId });
    expect(body.unread).toBeGreaterThan(0);
    const one = `/notices/${body.items[0].id}/read`;
    expect((await (await app.as(app.marketing)).post(one)).status).toBe(204);
    expect((await client.get('/notices?limit=1')).body).toMatchObject({ unread: body.unread });
    expect((await client.post(one)).status).toBe(204);
    expect((await client.get('/notices?limit=1')).body).toMatchObject({
      unread: body.unread - 1,
      items: [{ read: true }],
    });
    expect((await client.post('/notices/read')).status).toBe(204);
    expect((await client.get('/notices?limit=1')).body).toMatchObject({ unread: 0, items: [{ read: true }] });
    expect((await (await app.as(app.marketing)).get('/notices')).body.items).toEqual([]);
  });

  it('is announced to open pages with its receivers, after it is in their lists', async () => {
    const handoff = await app.newHandoff();
    const announced = await eventually(() => {
      const found = app.service.published.find(
        ({ type, data }) => type === 'notice.created.v1' && data.handoffId === handoff.id,
      );
      expect(found).toBeDefined();
      return found!;
    });
    expect(announced.data).toMatchObject({
      kind: 'offered',
      leadId: handoff.leadId,
      receivers: [handoff.seller.id],
    });
    expect((await (await app.as(sam)).get('/notices?limit=1')).body.items[0].handoffId).toBe(handoff.id);
  });

  it('tells every manager who ever looked about a clock that ran out', async () => {
    const manager = await app.as(app.manager);
    await manager.get('/notices');
    const handoff = await app.newHandoff();
    await app.service.skip(25 * 3_600_000);
    await eventually(async () => {
      const rows = await app.rows<{ kind: string }>(
        `select kind from notice_deliveries where receiver = $1 and body ->> 'handoffId' = $2`,
        [app.manager.id, handoff.id],
      );
      expect(rows.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['escalated', 'breached']));
    });
  });
});
