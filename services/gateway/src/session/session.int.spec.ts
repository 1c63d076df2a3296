import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { admin, cookieOf, PASSWORD, TestGateway } from '../gateway.example.js';

const HOUR = 3_600_000;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await TestGateway.prepare();
}, 60_000);
beforeEach(() => gateway.open());
afterEach(() => gateway.close());
afterAll(() => gateway?.end());

describe('logging in', () => {
  it('starts a session whose token is not stored, and responds with the user', async () => {
    await gateway.addUser('Ada@Baton.example', 'manager');
    const answer = await gateway.login(' ada@baton.example ');
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ email: 'ada@baton.example', role: 'manager' });
    expect(answer.headers.getSetCookie()[0]).toMatch(
      /^baton_session=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    const me = await gateway.client.get('/api/me', cookieOf(answer));
    expect(me.body).toEqual(answer.body);
    const [row] = await gateway.database.database.rows<{ kept: string }>(
      'select sessions::text as kept from sessions',
    );
    expect(row?.kept).not.toContain(cookieOf(answer).cookie.split('=')[1]);
  });

  it('sets a Secure cookie for requests over https, as a trusted proxy says', async () => {
    await gateway.addUser('ada@baton.example');
    const proxied = await gateway.start({ TRUSTED_PROXIES: '1' });
    const client = gateway.clientOf(proxied);
    const body = { email: 'ada@baton.example', password: PASSWORD };
    const https = { 'x-forwarded-proto': 'https' };
    const direct = await gateway.client.post('/api/login', body, https);
    expect(direct.headers.getSetCookie()[0]).toMatch(/^baton_session=/);
    const answer = await client.post('/api/login', body, https);
    expect(answer.headers.getSetCookie()[0]).toMatch(
      /^__Host-baton_session=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    const me = await gateway.client.get('/api/me', cookieOf(answer));
    expect(me.body.email).toBe('ada@baton.example');
    // The one with the prefix, when a page of another subdomain has set a cookie with the plain name.
    const both = `baton_session=planted; ${cookieOf(answer).cookie}`;
    expect((await gateway.client.get('/api/me', { cookie: both })).status).toBe(200);
    const out = await client.post('/api/logout', {}, { cookie: both, ...https });
    expect(out.headers.getSetCookie().map((cookie) => cookie.split(';', 2).join())).toEqual([
      '__Host-baton_session=, Max-Age=0',
      'baton_session=, Max-Age=0',
    ]);
    expect((await gateway.client.get('/api/me', cookieOf(answer))).status).toBe(401);
    await proxied.stop();
  });

  it('ends the session that it replaces, and no other', async () => {
    await gateway.addUser('ada@baton.example');
    const [first, other] = [
      cookieOf(await gateway.login('ada@baton.example')),
      cookieOf(await gateway.login('ada@baton.example')),
    ];
    const body = { email: 'ada@baton.example', password: PASSWORD };
    const failed = await gateway.client.post('/api/login', { ...body, password: 'wrong' }, first);
    expect(failed.status).toBe(401);
    expect((await gateway.client.get('/api/me', first)).status).toBe(200);
    expect((await gateway.client.post('/api/login', body, first)).status).toBe(200);
    expect((await gateway.client.get('/api/me', first)).status).toBe(401);
    expect((await gateway.client.get('/api/me', other)).status).toBe(200);
  });

  it('refuses a wrong password and an unknown address with the same response', async () => {
    await gateway.addUser('ada@baton.example');
    const [wrong, unknown] = [
      await gateway.login('ada@baton.example', 'not the password'),
      await gateway.login('nobody@baton.example'),
    ];
    expect(wrong.status).toBe(401);
    expect(wrong.headers.get('content-type')).toContain('application/problem+json');
    expect({ ...unknown.body, traceId: '' }).toEqual({ ...wrong.body, traceId: '' });
    expect(wrong.headers.getSetCookie()).toEqual([]);
  });

  it('reports invalid fields of a request', async () => {
    const answer = await gateway.client.post('/api/login', { email: 7 });
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(
      expect.arrayContaining(['/email', '/password']),
    );
  });
});

describe('a session', () => {
  it('lasts twelve hours from its last use and ends with the logout', async () => {
    await gateway.addUser('ada@baton.example');
    const cookie = cookieOf(await gateway.login('ada@baton.example'));
    for (let used = 0; used < 3; used += 1) {
      gateway.now += 11 * HOUR;
      expect((await gateway.client.get('/api/me', cookie)).status).toBe(200);
    }
    const out = await gateway.client.post('/api/logout', {}, cookie);
    expect([out.status, out.headers.getSetCookie()[0]]).toEqual([200, expect.stringContaining('Max-Age=0')]);
    expect((await gateway.client.get('/api/me', cookie)).status).toBe(401);
  });

  it('is over after twelve hours without use', async () => {
    await gateway.addUser('ada@baton.example');
    const cookie = cookieOf(await gateway.login('ada@baton.example'));
    gateway.now += 12 * HOUR;
    expect((await gateway.client.get('/api/me', cookie)).status).toBe(401);
    expect((await gateway.client.get('/api/live', cookie)).status).toBe(401);
  });

  it('is over after seven days, however much it was used', async () => {
    await gateway.addUser('ada@baton.example');
    const cookie = cookieOf(await gateway.login('ada@baton.example'));
    for (let used = 0; used < 16; used += 1) {
      gateway.now += 10 * HOUR;
      expect((await gateway.client.get('/api/me', cookie)).status).toBe(200);
    }
    gateway.now += 8 * HOUR;
    expect((await gateway.client.get('/api/me', cookie)).status).toBe(401);
  });

  it('is refused on requests of another site', async () => {
    await gateway.addUser('ada@baton.example');
    const cookie = cookieOf(await gateway.login('ada@baton.example'));
    const from = (headers: Record<string, string>) =>
      gateway.client.post('/api/handoffs/1/accept', {}, { ...cookie, ...headers });
    expect((await from({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await from({ 'sec-fetch-site': 'same-site' })).status).toBe(403);
    expect(gateway.services.routing.requests).toEqual([]);
    expect((await from({ origin: gateway.running.url })).status).toBe(409);
    const foreign = { email: 'ada@baton.example', password: PASSWORD };
    expect(
      (await gateway.client.post('/api/login', foreign, { origin: 'https://evil.example' })).status,
    ).toBe(403);
  });
});

describe('users and tokens', () => {
  it('are created by administrators, each address and id once', async () => {
    const id = '00000000-0000-4000-8000-000000000001';
    const made = await gateway.addUser('ada@baton.example', 'seller', id);
    expect([made.status, made.body]).toEqual([
      201,
      {
        id,
        email: 'ada@baton.example',
        name: 'Name of ada@baton.example',
        role: 'seller',
        state: 'active',
        createdAt: expect.any(String),
        lastSeenAt: null,
      },
    ]);
    expect((await gateway.addUser('ADA@baton.example')).status).toBe(409);
    expect((await gateway.addUser('other@baton.example', 'seller', id)).status).toBe(409);
    const cookie = cookieOf(await gateway.login('ada@baton.example'));
    expect((await gateway.client.get('/api/users', cookie)).status).toBe(403);
    expect(
      (await gateway.client.post('/api/tokens', { name: 'mine', role: 'admin', scope: 'write' }, cookie))
        .status,
    ).toBe(403);
    expect((await gateway.client.get('/api/users', admin)).body.items).toEqual([
      { ...made.body, lastSeenAt: new Date(gateway.now).toISOString() },
    ]);
  });

  it('a token has the role it was created for, and is stored as a hash only', async () => {
    const { body } = await gateway.client.post(
      '/api/tokens',
      { name: 'nightly export', role: 'marketing', scope: 'write' },
      admin,
    );
    const own = { authorization: `Bearer ${body.token}` };
    expect((await gateway.client.get('/api/me', own)).body).toEqual({
      id: body.id,
      name: 'nightly export',
      role: 'marketing',
    });
    const [row] = await gateway.database.database.rows<{ kept: string }>(
      `select tokens::text as kept from tokens where name = 'nightly export'`,
    );
    expect(row?.kept).not.toContain(body.token);
    // a program cannot be lured by another site
    const answer = await gateway.client.post(
      '/api/handoffs/1/accept',
      {},
      { ...own, origin: 'https://elsewhere.example' },
    );
    expect(answer.headers.get('x-service')).toBe('routing');
  });
});
