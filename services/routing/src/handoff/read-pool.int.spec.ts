import { eventually } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestRouting } from '../routing.example.js';

let app: TestRouting;

beforeAll(async () => {
  app = await TestRouting.start(1, { DATABASE_READ_TIMEOUT_MS: '200', DATABASE_READ_POOL_SIZE: '2' });
}, 120_000);

afterAll(() => app?.close());

describe('queries of people', () => {
  it('end after the time limit of the read pool, and the decisions that wait for the same table do not', async () => {
    const sam = await app.seller('Sam Seller');
    const handoff = await app.newHandoff();
    const manager = await app.as(app.manager);
    const paths = [
      '/handoffs',
      `/handoffs/${handoff.id}`,
      `/handoffs/reject-reasons?handoffId=${handoff.id}`,
      '/sellers',
      `/sellers/${sam.id}`,
    ];
    let accepted: ReturnType<typeof manager.post> | undefined;
    await app.service.database.database.transaction(async (tx) => {
      await tx.rows('lock table handoffs, sellers in access exclusive mode');
      accepted = manager.post(`/handoffs/${handoff.id}/accept`, {});
      // More than the pool has connections, and while the lock is held.
      const answers = await Promise.all([...paths, ...paths].map((path) => manager.get(path)));
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 503));
    });
    expect((await accepted!).status).toBe(200);
    // 200 ms may pass on a loaded machine without a lock, too.
    for (const path of paths)
      await eventually(async () => expect((await manager.get(path)).status).toBe(200));
  });
});
