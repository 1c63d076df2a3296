import type { User } from '@baton/platform';
import { eventually } from '@baton/testing';
import { testUser } from '@baton/testing/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { recycled, TestRouting } from '../routing.example.js';

let app: TestRouting;
let sam: User;
let ann: User;
/** Offered to Sam, who rejected it, and later to Ann. */
let first: any;
let second: any;
/** Offered to Sam and given to Ann by a manager. */
let moved: any;
/** Offered to Ann alone. */
let anns: any;
/** Offered to nobody yet. */
let waiting: any;

const available = (user: User, isAvailable: boolean) => app.put(user, { available: isAvailable });
const offeredTo = async (user: User, other: User): Promise<any> => {
  await available(other, false);
  await available(user, true);
  return app.newHandoff();
};

beforeAll(async () => {
  app = await TestRouting.start();
  [sam, ann] = [await app.seller('Sam Seller'), await app.seller('Ann Seller')];
  first = await offeredTo(sam, ann);
  moved = await app.newHandoff();
  const rejected = await (await app.as(sam)).post(`/handoffs/${first.id}/reject`, { reason: 'no-fit' });
  expect(rejected.status).toBe(200);
  await available(sam, false);
  await available(ann, true);
  await app.leads(1, { leadId: first.leadId, ...recycled });
  await app.leads(1, { leadId: first.leadId });
  second = await eventually(async () => {
    const handoff = await app.handoffOf(first.leadId);
    expect(handoff.id).not.toBe(first.id);
    return handoff;
  });
  const manager = await app.as(app.manager);
  await manager.post(`/handoffs/${moved.id}/reassign`, { sellerId: ann.id });
  anns = await app.newHandoff();
  await available(ann, false);
  waiting = await app.newHandoff();
}, 120_000);
afterAll(() => app?.close());

const listed = async (user: User, query = ''): Promise<string[]> => {
  const { body } = await (await app.as(user)).get(`/handoffs${query}`);
  return body.items.map(({ id }: any) => id);
};
const statusOf = async (user: User, { id }: any): Promise<number> =>
  (await (await app.as(user)).get(`/handoffs/${id}`)).status;

describe('a seller', () => {
  it('sees every hand-off of a lead they were ever offered, also those of colleagues', async () => {
    expect(await listed(sam, `?leadId=${first.leadId}`)).toEqual([second.id, first.id]);
    expect(await listed(ann, `?leadId=${first.leadId}`)).toEqual([second.id, first.id]);
    expect(await listed(sam, `?leadId=${moved.leadId}`)).toEqual([moved.id]);
    for (const handoff of [first, second, moved]) expect(await statusOf(sam, handoff)).toBe(200);
  });

  it('sees none of the hand-offs of other leads, as if there were none', async () => {
    for (const handoff of [anns, waiting]) {
      expect(await listed(sam, `?leadId=${handoff.leadId}`)).toEqual([]);
      expect(await listed(sam, `?leadId=${handoff.leadId}&sellerId=${ann.id}`)).toEqual([]);
      expect(await statusOf(sam, handoff)).toBe(404);
    }
    const [colleagues, none] = await Promise.all(
      [anns.id, randomUUID()].map(async (id) => (await app.as(sam)).get(`/handoffs/${id}`)),
    );
    expect(colleagues!.body.detail.replace(anns.id, '')).toBe(`There is no hand-off .`);
    expect(none!.status).toBe(404);
    expect(await listed(testUser('Moe New', 'seller'), '?limit=100')).toEqual([]);
  });

  it('lists without a lead what is theirs now, and is refused the list of a colleague', async () => {
    expect(await listed(sam)).toEqual([first.id]);
    expect(new Set(await listed(ann))).toEqual(new Set([anns.id, second.id, moved.id]));
    expect(await listed(sam, `?sellerId=${sam.id}`)).toEqual([first.id]);
    const refused = await (await app.as(sam)).get(`/handoffs?sellerId=${ann.id}`);
    expect([refused.status, refused.body.code]).toEqual([403, 'forbidden']);
  });
});

it.each(['marketing', 'manager', 'operations', 'viewer', 'admin'] as const)(
  '%s sees all hand-offs',
  async (role) => {
    const user = testUser('Somebody', role);
    const all = [waiting, anns, second, moved, first].map(({ id }) => id);
    expect(new Set(await listed(user))).toEqual(new Set(all));
    for (const id of all) expect(await statusOf(user, { id })).toBe(200);
    expect(await listed(user, `?sellerId=${sam.id}`)).toEqual([first.id]);
  },
);
