import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { User } from '@baton/platform';
import { randomUUID } from 'node:crypto';
import { eventually } from '@baton/testing';
import { TestRouting } from '../routing.example.js';

let app: TestRouting;
let pia: User;

beforeAll(async () => {
  app = await TestRouting.start();
  await app.rows(`insert into teams (name) values ('Partners')`);
  await app.seller('Sam Seller');
  pia = await app.seller('Pia Partner', { team: 'Partners' });
}, 120_000);

afterAll(() => app?.close());

const reassign = async (handoffId: string, body: object) =>
  (await app.as(app.manager)).post(`/handoffs/${handoffId}/reassign`, body);

describe('a hand-off', () => {
  it('belongs to the team of the seller it is reassigned to, and is reassigned within it', async () => {
    const handoff = await app.newHandoff();
    expect(handoff.seller.name).toBe('Sam Seller');
    expect((await reassign(handoff.id, { sellerId: pia.id })).body).toMatchObject({ seller: { id: pia.id } });
    const alone = await reassign(handoff.id, {});
    expect([alone.status, alone.body.detail]).toEqual([409, expect.stringContaining('team Partners')]);
    const paul = await app.seller('Paul Partner', { team: 'Partners', maxOpen: 3 });
    expect((await reassign(handoff.id, {})).body).toMatchObject({ seller: { id: paul.id }, offer: 3 });
    await app.put(paul, { team: 'Partners', available: false });
  });

  it('is offered while another team is locked', async () => {
    const handoff = await app.newHandoff();
    let blocked: ReturnType<typeof reassign> | undefined;
    await app.service.database.database.transaction(async (tx) => {
      await tx.rows(`select from teams where name = 'Partners' for update`);
      blocked = reassign(handoff.id, { sellerId: pia.id });
      await eventually(async () => {
        const waiting = await app.rows(
          `select from pg_locks join pg_stat_activity using (pid) where not granted and datname = current_database()`,
        );
        expect(waiting).not.toEqual([]);
      });
      const other = await app.newHandoff();
      expect(other).toMatchObject({ state: 'offered', seller: { name: 'Sam Seller' } });
      expect((await app.handoff(handoff.id)).seller.name).toBe('Sam Seller');
    });
    expect((await blocked!).body).toMatchObject({ seller: { id: pia.id } });
  });
});

describe('a seller who is moved to another team', () => {
  it('takes along what they have open: the managers of the new team decide about it, those of the former one no more', async () => {
    const handoff = await app.newHandoff();
    const mia = await app.seller('Mia Mover', { team: 'Sales' });
    await reassign(handoff.id, { sellerId: mia.id });
    await app.put(mia, { team: 'Partners' });
    await eventually(async () =>
      expect((await app.handoff(handoff.id)).history.at(-1)).toMatchObject({
        type: 'team-changed',
        detail: 'its seller is in the team Partners now',
      }),
    );
    expect(app.typesOf(handoff.id)).toEqual(['offered', 'reassigned']);
    await app.rows(`update teams set managers = $1 where name = 'Partners'`, [
      JSON.stringify([app.manager.id]),
    ]);
    await app.rows(`update teams set managers = $1 where name = 'Sales'`, [JSON.stringify([randomUUID()])]);
    expect((await reassign(handoff.id, {})).status).toBe(200);
    await app.rows(`update teams set managers = '[]'`);
    await app.put(mia, { team: 'Partners', available: false });
  });

  it('gets its waiting leads, and no more of the former one', async () => {
    const ann = await app.seller('Ann Seller', { team: 'Partners' });
    await app.put(ann, { team: 'Sales' });
    await app.leads(10);
    await app.caughtUp();
    const [row] = await app.rows<{ count: number }>(
      `select count(*)::integer as count from handoffs where seller_id = $1 and team = 'Sales'`,
      [ann.id],
    );
    expect(row!.count).toBeGreaterThanOrEqual(5);
  });
});
