import { eventually, httpClient } from '@baton/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { admin, cookieOf, PASSWORD, TestGateway } from '../gateway.example.js';

const DAY = 86_400_000;
const UNKNOWN = '4f8f8f0c-6a4e-4b62-8f5e-0c6b5c1b9c11';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await TestGateway.prepare();
}, 60_000);
beforeEach(() => gateway.open());
afterEach(() => gateway.close());
afterAll(() => gateway?.end());

const request = { name: 'nightly export', role: 'marketing', scope: 'write' };
const create = (over: object = {}) => gateway.client.post('/api/tokens', { ...request, ...over }, admin);
const made = async (over: object = {}) => {
  const { status, body } = await create(over);
  expect(status).toBe(201);
  return { ...body, headers: { authorization: `Bearer ${body.token}` } };
};
/** Without the token of the specs, which is the oldest. */
const listed = async () => (await gateway.client.get('/api/tokens', admin)).body.items.slice(0, -1);
const revoke = (id: string, headers: Record<string, string> = admin) =>
  gateway.client.post(`/api/tokens/${id}/revoke`, {}, headers);
const statusWith = async (headers: Record<string, string>, client = gateway.client) =>
  (await client.get('/api/leads/1', headers)).status;

describe('an API token', () => {
  it('is shown once, and listed by its first characters with who made it', async () => {
    const { headers, token, ...rest } = await made();
    expect(token).toMatch(/^bt_[\w-]{43}$/);
    expect(rest).toEqual({
      id: expect.any(String),
      ...request,
      prefix: token.slice(0, 9),
      createdAt: '2026-01-05T09:00:00.000Z',
      createdBy: 'admin token',
      expiresAt: '2026-04-05T09:00:00.000Z',
      usedAt: null,
      revokedAt: null,
      revokedBy: null,
      suspended: false,
    });
    expect(await listed()).toEqual([rest]);
    expect(await statusWith(headers)).toBe(200);
    const [row] = await gateway.database.database.rows<{ kept: string }>(
      'select tokens::text as kept from tokens',
    );
    expect(row?.kept).not.toContain(token.slice(9));
  });

  it('is made, listed and revoked by administrators only', async () => {
    await gateway.addUser('ada@baton.example', 'operations');
    const cookie = cookieOf(await gateway.login('ada@baton.example'));
    const { id, headers } = await made();
    for (const caller of [cookie, headers])
      expect([
        (await gateway.client.post('/api/tokens', request, caller)).status,
        (await gateway.client.get('/api/tokens', caller)).status,
        (await revoke(id, caller)).status,
      ]).toEqual([403, 403, 403]);
    expect(await statusWith(headers)).toBe(200);
  });

  it.each([
    ['no scope', { scope: undefined }, '/scope'],
    ['another scope', { scope: 'admin' }, '/scope'],
    ['another role', { role: 'owner' }, '/role'],
    ['no name', { name: '' }, '/name'],
    ['more than a year', { expiresInDays: 366 }, '/expiresInDays'],
    ['no day', { expiresInDays: 0 }, '/expiresInDays'],
    ['half a day', { expiresInDays: 0.5 }, '/expiresInDays'],
    ['days as text', { expiresInDays: '90' }, '/expiresInDays'],
    ['an owner of its own', { createdBy: 'Ada' }, '/createdBy'],
  ])('is not made with %s', async (_, over, pointer) => {
    const { status, body } = await create(over);
    expect([status, body.errors[0].pointer]).toEqual([400, pointer]);
  });

  it('is listed newest first, in pages', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 103; n += 1) {
      // Two in a millisecond, as programs make them.
      gateway.now += n % 2;
      ids.unshift((await made({ name: `token ${n}` })).id);
    }
    const first = await gateway.client.get('/api/tokens', admin);
    const second = await gateway.client.get(`/api/tokens?cursor=${first.body.next}`, admin);
    expect([first.body.items.length, second.body.items.length, second.body.next]).toEqual([100, 4, null]);
    const found = [...first.body.items, ...second.body.items].map(({ id }: { id: string }) => id);
    expect(found.slice(0, -1).sort()).toEqual([...ids].sort());
    expect(found.at(-2)).toBe(ids.at(-1));
    for (const position of [{}, { createdAt: '2026-02-30T00:00:00.000Z', id: UNKNOWN }]) {
      const cursor = Buffer.from(JSON.stringify(position)).toString('base64url');
      expect((await gateway.client.get(`/api/tokens?cursor=${cursor}`, admin)).status).toBe(400);
    }
  });
});

describe('the end of an API token', () => {
  it.each([
    ['after the days it was made for', { expiresInDays: 1 }, 1],
    ['after 90 days by default', {}, 90],
    ['after a year at most', { expiresInDays: 365 }, 365],
  ])('comes %s', async (_, over, days) => {
    const { headers, prefix } = await made(over);
    gateway.now += days * DAY - 1;
    expect(await statusWith(headers)).toBe(200);
    gateway.now += 1;
    const answer = await gateway.client.get('/api/leads/1', headers);
    expect(answer.status).toBe(401);
    expect(answer.body.detail).toContain(`${prefix}… expired`);
  });

  it('never comes when that was asked for', async () => {
    const { headers, expiresAt } = await made({ expiresInDays: null });
    gateway.now += 10_000 * DAY;
    expect([expiresAt, await statusWith(headers)]).toEqual([null, 200]);
  });

  it('is shown for 90 days', async () => {
    const revoked = await made({ expiresInDays: null });
    await revoke(revoked.id);
    await made({ expiresInDays: 1 });
    const lasting = await made({ expiresInDays: null });
    gateway.now += 90 * DAY - 1;
    expect(await listed()).toHaveLength(3);
    gateway.now += 1;
    expect(await listed()).toHaveLength(2);
    gateway.now += DAY;
    expect((await listed()).map(({ id }: { id: string }) => id)).toEqual([lasting.id]);
  });
});

describe('an API token of somebody who was disabled, or is no administrator any more', () => {
  it.each([
    ['disabled', 'disabled_at = now()', 'disabled_at = null'],
    ['demoted', "role = 'marketing'", "role = 'admin'"],
  ])(
    '%s: is refused, with those it made, until they may make tokens again, or another takes it over',
    async (_, loses, regains) => {
      await gateway.addUser('ada@baton.example', 'admin');
      const ada = cookieOf(await gateway.login('ada@baton.example'));
      const { body } = await gateway.client.post('/api/tokens', { ...request, role: 'admin' }, ada);
      const first = { authorization: `Bearer ${body.token}` };
      const second = await gateway.client.post('/api/tokens', request, first);
      const tokens = [first, { authorization: `Bearer ${second.body.token}` }];
      const statuses = () => Promise.all(tokens.map((headers) => statusWith(headers)));
      const change = (what: string) =>
        gateway.database.database.rows(`update users set ${what} where email = 'ada@baton.example'`);
      expect(await statuses()).toEqual([200, 200]);
      await change(loses);
      expect(await statuses()).toEqual([401, 401]);
      expect((await listed()).map(({ suspended }: { suspended: boolean }) => suspended)).toEqual([
        true,
        true,
      ]);
      await change(regains);
      expect(await statuses()).toEqual([200, 200]);
      await change(loses);
      const takeOver = (id: string, headers: Record<string, string>) =>
        gateway.client.post(`/api/tokens/${id}/take-over`, {}, headers);
      const { body: user } = await gateway.addUser('grace@baton.example', 'admin');
      const grace = cookieOf(await gateway.login('grace@baton.example'));
      expect((await takeOver(body.id, admin)).status).toBe(403);
      expect((await takeOver(UNKNOWN, grace)).status).toBe(404);
      expect((await takeOver(body.id, grace)).body).toMatchObject({ createdBy: user.name, suspended: false });
      expect(await statuses()).toEqual([200, 401]);
    },
  );
});

describe('an API token that was made by another', () => {
  const madeBy = async (headers: Record<string, string>, over: object = {}) => {
    const { body } = await gateway.client.post(
      '/api/tokens',
      { ...request, role: 'admin', ...over },
      headers,
    );
    return { ...body, headers: { authorization: `Bearer ${body.token}` } };
  };

  it('expires no later than that one', async () => {
    const first = await made({ role: 'admin', expiresInDays: 2 });
    expect((await madeBy(first.headers, { expiresInDays: null })).expiresAt).toBe(first.expiresAt);
    expect((await madeBy(first.headers)).expiresAt).toBe(first.expiresAt);
    expect((await madeBy(first.headers, { expiresInDays: 1 })).expiresAt).toBe('2026-01-06T09:00:00.000Z');
    expect((await madeBy((await made({ role: 'admin', expiresInDays: null })).headers)).expiresAt).toBe(
      '2026-04-05T09:00:00.000Z',
    );
  });

  it('is revoked with it, over any number of steps, and by a revocation at the same moment', async () => {
    const first = await made({ role: 'admin' });
    const second = await madeBy(first.headers);
    const third = await madeBy(second.headers, { role: 'marketing' });
    const other = await made();
    const [answer, late] = await Promise.all([revoke(first.id), madeBy(first.headers)]);
    expect(answer.status).toBe(200);
    const tokens = [first, second, third, ...(late.token ? [late] : [])];
    for (const { headers } of tokens) expect(await statusWith(headers)).toBe(401);
    expect(await statusWith(other.headers)).toBe(200);
    expect((await listed()).filter(({ revokedBy }: any) => revokedBy === 'admin token')).toHaveLength(
      tokens.length,
    );
  });
});

describe('people to whom an API token gave access', () => {
  const people = async (headers: Record<string, string>) => {
    const { client } = gateway;
    const invitation = { name: 'Ivy', role: 'admin', email: 'ivy@baton.example' };
    const made = { name: 'Max', role: 'admin', email: 'max@baton.example', password: PASSWORD };
    const { body: old } = await gateway.addUser('old@baton.example');
    const { body: promoted } = await gateway.addUser('pam@baton.example');
    const invited = await client.post('/api/invitations', invitation, headers);
    const reset = await client.post(`/api/users/${old.id}/link`, {}, headers);
    await client.put(`/api/users/${promoted.id}`, { name: 'Pam', role: 'admin' }, headers);
    expect((await client.post('/api/users', made, headers)).status).toBe(201);
    return { old, invited: tokenOf(invited.body.link.url), reset: tokenOf(reset.body.url) };
  };
  const tokenOf = (url: string): string => new URL(url).hash.slice(1);
  const use = (token: string) =>
    gateway.client.put('/api/password-link', { token, password: 'staple battery horse' });
  const names = (answer: Awaited<ReturnType<typeof revoke>>) =>
    answer.body.users.map(({ name }: any) => name);

  it('are told when it is revoked, and the links that it made end', async () => {
    const first = await made({ role: 'admin' });
    const second = await gateway.client.post('/api/tokens', { ...request, role: 'admin' }, first.headers);
    const { invited, reset } = await people({ authorization: `Bearer ${second.body.token}` });
    const answer = await revoke(first.id);
    expect(names(answer)).toEqual(['Ivy', 'Max', 'Pam']);
    expect([(await use(invited)).status, (await use(reset)).status]).toEqual([404, 404]);
    await gateway.client.post(`/api/users/${answer.body.users[1].id}/disable`, {}, admin);
    expect(names(await revoke(first.id))).toEqual(['Ivy', 'Pam']);
  });

  it('are those who used its links, and whom people with such access let in', async () => {
    const token = await made({ role: 'admin' });
    const { old, reset } = await people(token.headers);
    expect((await use(reset)).status).toBe(204);
    expect(names(await revoke(token.id))).toContain(old.name);
    // A later link of somebody else does not take back what else the token gave.
    const { body } = await gateway.client.post(`/api/users/${old.id}/link`, {}, admin);
    expect((await use(tokenOf(body.url))).status).toBe(204);
    expect(names(await revoke(token.id))).toContain(old.name);
    const max = cookieOf(await gateway.login('max@baton.example'));
    const zoe = await gateway.client.post(
      '/api/invitations',
      { name: 'Zoe', role: 'admin', email: 'zoe@baton.example' },
      max,
    );
    expect((await use(tokenOf(zoe.body.link.url))).status).toBe(204);
    expect(names(await revoke(token.id))).toContain('Zoe');
  });

  it('are those whom it enabled again; what one of them takes over remains a token that it made', async () => {
    const token = await made({ role: 'admin' });
    const { body: ada } = await gateway.addUser('ada@baton.example', 'admin');
    await gateway.client.post(`/api/users/${ada.id}/disable`, {}, admin);
    await gateway.client.post(`/api/users/${ada.id}/enable`, {}, token.headers);
    const child = (await gateway.client.post('/api/tokens', request, token.headers)).body;
    const cookie = cookieOf(await gateway.login('ada@baton.example'));
    expect((await gateway.client.post(`/api/tokens/${child.id}/take-over`, {}, cookie)).status).toBe(200);
    expect(names(await revoke(token.id))).toEqual([ada.name]);
    expect(await statusWith({ authorization: `Bearer ${child.token}` })).toBe(401);
  });

  it('are nobody for a token that made none', async () => {
    await gateway.addUser('ada@baton.example');
    expect(names(await revoke((await made()).id))).toEqual([]);
  });
});

describe('a revoked API token', () => {
  it('is refused by every process at its next request, wherever it was revoked', async () => {
    const other = await gateway.start();
    try {
      const { id, headers, prefix } = await made();
      const elsewhere = httpClient(other.url);
      expect([await statusWith(headers), await statusWith(headers, elsewhere)]).toEqual([200, 200]);
      expect((await revoke(id)).status).toBe(200);
      expect([await statusWith(headers, elsewhere), await statusWith(headers)]).toEqual([401, 401]);
      const { body } = await elsewhere.get('/api/me', headers);
      expect(body.detail).toContain(`${prefix}… was revoked`);
      expect((await elsewhere.post('/api/leads/search', {}, headers)).status).toBe(401);
    } finally {
      await other.stop();
    }
  });

  it('stays as it was revoked first', async () => {
    const { id } = await made();
    await revoke(id);
    gateway.now += DAY;
    const { id: second, headers } = await made({ name: 'second admin', role: 'admin' });
    expect((await revoke(id, headers)).status).toBe(200);
    expect(await listed()).toContainEqual(
      expect.objectContaining({ id, revokedAt: '2026-01-05T09:00:00.000Z', revokedBy: 'admin token' }),
    );
    expect((await revoke(second, headers)).status).toBe(200);
    expect((await revoke(second, headers)).status).toBe(401);
  });

  it('has to exist', async () => {
    expect([(await revoke(UNKNOWN)).status, (await revoke('1')).status]).toEqual([404, 400]);
  });
});

describe('the scope read', () => {
  it('reads and searches, and nothing of its other requests reaches a service', async () => {
    const { headers } = await made({ role: 'admin', scope: 'read' });
    const { client } = gateway;
    expect([
      (await client.get('/api/leads/1', headers)).status,
      (await client.post('/api/leads/search', {}, headers)).status,
      (await client.get('/api/users', headers)).status,
    ]).toEqual([200, 200, 200]);
    const before = gateway.requests().length;
    const refused = [
      await client.post('/api/handoffs/1/accept', {}, headers),
      await client.put('/api/sellers/1', {}, headers),
      await client.post('/api/leads/search/1', {}, headers),
      await client.post('/api/leads/%73earch', {}, headers),
      await client.post('/api/definitions/funnel', {}, headers),
      await client.post('/api/tokens', request, headers),
    ];
    expect(refused.map(({ status }) => status)).toEqual(Array(6).fill(403));
    expect(refused[0]!.body.detail).toBe('This API token may only read: its scope is "read".');
    expect(gateway.requests()).toHaveLength(before);
  });
});

describe('the last use of an API token', () => {
  const usedAt = async () => (await listed())[0]?.usedAt;
  /** Ends the process, which writes what it has. */
  const restart = async () => {
    await gateway.running.stop();
    gateway.running = await gateway.start();
  };

  it('is written at most once a minute', async () => {
    const { headers } = await made();
    await statusWith(headers);
    expect(await usedAt()).toBeNull();
    await restart();
    expect(await usedAt()).toBe('2026-01-05T09:00:00.000Z');
    gateway.now += 59_999;
    await statusWith(headers);
    await restart();
    expect(await usedAt()).toBe('2026-01-05T09:00:00.000Z');
    gateway.now += 1;
    await statusWith(headers);
    await restart();
    expect(await usedAt()).toBe('2026-01-05T09:01:00.000Z');
  });

  it('is written while the process runs, also of a request outside of its scope', async () => {
    const { headers } = await made({ scope: 'read' });
    expect((await gateway.client.post('/api/handoffs/1/accept', {}, headers)).status).toBe(403);
    await eventually(async () => expect(await usedAt()).toBe('2026-01-05T09:00:00.000Z'), {
      within: 30_000,
    });
  }, 60_000);
});
