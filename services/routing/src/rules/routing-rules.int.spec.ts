import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { User } from '@baton/platform';
import { eventually } from '@baton/testing';
import { TestRouting } from '../routing.example.js';

let app: TestRouting;
let dana: User;

beforeAll(async () => {
  app = await TestRouting.start();
  await app.rows(`insert into teams (name) values ('DACH')`);
  await app.seller('Sam Seller');
  dana = await app.seller('Dana Dach', { team: 'DACH' });
}, 120_000);

afterAll(() => app?.close());

const sign = async (rules: object[]) => {
  const marketing = await app.as(app.marketing);
  const body = { document: { rules, fallback: { team: 'Sales' } }, note: 'for a spec' };
  const { id } = (await marketing.post('/definitions/routing-rules', body)).body as { id: string };
  await marketing.post(`/definitions/${id}/sign`, {});
  const signed = await (await app.as(app.manager)).post(`/definitions/${id}/sign`, {});
  expect(signed.body).toMatchObject({ state: 'active' });
  return id;
};

const handoffOf = async (profile: object) => {
  const [leadId] = await app.leads(1, { profile });
  return eventually(async () => {
    const handoff: any = await app.handoffOf(leadId!);
    if (!handoff) throw new Error('no hand-off yet');
    return handoff;
  });
};

const decisionOf = async (id: string) =>
  (await (await app.as(app.manager)).get(`/handoffs/${id}/decision`)).body;

it('sends leads to the team of the rule that both teams signed, and says which', async () => {
  const before = await handoffOf({ country: 'DE' });
  expect(before.seller.name).toBe('Sam Seller');
  const id = await sign([
    { key: 'dach', name: 'DACH', when: { fact: 'country', is: 'DE' }, to: { team: 'DACH' } },
  ]);

  const matched = await handoffOf({ country: 'de' });
  expect(matched.seller.name).toBe('Dana Dach');
  expect(await decisionOf(matched.id)).toMatchObject({
    rule: 'DACH',
    rulesId: id,
    team: 'DACH',
    sellerId: dana.id,
  });

  const other = await handoffOf({ country: 'FR' });
  expect(other.seller.name).toBe('Sam Seller');
  expect(await decisionOf(other.id)).toMatchObject({ rule: null, rulesId: id, team: 'Sales' });
});

it('falls back when no seller of the team can take the lead', async () => {
  await app.put(dana, { team: 'DACH', available: false });
  const handoff = await handoffOf({ country: 'DE' });
  expect(handoff.seller.name).toBe('Sam Seller');
  const { why, team } = await decisionOf(handoff.id);
  expect(team).toBe('Sales');
  expect(why).toContain('Dana Dach is away');
});

it('passes over a team that does not exist', async () => {
  await sign([{ key: 'moon', name: 'Moon', when: { fact: 'country', is: 'FR' }, to: { team: 'Moon' } }]);
  expect((await handoffOf({ country: 'FR' })).seller.name).toBe('Sam Seller');
});

describe('rules with more than a team', () => {
  const toDach = (to: object) => ({ key: 'dach', name: 'DACH', when: { fact: 'country', is: 'DE' }, to });

  it('offer leads to sellers who meet the needs, and say why the others did not get them', async () => {
    await app.put(dana, { team: 'DACH', languages: ['de-AT'], skills: ['Banking'] });
    const otto = await app.seller('Otto Other', { team: 'DACH', languages: ['en'] });
    await sign([toDach({ team: 'DACH', languages: ['de'] })]);
    for (let n = 0; n < 3; n += 1) {
      const handoff = await handoffOf({ country: 'DE' });
      expect(handoff.seller.name).toBe('Dana Dach');
      const { candidates } = await decisionOf(handoff.id);
      expect(candidates).toContainEqual(
        expect.objectContaining({ id: otto.id, obstacle: 'does not speak de', isChosen: false }),
      );
    }
    await app.put(otto, { team: 'DACH', available: false });
  });

  it('keep to the needs when a lead goes to another seller', async () => {
    const otto = await app.seller('Otto Second', { team: 'DACH', languages: ['en'] });
    const { id, seller } = await handoffOf({ country: 'DE' });
    expect(seller.name).toBe('Dana Dach');
    const manager = await app.as(app.manager);
    const moved = await manager.post(`/handoffs/${id}/reassign`, {});
    expect(moved.status).toBe(409);
    expect(JSON.stringify(moved.body)).toContain('Otto Second does not speak de');
    await app.put(otto, { team: 'DACH', available: false });
  });

  it('send a lead to the seller of another lead of its account', async () => {
    await sign([{ key: 'account', name: 'Account', to: { owner: 'account' } }, toDach({ team: 'DACH' })]);
    const first = await handoffOf({ country: 'DE', company: 'Acme Ltd' });
    expect(first.seller.name).toBe('Dana Dach');
    await app.seller('Sue Second');
    for (let n = 0; n < 3; n += 1) {
      const { id, seller } = await handoffOf({ country: 'FR', company: ' ACME ltd ' });
      expect(seller.name).toBe('Dana Dach');
      expect(await decisionOf(id)).toMatchObject({ method: 'owner', rule: 'Account' });
    }
    expect((await handoffOf({ country: 'FR', company: 'Other Ltd' })).seller.name).not.toBe('Dana Dach');
  });
});

it('a waiting lead is offered by the fallback as soon as it has a seller, and one whose needs nobody meets hides no other', async () => {
  await sign([
    { key: 'fr', name: 'FR', when: { fact: 'country', is: 'FR' }, to: { team: 'DACH', skills: ['French'] } },
    { key: 'de', name: 'DE', when: { fact: 'country', is: 'DE' }, to: { team: 'DACH' } },
  ]);
  const sellers = (await (await app.as(app.manager)).get('/sellers')).body as { items: any[] };
  const away = async (available: boolean, team: string) => {
    for (const each of sellers.items.filter((seller) => seller.team === team))
      await app.put(each, { team, skills: each.skills, available });
  };
  await away(false, 'DACH');
  await away(false, 'Sales');
  // More than one page of waiting leads.
  const french = await app.leads(205, { profile: { country: 'FR' } });
  await app.caughtUp();
  const german = await handoffOf({ country: 'DE' });
  expect(german.state).toBe('waiting');
  const lots = await app.seller('Lara Lots', { team: 'DACH', maxPerDay: 50 });
  await eventually(async () => expect((await app.handoff(german.id)).seller?.name).toBe('Lara Lots'));
  expect((await app.handoffOf(french[0]!)).state).toBe('waiting');
  await app.put(lots, { team: 'DACH', available: false });
  const fay = await app.seller('Fay Fallback', { maxPerDay: 3 });
  const offered = await eventually(async () => {
    const rows = await app.rows<{ id: string }>(
      `select id from handoffs where seller_id = $1 order by opened_at`,
      [fay.id],
    );
    expect(rows).toHaveLength(3);
    return rows;
  });
  const decision = await decisionOf(offered[0]!.id);
  expect(decision).toMatchObject({
    team: 'Sales',
    sellerId: fay.id,
    rule: null,
    rulesId: expect.any(String),
  });
});
