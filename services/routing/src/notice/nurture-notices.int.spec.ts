import { outgoing } from '@baton/bus';
import { LeadNurtureDue } from '@baton/contracts';
import { eventOf, eventually } from '@baton/testing';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { TestRouting } from '../routing.example.js';

let app: TestRouting;

beforeAll(async () => {
  app = await TestRouting.start(1);
}, 120_000);

afterAll(() => app?.close());

it('tells the last seller of a lead that marketing takes care of it, and nobody of a lead that sales never had', async () => {
  const sam = await app.seller('Sam Seller');
  const handoff = await app.newHandoff();
  const signal = (leadId: string, sequence: number) =>
    outgoing(
      LeadNurtureDue,
      eventOf(LeadNurtureDue, {
        leadId,
        words: 'Silent',
        signalledAt: app.service.clock.now().toISOString(),
      }),
      sequence,
    );
  const other = randomUUID();
  await app.service.publish(signal(handoff.leadId, 100), signal(other, 1));
  const [notice] = await eventually(async () => {
    const { items } = (await (await app.as(sam)).get('/notices')).body as { items: any[] };
    const told = items.filter(({ kind }) => kind === 'nurture-due');
    expect(told).toHaveLength(1);
    return told;
  });
  expect(notice).toMatchObject({
    leadId: handoff.leadId,
    title: 'Marketing takes care of a lead you had: Silent',
  });
  await app.caughtUp();
  const rows = await app.rows(`select from notice_deliveries where body ->> 'leadId' = $1`, [other]);
  expect(rows).toEqual([]);
});
