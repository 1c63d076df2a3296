import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HandoffOffered } from '@baton/contracts';
import { randomUUID } from 'node:crypto';
import { TestScoring } from '../scoring.example.js';

let app: TestScoring;

beforeAll(async () => {
  app = await TestScoring.open();
}, 120_000);

afterAll(() => app?.close());

/** A lead with these traits, and an address of its own. */
const leadOf = async (traits: Record<string, unknown>, mailbox: string = randomUUID()): Promise<string> => {
  const email = `${mailbox}@engines.example`;
  await app.publishActivities(app.activity({ kind: 'form', identifiers: { email }, traits }));
  await app.caughtUp();
  return (await app.search({ email }))[0].id;
};

const pairsOf = async (id: string): Promise<any[]> =>
  (await (await app.as(app.manager)).get(`/leads/${id}/duplicates`)).body;

const digits = (): string => String(Math.floor(Math.random() * 1e8)).padStart(8, '7');

describe('leads that may be one person', () => {
  it('are suggested with what is alike, until they are merged, and not again when that is undone', async () => {
    const manager = await app.as(app.manager);
    const phone = `+4420${digits()}`;
    const name = { firstName: `Ada ${randomUUID().slice(0, 8)}`, lastName: 'King', company: 'Engines Ltd' };
    const one = await leadOf({ ...name, phone });
    const other = await leadOf({ ...name, company: 'ENGINES' });
    const third = await leadOf({ phone });
    const pairs = await pairsOf(one);
    expect(pairs.map(({ likenesses }) => likenesses).sort()).toEqual([['name'], ['phone']]);
    expect(
      pairs
        .flatMap(({ leadIds }) => leadIds)
        .filter((id: string) => id !== one)
        .sort(),
    ).toEqual([other, third].sort());
    const all = (await manager.get('/duplicates?limit=100')).body.items;
    for (const pair of pairs) expect(all).toContainEqual(pair);

    const { leadId } = (await manager.post(`/leads/${one}/merges`, { leadId: other })).body;
    expect(await pairsOf(leadId)).toMatchObject([{ likenesses: ['phone'] }]);
    const [link] = (await manager.get(`/leads/${leadId}/merges`)).body;
    await manager.post(`/leads/${leadId}/merges/${link.id}/undo`, {});
    expect((await pairsOf(other)).flatMap(({ leadIds }) => leadIds)).not.toContain(one);
  });

  it('are two when somebody says so, until that is taken back', async () => {
    const manager = await app.as(app.manager);
    const mailbox = randomUUID().replace(/-/g, '');
    const one = await leadOf({}, mailbox);
    await leadOf({}, `${mailbox}+news`);
    const [pair] = await pairsOf(one);
    expect(pair).toMatchObject({ likenesses: ['address'] });
    expect((await manager.post(`/duplicates/${pair.id}/dismiss`, {})).body).toEqual({
      id: pair.id,
      dismissed: true,
    });
    expect(await pairsOf(one)).toEqual([]);
    expect((await manager.get('/duplicates?limit=100')).body.items).not.toContainEqual(pair);
    await manager.post(`/duplicates/${pair.id}/restore`, {});
    expect(await pairsOf(one)).toEqual([pair]);
    expect((await manager.post(`/duplicates/${randomUUID()}/dismiss`, {})).status).toBe(404);
  });

  it('are judged by those alone who see both', async () => {
    const phone = `+4420${digits()}`;
    const one = await leadOf({ phone });
    await leadOf({ phone });
    const [pair] = await pairsOf(one);
    await app.publishHandoffEvent(HandoffOffered, { leadId: one, handoffId: randomUUID() });
    await app.caughtUp();
    const ofNoTeam = await app.as({ ...app.manager, leads: [] });
    for (const verdict of ['dismiss', 'restore'])
      expect((await ofNoTeam.post(`/duplicates/${pair.id}/${verdict}`, {})).status).toBe(404);
    expect(await pairsOf(one)).toEqual([pair]);
  });

  it('are not alike any longer when what was alike is corrected', async () => {
    const phone = `+4420${digits()}`;
    const mailbox = randomUUID();
    const one = await leadOf({ phone });
    await leadOf({ phone }, mailbox);
    expect(await pairsOf(one)).toHaveLength(1);
    await leadOf({ phone: `+4420${digits()}` }, mailbox);
    expect(await pairsOf(one)).toEqual([]);
  });

  it('are found behind more pairs that are not alike any longer than one query reads', async () => {
    const manager = await app.as(app.manager);
    const phone = `+4420${digits()}`;
    const one = await leadOf({ phone });
    await leadOf({ phone });
    const [pair] = await pairsOf(one);
    const stale = await app.db.database.rows<{ id: string }>(
      `with unlike as (
         insert into leads select (jsonb_populate_record(leads, jsonb_build_object('id', gen_random_uuid(), 'traits', '{}'::jsonb))).*
         from leads, generate_series(1, 40) where id = $1 returning id
       )
       insert into duplicates (one, other, found_at)
       select a.id, b.id, now() from unlike a join unlike b on a.id < b.id returning id`,
      [one],
    );
    expect(stale).toHaveLength(780);
    expect((await manager.get('/duplicates?limit=1')).body.items).toEqual([pair]);
  });

  it('are not suggested by the number of a switchboard', async () => {
    const phone = `+4420${digits()}`;
    const forms = Array.from({ length: 12 }, () =>
      app.activity({
        kind: 'form',
        identifiers: { email: `${randomUUID()}@engines.example` },
        traits: { phone },
      }),
    );
    await app.publishActivities(...forms);
    await app.caughtUp();
    const [{ id }] = await app.search({ email: forms[0]!.identifiers.email! });
    expect(await pairsOf(id)).toEqual([]);
  });

  it('are not shown to a seller who sees neither', async () => {
    const phone = `+4420${digits()}`;
    const one = await leadOf({ phone });
    await leadOf({ phone });
    const seller = await app.as(app.seller);
    expect((await seller.get('/duplicates')).body.items).toEqual([]);
    expect((await seller.get(`/leads/${one}/duplicates`)).status).toBe(404);
  });
});
