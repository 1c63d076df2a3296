import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { TestRouting } from '../routing.example.js';

let app: TestRouting;

beforeAll(async () => {
  app = await TestRouting.start();
}, 120_000);

afterAll(() => app?.close());

const count = async (where: string, values: readonly unknown[] = []): Promise<number> => {
  const [row] = await app.rows<{ count: number }>(
    `select count(*)::integer as count from handoffs where ${where}`,
    values,
  );
  return row!.count;
};

describe('hand-offs that wait', () => {
  it('are offered oldest first, as many as a seller can take', async () => {
    await app.leads(900);
    await app.caughtUp();
    expect(await count(`status = 'waiting'`)).toBe(900);
    const sam = await app.seller('Sam Seller', { maxOpen: 3 });
    await eventually(async () => expect(await count(`status = 'offered'`)).toBe(3));
    const oldest = await app.rows<{ status: string }>(
      'select status from handoffs order by opened_at, id limit 4',
    );
    expect(oldest.map(({ status }) => status)).toEqual(['offered', 'offered', 'offered', 'waiting']);
    await app.put(sam, { available: false });
  });

  it('do not hide those behind them that a seller may have', async () => {
    const ann = await app.seller('Ann Seller', { available: false });
    // More than one transaction loads, and all of them before the others.
    await app.rows(
      `update handoffs set state = jsonb_set(state, '{avoid}', jsonb_build_array($1::text)) where id in
         (select id from handoffs where status = 'waiting' order by opened_at, id limit 450)`,
      [ann.id],
    );
    await app.put(ann, { available: true });
    await eventually(async () => expect(await count(`seller_id = $1`, [ann.id])).toBe(447));
    expect(await count(`status = 'waiting'`)).toBe(450);
    await app.put(ann, { available: false });
  });

  it('are all offered when a seller without limits is available', async () => {
    await app.seller('Bob Seller');
    await eventually(async () => expect(await count(`status = 'waiting'`)).toBe(0));
    await eventually(async () =>
      expect(await app.rows(`select from timers where kind = 'handoff'`)).toHaveLength(900),
    );
  });
});
