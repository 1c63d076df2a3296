import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DealOpened, HandoffOffered } from '@baton/contracts';
import type { User } from '@baton/platform';
import { eventually } from '@baton/testing';
import { testUser } from '@baton/testing/service';
import { randomUUID } from 'node:crypto';
import { TestScoring } from '../scoring.example.js';

let app: TestScoring;
let ada: string;
let bob: string;

const leadId = async (email: string): Promise<string> => (await app.search({ email }))[0].id;
const get = async (user: User, path: string): Promise<any> => (await app.as(user)).get(path);
const domainsOf = async (user: User, query = ''): Promise<string[]> =>
  (await get(user, `/accounts${query}`)).body.items.map(({ domain }: any) => domain);

beforeAll(async () => {
  app = await TestScoring.open();
  const emails = ['ada@engines.example', 'bob@mail.engines.example', 'cy@zuse.example', 'dan@gmail.com'];
  await app.publishActivities(
    ...emails.map((email) => app.salesReadyForm(email)),
    app.activity({ identifiers: { email: 'ada@engines.example' }, pageUrl: 'https://e.example/pricing' }),
    app.activity({
      identifiers: { email: 'eve@slow.example' },
      traits: { company: '100%_slow' },
      kind: 'identify',
    }),
  );
  await app.caughtUp();
  [ada, bob] = [await leadId('ada@engines.example'), await leadId('bob@mail.engines.example')];
  const to = { sellerId: app.seller.id, sellerName: app.seller.name };
  await app.publishHandoffEvent(HandoffOffered, { leadId: ada, handoffId: randomUUID(), ...to });
  await app.publishDealEvent(DealOpened, {
    leadId: bob,
    dealId: randomUUID(),
    value: { amount: 5_000, currency: 'EUR' },
  });
  await app.caughtUp();
  await eventually(async () =>
    expect(await domainsOf(app.manager)).toEqual(['engines.example', 'zuse.example', 'slow.example']),
  );
}, 120_000);

afterAll(() => app?.close());

describe('accounts', () => {
  it('are listed most engaged first, page by page', async () => {
    const first = (await get(app.marketing, '/accounts?limit=2')).body;
    expect(first.items.map(({ domain }: any) => domain)).toEqual(['engines.example', 'zuse.example']);
    expect(first.items[0]).toMatchObject({
      name: 'Engines Ltd',
      people: 2,
      engagedPeople: 2,
      isCustomer: false,
    });
    const rest = (await get(app.marketing, `/accounts?limit=2&cursor=${first.next}`)).body;
    expect(rest).toMatchObject({ items: [{ domain: 'slow.example', points: 0 }], next: null });
  });

  it.each<[string, string[]]>([
    ['ZUSE', ['zuse.example']],
    ['engines ltd', ['engines.example', 'zuse.example']],
    ['0%_s', ['slow.example']],
    ['%%', []],
    ['gmail', []],
  ])('are found by name or domain: “%s”', async (text, domains) => {
    expect(await domainsOf(app.manager, `?text=${encodeURIComponent(text)}`)).toEqual(domains);
  });

  it('have facts, people by score with stage and owner, activities and deals', async () => {
    const { body } = await get(app.manager, '/accounts/Engines.example');
    expect(body).toMatchObject({ domain: 'engines.example', people: 2, engagedPeople: 2 });
    expect(body.leads.map(({ id }: any) => id)).toEqual([ada, bob]);
    expect(body.leads[0]).toMatchObject({
      name: 'Ada King',
      jobTitle: 'Head of Operations',
      owner: { id: app.seller.id },
      stage: 'mql',
    });
    expect(body.leads[1]).toMatchObject({ stage: 'opportunity', owner: null });
    expect(body.activities).toEqual([
      { kind: 'form', count: 2 },
      { kind: 'page', count: 1 },
    ]);
    expect(body.deals).toEqual([{ state: 'open', currency: 'EUR', amount: 5_000, count: 1 }]);
  });

  it('show a seller the totals of those they have a lead of, and no lead or account of others', async () => {
    expect(await domainsOf(app.seller)).toEqual(['engines.example']);
    const { body } = await get(app.seller, '/accounts/engines.example');
    expect(body).toMatchObject({ people: 2, engagedPeople: 2 });
    expect(body.leads.map(({ id }: any) => id)).toEqual([ada]);
    expect(JSON.stringify(body)).not.toContain('bob@');
    const unseen = await get(app.seller, '/accounts/zuse.example');
    const unknown = await get(app.seller, '/accounts/unknown.example');
    expect([unseen.status, unknown.status]).toEqual([404, 404]);
    expect(unseen.body.detail.replace('zuse', 'unknown')).toBe(unknown.body.detail);
    expect(await domainsOf(testUser('Moe New', 'seller'))).toEqual([]);
    expect(await domainsOf(app.seller, '?text=zuse')).toEqual([]);
  });

  it.each(['?limit=0', '?text=a', '?cursor=x', `?text=${'a'.repeat(101)}`])('refuse %s', async (query) => {
    expect((await get(app.manager, `/accounts${query}`)).status).toBe(400);
  });

  it('are named by their leads, and by no lead of a free provider', async () => {
    expect((await app.lead(bob)).accountDomain).toBe('engines.example');
    expect((await app.lead(await leadId('dan@gmail.com'))).accountDomain).toBeNull();
  });

  it('filter leads', async () => {
    const found = async (user: User, account: string) =>
      (await (await app.as(user)).post('/leads/search', { account })).body.items.map(({ id }: any) => id);
    expect((await found(app.manager, 'ENGINES.example')).sort()).toEqual([ada, bob].sort());
    expect(await found(app.manager, 'mail.engines.example')).toEqual([]);
    expect(await found(app.seller, 'engines.example')).toEqual([ada]);
    expect(await found(app.seller, 'zuse.example')).toEqual([]);
  });
});
