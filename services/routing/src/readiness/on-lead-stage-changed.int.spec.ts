import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { testUser } from '@baton/testing/service';
import { recycled, TestRouting } from '../routing.example.js';

let app: TestRouting;
const admin = testUser('Ada Admin', 'admin');

beforeAll(async () => {
  app = await TestRouting.start();
  await app.seller('Sam Seller');
  await app.seller('Ann Seller');
  await app.rows(`
    create function refuse_lead() returns trigger language plpgsql as $$
    begin
      if exists (select from refused where refused.lead_id = new.lead_id) then
        raise exception 'refused by a spec' using errcode = '22000';
      end if;
      return new;
    end $$`);
  await app.rows('create table refused (lead_id uuid primary key)');
  await app.rows(
    `create trigger refuse_lead before insert or update on lead_readiness for each row execute function refuse_lead()`,
  );
}, 120_000);

afterAll(() => app?.close());

const handoffsOf = (leadId: string) =>
  app.rows<{ seller_id: string; status: string }>(
    'select seller_id, status from handoffs where lead_id = $1 order by opened_at',
    [leadId],
  );

/** Rejects as a manager for the seller. */
const reject = async (handoffId: string): Promise<void> => {
  const manager = await app.as(app.manager);
  const { status } = await manager.post(`/handoffs/${handoffId}/reject`, { reason: 'no-budget' });
  expect(status).toBe(200);
};

/** Stage changes of a lead become dead letters while `publish` runs. */
const deadLettered = async (leadId: string, publish: () => Promise<unknown>): Promise<void> => {
  await app.caughtUp();
  await app.rows('insert into refused values ($1)', [leadId]);
  await publish();
  await app.caughtUp();
  await app.rows('delete from refused');
};

const putBackAll = async (): Promise<void> => {
  const client = await app.as(admin);
  const { body } = await client.get('/dead-letters?state=waiting');
  expect(body.items).toHaveLength(1);
  for (const { id } of body.items)
    expect((await client.post(`/dead-letters/${id}/put-back`, {})).status).toBe(202);
  await eventually(async () => {
    const { body } = await client.get('/dead-letters');
    expect(new Set(body.items.map((letter: any) => letter.state))).toEqual(new Set(['done']));
  });
};

describe('a sales-ready lead', () => {
  it('is offered once when it becomes so again, and when the topic is read again', async () => {
    const { id, leadId } = await app.newHandoff();
    await app.leads(1, { leadId, salesReady: false, to: 'lead', reached: [], cause: 'decay' });
    await app.leads(1, { leadId });
    await app.caughtUp();
    const count = () => app.rows('select count(*)::integer as count from handoffs');
    const before = await count();
    // Without the bus's own memory of what it has seen.
    await app.service.stop();
    await app.rows('delete from positions');
    await app.rows('delete from sequences');
    await app.service.restart();
    await app.caughtUp();
    expect(await count()).toEqual(before);
    expect(await app.handoffOf(leadId)).toMatchObject({ id, state: 'offered', offer: 1 });
    expect(app.typesOf(id)).toEqual(['offered']);
  });
});

describe('a rejected lead', () => {
  it('is offered again, to another seller, when it becomes sales-ready after the verdict and not before', async () => {
    const { id, leadId, seller } = await app.newHandoff();
    await reject(id);
    // Scoring decided this before it read the rejection; its clock may be ahead.
    await app.leads(1, { leadId, changedAt: '2100-01-01T00:00:00.000Z' });
    await app.leads(1, { leadId, ...recycled });
    await app.caughtUp();
    expect(await handoffsOf(leadId)).toHaveLength(1);
    // And this after it, by a clock that is behind.
    await app.leads(2, { leadId, from: 'recycled', changedAt: '2020-01-01T00:00:00.000Z' });
    await app.caughtUp();
    const handoffs = await handoffsOf(leadId);
    expect(handoffs.map(({ status }) => status)).toEqual(['rejected', 'offered']);
    expect(handoffs[1]!.seller_id).not.toBe(seller.id);
  });
});

describe('a stage change that was a dead letter', () => {
  it('opens no second hand-off when it is put back after a later one did', async () => {
    const { leadId } = await app.newHandoff();
    await deadLettered(leadId, () => app.leads(1, { leadId }));
    await reject((await app.handoffOf(leadId)).id);
    await app.leads(1, { leadId, ...recycled });
    await app.caughtUp();
    await putBackAll();
    expect(await handoffsOf(leadId)).toHaveLength(1);
  });

  it('opens none when the lead has moved back since', async () => {
    const [leadId] = await app.leads(1, { salesReady: false, to: 'lead', reached: ['lead'] });
    await deadLettered(leadId!, () => app.leads(1, { leadId: leadId! }));
    await app.leads(1, { leadId: leadId!, salesReady: false, to: 'lead', reached: [], cause: 'decay' });
    await app.caughtUp();
    await putBackAll();
    expect(await handoffsOf(leadId!)).toEqual([]);
  });

  it('takes effect when nothing later contradicts it', async () => {
    const [leadId] = await app.leads(1, { salesReady: false, to: 'lead', reached: ['lead'] });
    await deadLettered(leadId!, () => app.leads(1, { leadId: leadId! }));
    expect(await handoffsOf(leadId!)).toEqual([]);
    await putBackAll();
    expect(await handoffsOf(leadId!)).toHaveLength(1);
  });

  it('lets the lead be offered again when it is the answer to a rejection', async () => {
    const { id, leadId } = await app.newHandoff();
    await reject(id);
    await deadLettered(leadId, () => app.leads(1, { leadId, ...recycled }));
    await app.leads(1, { leadId, from: 'recycled' });
    await app.caughtUp();
    expect(await handoffsOf(leadId)).toHaveLength(1);
    await putBackAll();
    expect(await handoffsOf(leadId)).toHaveLength(2);
  });
});
