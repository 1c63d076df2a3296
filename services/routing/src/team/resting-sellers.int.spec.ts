import type { User } from '@baton/platform';
import { eventually } from '@baton/testing';
import { testUser } from '@baton/testing/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestRouting } from '../routing.example.js';

const HOUR = 3_600_000;

let app: TestRouting;
let sam: User;
let ann: User;

beforeAll(async () => {
  app = await TestRouting.start();
  await app.sign((policy) => {
    policy.accept.steps = [
      { at: 0.5, do: 'rest-seller' },
      { at: 1, do: 'reassign' },
    ];
  });
}, 120_000);

afterAll(() => app?.close());

const loadOf = async ({ id }: User): Promise<any> => {
  const { body } = await (await app.as(app.manager)).get('/sellers/load');
  return body.items.find((each: any) => each.id === id);
};
const isResting = async (seller: User): Promise<boolean> => (await loadOf(seller)).restingSince !== null;
const owners = async (count: number): Promise<Set<string>> => {
  const handoffs = [];
  for (let n = 0; n < count; n += 1) handoffs.push(await app.newHandoff());
  return new Set(handoffs.map(({ seller }) => seller.name));
};
const act = async (seller: User, path: string, body: object = {}): Promise<number> =>
  (await (await app.as(seller)).post(path, body)).status;

/** An offer to Sam, who does not answer for half of its time. */
const silence = async (): Promise<any> => {
  const handoff = await app.newHandoff();
  expect(handoff.seller.id).toBe(sam.id);
  await app.service.skip(12 * HOUR);
  await eventually(async () => expect(await isResting(sam)).toBe(true));
  return handoff;
};

describe('a seller who does not answer', () => {
  beforeAll(async () => {
    sam = await app.seller('Sam Seller');
  });

  it('is out of rotation, which the roster and the hand-off say, until they answer', async () => {
    const handoff = await silence();
    ann = await app.seller('Ann Seller');
    expect(await loadOf(sam)).toMatchObject({ obstacle: expect.stringContaining('did not answer') });
    expect((await app.handoff(handoff.id)).history.at(-1)).toMatchObject({
      type: 'seller-rested',
      detail: expect.stringContaining('Sam Seller'),
    });
    expect(await owners(3)).toEqual(new Set(['Ann Seller']));
    expect(await act(sam, `/handoffs/${handoff.id}/accept`)).toBe(200);
    expect(await isResting(sam)).toBe(false);
    expect(await owners(4)).toEqual(new Set(['Ann Seller', 'Sam Seller']));
    await app.put(ann, { available: false });
  });

  it('is in rotation again when they, a manager or operations say so; nobody else', async () => {
    const { id } = await silence();
    const path = `/sellers/${sam.id}/return`;
    expect(await act(ann, path)).toBe(403);
    expect(await act(testUser('Max Marketing', 'marketing'), path)).toBe(403);
    expect(await isResting(sam)).toBe(true);
    expect(await act(sam, path)).toBe(204);
    expect(await isResting(sam)).toBe(false);
    // Nor does a decision of a manager for the seller end a rest.
    await app.rows('insert into resting_sellers values ($1, now())', [sam.id]);
    expect(await act(app.manager, `/handoffs/${id}/accept`)).toBe(200);
    expect(await isResting(sam)).toBe(true);
    expect(await act(app.manager, path)).toBe(204);
    expect(await isResting(sam)).toBe(false);
    expect(await act(app.manager, '/sellers/4f8f8f0c-6a4e-4b62-8f5e-0c6b5c1b9c11/return')).toBe(404);
    await app.rows(`update teams set managers = $1 where name = 'Sales'`, [JSON.stringify([ann.id])]);
    expect(await act(app.manager, path)).toBe(403);
    await app.rows(`update teams set managers = '[]' where name = 'Sales'`);
  });

  it('is offered what waited meanwhile', async () => {
    await silence();
    const [leadId] = await app.leads(1);
    await eventually(async () => {
      const [row] = await app.rows<{ state: any }>('select state from handoffs where lead_id = $1', [leadId]);
      expect(row?.state.why).toContain('did not answer');
    });
    expect(await act(sam, `/sellers/${sam.id}/return`)).toBe(204);
    await eventually(async () => expect((await app.handoffOf(leadId!))?.seller?.id).toBe(sam.id));
  });
});
