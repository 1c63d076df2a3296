import { HandoffOffered, HandoffReassigned, HandoffRejected } from '@baton/contracts';
import type { User } from '@baton/platform';
import { testUser } from '@baton/testing/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { TestScoring } from '../scoring.example.js';

let app: TestScoring;
/** A lead that Sam was offered first and Ann second, and who rejected it; one of Ann alone; one that nobody was offered. */
let shared: string;
let anns: string;
let nobodys: string;
const ann = testUser('Ann Seller', 'seller');

const to = ({ id, name }: User) => ({ sellerId: id, sellerName: name });
const rejectedAt = new Date().toISOString();

beforeAll(async () => {
  app = await TestScoring.open();
  [shared, anns, nobodys] = [await app.readyLead(), await app.readyLead(), await app.readyLead()];
  const handoff = { leadId: shared, handoffId: randomUUID() };
  await app.publishHandoffEvent(HandoffOffered, { ...handoff, ...to(app.seller) });
  await app.publishHandoffEvent(HandoffReassigned, { ...handoff, ...to(ann), offerNumber: 2 });
  await app.publishHandoffEvent(HandoffRejected, { ...handoff, ...to(ann), offerNumber: 2, rejectedAt });
  await app.publishHandoffEvent(HandoffOffered, { leadId: anns, handoffId: randomUUID(), ...to(ann) });
  await app.caughtUp();
}, 120_000);
afterAll(() => app?.close());

const found = async (user: User, filter: object = {}): Promise<string[]> => {
  const { body } = await (await app.as(user)).post('/leads/search', filter);
  return body.items.map(({ id }: any) => id);
};
const pagesOf = async (user: User, leadId: string): Promise<number[]> => {
  const client = await app.as(user);
  const paths = ['', '/activities', '/score'].map((path) => client.get(`/leads/${leadId}${path}`));
  return (await Promise.all(paths)).map(({ status }) => status);
};

describe('a manager', () => {
  const manager = (leads: 'all' | readonly string[]): User => ({
    ...testUser('Mia Manager', 'manager'),
    leads,
  });

  it('sees the leads that sellers they lead were offered, now or before, and those of nobody', async () => {
    const everything = await found(manager('all'));
    expect(everything).toEqual(expect.arrayContaining([nobodys, anns, shared]));
    expect(await found(manager([app.seller.id]))).toEqual(everything.filter((id) => id !== anns));
    expect(await found(manager([ann.id]))).toEqual(everything);
    expect(await found(manager([]))).toEqual(everything.filter((id) => ![anns, shared].includes(id)));
    const { leads: _, ...unsaid } = manager('all');
    expect(await found(unsaid)).toEqual(await found(manager([])));
  });

  it('is told of others what is said of leads that do not exist, on every page and command', async () => {
    const sams = manager([app.seller.id]);
    expect(await pagesOf(sams, shared)).toEqual([200, 200, 200]);
    expect(await pagesOf(sams, anns)).toEqual([404, 404, 404]);
    expect(await found(sams, { owner: ann.id })).toEqual([]);
    const [lead] = await app.search({ ids: [anns] });
    expect(await found(sams, { email: lead.traits.email })).toEqual([]);
    const client = await app.as(sams);
    for (const [into, other] of [
      [shared, anns],
      [anns, shared],
    ])
      expect((await client.post(`/leads/${into}/merges`, { leadId: other })).status).toBe(404);
    expect((await client.get(`/leads/${anns}/merges`)).status).toBe(404);
    expect((await client.get(`/leads/${anns}/score/history`)).status).toBe(404);
  });

  it('may lead a thousand sellers', async () => {
    const many = [app.seller.id, ...Array.from({ length: 999 }, () => randomUUID())];
    expect(await found(manager(many), { ids: [anns, shared] })).toEqual([shared]);
  });
});

describe('a seller', () => {
  it('sees the leads they own or were offered, now or before, in every search', async () => {
    expect(await found(app.seller)).toEqual([shared]);
    expect(await found(ann)).toEqual([anns, shared]);
    expect(await found(testUser('Moe New', 'seller'))).toEqual([]);
    expect(await found(app.seller, { ids: [nobodys, anns, shared] })).toEqual([shared]);
    expect(await found(app.seller, { owner: ann.id })).toEqual([]);
    expect(await found(ann, { owner: ann.id })).toEqual([anns]);
    expect(await found(app.seller, { text: 'Engines' })).toEqual([shared]);
    expect(await found(app.seller, { text: 'ada', stages: ['customer'] })).toEqual([]);
  });

  it('finds nobody by the address of a lead that a colleague was offered', async () => {
    const [lead] = await app.search({ ids: [anns] });
    expect(await found(app.seller, { email: lead.traits.email })).toEqual([]);
    expect(await found(ann, { email: lead.traits.email })).toEqual([anns]);
  });

  it('reads these leads, and is told of others what is said of leads that do not exist', async () => {
    expect(await pagesOf(app.seller, shared)).toEqual([200, 200, 200]);
    for (const leadId of [anns, nobodys, randomUUID()])
      expect(await pagesOf(app.seller, leadId)).toEqual([404, 404, 404]);
    const { body } = await (await app.as(app.seller)).get(`/leads/${anns}`);
    expect(body.detail).toBe(`There is no lead ${anns}.`);
  });

  it('gets pages that are full of their own leads', async () => {
    const client = await app.as(ann);
    const first = (await client.post('/leads/search', { limit: 1 })).body;
    const second = (await client.post('/leads/search', { limit: 1, cursor: first.next })).body;
    expect([first, second].flatMap(({ items }) => items.map(({ id }: any) => id))).toEqual([anns, shared]);
    expect(second.next).toBeNull();
  });

  it('sees as much after all events were read again', async () => {
    await app.rereadTopics();
    await app.caughtUp();
    expect(await found(app.seller)).toEqual([shared]);
  });
});

it.each(['marketing', 'manager', 'operations', 'viewer', 'admin'] as const)(
  '%s sees all leads',
  async (role) => {
    const user = testUser('Somebody', role);
    expect(await found(user)).toEqual([nobodys, anns, shared]);
    for (const leadId of [nobodys, anns, shared])
      expect(await pagesOf(user, leadId)).toEqual([200, 200, 200]);
  },
);
