import { eventually, type Answer, type HttpClient } from '@baton/testing';
import { testUser } from '@baton/testing/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WriteKeysExample } from './write-keys.example.js';

const DAY_MS = 86_400_000;
const ORIGIN = 'https://www.engines.example';

let keys: WriteKeysExample;

beforeAll(async () => {
  keys = await WriteKeysExample.start();
}, 120_000);

afterAll(() => keys?.service.close());

describe('the write keys of a source', () => {
  it('are several, listed by their first characters, newest first', async () => {
    const { id, writeKey } = await keys.newSource();
    const shop = await keys.created(id, {
      name: 'Shop',
      origins: [`${ORIGIN}/`, ORIGIN],
      kinds: ['page', 'track'],
    });
    const listed = await keys.keysOf(id);
    expect(listed).toEqual([
      {
        id: shop.id,
        name: 'Shop',
        prefix: shop.writeKey.slice(0, 9),
        createdAt: expect.any(String),
        lastUsedAt: null,
        endsAt: null,
        replacedBy: null,
        origins: [ORIGIN],
        kinds: ['page', 'track'],
      },
      expect.objectContaining({ name: 'First key', prefix: writeKey.slice(0, 9), origins: [], kinds: [] }),
    ]);
    const stored = JSON.stringify(await keys.service.database.database.rows('select * from write_keys'));
    for (const secret of [writeKey, shop.writeKey]) expect(stored).not.toContain(secret);
  });

  it('tell the audit log what of them and of their source was changed, and no key', async () => {
    const told = ({ headers }: Answer): unknown => JSON.parse(headers.get('baton-changes') ?? '{}');
    const made = (to: unknown) => ({ from: null, to });
    const { id } = await keys.newSource();
    const client = await keys.marketing();
    const change = { name: 'Shop', eventsPerDay: 9, personAgents: ['Zapier'] };
    expect(told(await client.put(`/sources/${id}`, change))).toEqual({
      name: { from: 'Source', to: 'Shop' },
      eventsPerDay: made(9),
      personAgents: { from: [], to: ['zapier'] },
    });
    expect(told(await client.put(`/sources/${id}`, change))).toEqual({});
    const created = await keys.create(id, { origins: [ORIGIN] });
    const key = created.body.id as string;
    expect(told(created)).toEqual({
      id: made(key),
      name: made('Shop'),
      origins: made([ORIGIN]),
      kinds: made([]),
    });
    expect(told(await keys.change(id, key, { origins: [ORIGIN], kinds: ['page'] }))).toEqual({
      kinds: { from: [], to: ['page'] },
    });
    const rotated = await keys.rotate(id, key);
    expect(told(rotated)).toEqual({
      replacedBy: made(rotated.body.id),
      endsAt: made(expect.stringMatching(/^\d{4}-/)),
    });
    expect(told(await keys.revoke(id, rotated.body.id as string))).toEqual({
      endsAt: made(expect.stringMatching(/^\d{4}-/)),
    });
    expect(told(await keys.revoke(id, rotated.body.id as string))).toEqual({});
  });

  it('say when they were last used', async () => {
    const { id, writeKey } = await keys.newSource();
    const unused = await keys.created(id);
    expect((await keys.send(writeKey)).status).toBe(200);
    const lastUses = () => keys.keysOf(id).then((listed) => listed.map(({ lastUsedAt }) => lastUsedAt));
    await eventually(async () => expect(await lastUses()).toEqual([null, expect.any(String)]));
    const form = await keys.newForm(id);
    expect((await keys.http.post(form, { email: 'ada@engines.example' })).status).toBe(200);
    await eventually(async () => expect((await lastUses())[0]).not.toBeNull());
    expect((await keys.keysOf(id))[0]).toMatchObject({ id: unused.id });
  });

  it('are twenty in force at most, and as many that ended', async () => {
    const { id } = await keys.newSource();
    const made = await Promise.all(Array.from({ length: 25 }, () => keys.create(id)));
    expect(made.filter(({ status }) => status === 201)).toHaveLength(19);
    const refused = made.find(({ status }) => status !== 201);
    expect(refused).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('20 write keys') },
    });
    const [newest] = await keys.keysOf(id);
    expect((await keys.rotate(id, newest!.id, { overlapHours: 1 })).status).toBe(409);
    let key = newest!.id;
    for (let time = 0; time < 22; time += 1) {
      const rotated = await keys.rotate(id, key, { overlapHours: 0 });
      expect(rotated.status).toBe(201);
      key = rotated.body.id;
    }
    const listed = await keys.keysOf(id);
    expect(listed.filter(({ endsAt }) => endsAt === null)).toHaveLength(20);
    expect(listed).toHaveLength(40);
  });

  it.each([
    ['an origin with a path', { origins: [ORIGIN, `${ORIGIN}/shop`] }, '/origins/1'],
    ['an origin that is everybody', { origins: ['*'] }, '/origins/0'],
    ['the origin null', { origins: ['null'] }, '/origins/0'],
    ['51 origins', { origins: Array.from({ length: 51 }, (_, i) => `https://s${i}.example`) }, '/origins'],
    ['an unknown kind', { kinds: ['click'] }, '/kinds'],
    ['no name', { name: '' }, '/name'],
    ['an end in the past', { endsAt: '2020-01-01T00:00:00Z' }, '/endsAt'],
    ['a day that does not exist as its end', { endsAt: '2099-02-30T00:00:00Z' }, '/endsAt'],
  ])('are not made with %s', async (_, settings, pointer) => {
    const { id } = await keys.newSource();
    expect(await keys.create(id, settings)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
    expect(await keys.keysOf(id)).toHaveLength(1);
  });

  it('are refused for unknown sources and keys, and to other roles', async () => {
    const { id } = await keys.newSource();
    const nobody = '00000000-0000-4000-8000-000000000000';
    const [key] = await keys.keysOf((await keys.newSource()).id);
    const client = await keys.marketing();
    const settings = { name: 'x', origins: [], kinds: [] };
    const statuses = [
      await client.get('/sources/nobody/keys'),
      await keys.create('nobody'),
      await keys.rotate('nobody', nobody),
      await keys.rotate(id, nobody),
      await keys.revoke(id, nobody),
      // Of another source.
      await keys.rotate(id, key!.id),
      await keys.revoke(id, key!.id),
      await client.put(`/sources/${id}/keys/${key!.id}`, settings),
      await client.put(`/sources/${id}/keys/x`, settings),
      await keys.rotate(id, nobody, { overlapHours: 91 * 24 }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([404, 404, 404, 404, 404, 404, 404, 404, 400, 400]);
    const seller = await keys.service.as(testUser('Seller', 'seller'));
    expect((await seller.get(`/sources/${id}/keys`)).status).toBe(403);
    expect((await seller.post(`/sources/${id}/keys`, settings)).status).toBe(403);
    expect((await keys.http.get(`/sources/${id}/keys`)).status).toBe(401);
  });
});

describe('a write key ends', () => {
  it('when it is revoked: at once in this process, within seconds in others, and for good', async () => {
    const { id, writeKey } = await keys.newSource();
    const [first] = await keys.keysOf(id);
    expect([(await keys.send(writeKey)).status, (await keys.send(writeKey, {}, keys.other)).status]).toEqual([
      200, 200,
    ]);
    expect((await keys.revoke(id, first!.id)).status).toBe(204);
    const refused = await keys.send(writeKey);
    expect(refused).toMatchObject({
      status: 401,
      body: { detail: expect.stringMatching(/has ended.*Write keys/) },
    });
    await eventually(async () => expect((await keys.send(writeKey, {}, keys.other)).status).toBe(401));
    const [ended] = await keys.keysOf(id);
    expect((await keys.revoke(id, first!.id)).status).toBe(204);
    expect(await keys.keysOf(id)).toEqual([ended]);
    expect((await keys.http.get(`/v1/projects/${writeKey}/settings`)).status).toBe(404);
    expect((await keys.http.get(`/sourceConfig?writeKey=${writeKey}`)).status).toBe(401);
    await eventually(async () => {
      const { body } = await (await keys.marketing()).get(`/sources/${id}/requests?show=notable`);
      expect(body[0]).toMatchObject({ status: 401, detail: expect.stringContaining('has ended') });
    });
  });

  it('after the overlap of its rotation, which others see, too', async () => {
    const { id, writeKey } = await keys.newSource();
    const [old] = await keys.keysOf(id);
    const settings = { name: 'Web site', origins: [ORIGIN], kinds: ['page'] };
    expect((await keys.change(id, old!.id, settings)).status).toBe(204);
    const rotated = await keys.rotate(id, old!.id);
    expect(rotated.status).toBe(201);
    const successor = rotated.body as { id: string; writeKey: string };
    const [next, replaced] = await keys.keysOf(id);
    expect(next).toMatchObject({ id: successor.id, endsAt: null, replacedBy: null, ...settings });
    expect(replaced).toMatchObject({ id: old!.id, replacedBy: successor.id });
    expect(Date.parse(replaced!.endsAt!) - Date.parse(next!.createdAt)).toBe(7 * DAY_MS);
    expect((await keys.rotate(id, old!.id)).status).toBe(409);

    const both = async (client: HttpClient) => [
      (await keys.send(writeKey, { origin: ORIGIN }, client)).status,
      (await keys.send(successor.writeKey, { origin: ORIGIN }, client)).status,
    ];
    expect([await both(keys.http), await both(keys.other)]).toEqual([
      [200, 200],
      [200, 200],
    ]);
    keys.service.clock.skip(7 * DAY_MS);
    // By the clock, without another read.
    expect([await both(keys.http), await both(keys.other)]).toEqual([
      [401, 200],
      [401, 200],
    ]);
    expect((await keys.rotate(id, old!.id)).status).toBe(409);
  });

  it('with its rotation when there is no overlap, and never later than it was to', async () => {
    const { id } = await keys.newSource();
    const endsAt = new Date(keys.service.clock.now().getTime() + DAY_MS).toISOString();
    const shop = await keys.created(id, { endsAt });
    const next = (await keys.rotate(id, shop.id)).body as { id: string; writeKey: string };
    expect(await keys.keysOf(id)).toMatchObject([{ id: next.id, endsAt }, { id: shop.id, endsAt }, {}]);
    const last = (await keys.rotate(id, next.id, { overlapHours: 0 })).body as {
      id: string;
      writeKey: string;
    };
    expect([(await keys.send(next.writeKey)).status, (await keys.send(last.writeKey)).status]).toEqual([
      401, 200,
    ]);
    keys.service.clock.skip(DAY_MS);
    expect((await keys.send(last.writeKey)).status).toBe(401);
  });
});
