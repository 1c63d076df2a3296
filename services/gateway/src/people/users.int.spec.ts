import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { httpClient, type Answer } from '@baton/testing';
import { admin, cookieOf, PASSWORD, TestGateway } from '../gateway.example.js';

const DAY = 86_400_000;
const NEW_PASSWORD = 'staple battery horse';
const NOBODY = '00000000-0000-4000-8000-0000000000ff';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await TestGateway.prepare();
}, 60_000);
beforeEach(() => gateway.open());
afterEach(() => gateway.close());
afterAll(() => gateway?.end());

const tokenOf = (link: { url: string }): string => new URL(link.url).hash.slice(1);
const invite = (email: string, role = 'seller'): Promise<Answer> =>
  gateway.client.post('/api/invitations', { email, name: 'Ada', role }, admin);
const resetLink = async (id: string): Promise<string> => {
  const answer = await gateway.client.post(`/api/users/${id}/link`, {}, admin);
  expect(answer.status).toBe(201);
  return tokenOf(answer.body);
};
const setPassword = (token: string, password = NEW_PASSWORD): Promise<Answer> =>
  gateway.client.put('/api/password-link', { token, password });
const signedIn = async (email: string, role = 'seller') => {
  const { body } = await gateway.addUser(email, role);
  const cookie = cookieOf(await gateway.login(email));
  return { id: body.id as string, cookie };
};
const statusFor = async (cookie: { cookie: string }): Promise<number> =>
  (await gateway.client.get('/api/me', cookie)).status;

describe('an invitation', () => {
  it('lets the invited person set a password once, which nobody else knows', async () => {
    const { status, body } = await invite(' Ada@Baton.example'.trim(), 'manager');
    expect([status, body.user]).toEqual([
      201,
      expect.objectContaining({ email: 'ada@baton.example', role: 'manager', state: 'invited' }),
    ]);
    expect(body.link.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/set-password#[\w-]{43}$/);
    expect(Date.parse(body.link.expiresAt)).toBe(gateway.now + 7 * DAY);
    const token = tokenOf(body.link);
    const [row] = await gateway.database.database.rows<{ kept: string }>(
      'select password_links::text as kept from password_links',
    );
    expect(row?.kept).not.toContain(token);
    expect((await gateway.client.post('/api/password-link', { token })).body).toEqual({
      name: 'Ada',
      email: 'ada@baton.example',
      invited: true,
    });
    expect((await setPassword(token)).status).toBe(204);
    const login = await gateway.login('ada@baton.example', NEW_PASSWORD);
    expect([login.status, login.body.role]).toEqual([200, 'manager']);
    expect((await setPassword(token, 'another long password')).status).toBe(404);
    expect((await gateway.client.post('/api/password-link', { token })).status).toBe(404);
    const list = await gateway.client.get('/api/users', admin);
    expect(list.body.items).toEqual([expect.objectContaining({ id: body.user.id, state: 'active' })]);
  });

  it('is for a seller that exists already, by its id; a user has the id once', async () => {
    const person = { id: NOBODY, email: 'ada@baton.example', name: 'Ada', role: 'seller' };
    const post = (body: object) => gateway.client.post('/api/invitations', body, admin);
    expect((await post(person)).body.user.id).toBe(NOBODY);
    expect((await post({ ...person, email: 'eve@baton.example' })).status).toBe(409);
    expect((await post({ ...person, id: 'x', email: 'eve@baton.example' })).status).toBe(400);
  });

  it.each([
    ['disabled', (id: string) => gateway.client.post(`/api/users/${id}/disable`, {}, admin)],
    [
      'no administrator',
      (id: string) => gateway.client.put(`/api/users/${id}`, { name: 'Max', role: 'viewer' }, admin),
    ],
  ])('is not valid while whoever made it, or the token that did, is %s', async (_, change) => {
    const max = await signedIn('max@baton.example', 'admin');
    await signedIn('root@baton.example', 'admin');
    const token = await gateway.client.post(
      '/api/tokens',
      { name: 't', role: 'admin', scope: 'write' },
      max.cookie,
    );
    const makers = [max.cookie, { authorization: `Bearer ${token.body.token}` }];
    const links: string[] = [];
    for (const [n, headers] of makers.entries()) {
      const person = { email: `ada${n}@baton.example`, name: 'Ada', role: 'admin' };
      links.push(tokenOf((await gateway.client.post('/api/invitations', person, headers)).body.link));
    }
    await change(max.id);
    for (const link of links) {
      expect((await gateway.client.post('/api/password-link', { token: link })).status).toBe(404);
      expect((await setPassword(link)).status).toBe(404);
    }
    await gateway.client.put(`/api/users/${max.id}`, { name: 'Max', role: 'admin' }, admin);
    await gateway.client.post(`/api/users/${max.id}/enable`, {}, admin);
    for (const link of links) expect((await setPassword(link)).status).toBe(204);
  });

  it('used twice at once sets one password', async () => {
    const token = tokenOf((await invite('ada@baton.example')).body.link);
    const passwords = Array.from({ length: 6 }, (_, n) => `a long password ${n}`);
    const answers = await Promise.all(passwords.map((password) => setPassword(token, password)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404, 404, 404, 404, 404]);
    const used = passwords[answers.findIndex(({ status }) => status === 204)]!;
    expect((await gateway.login('ada@baton.example', used)).status).toBe(200);
  });

  it('does not let anybody log in before it was used', async () => {
    await invite('ada@baton.example');
    for (const password of ['', 'null', PASSWORD])
      expect((await gateway.login('ada@baton.example', password)).status).toBe(401);
  });

  it('ends after seven days, and with a newer link', async () => {
    const { body } = await invite('ada@baton.example');
    const newer = await resetLink(body.user.id);
    expect((await setPassword(tokenOf(body.link))).status).toBe(404);
    gateway.now += 7 * DAY;
    const late = await setPassword(newer);
    expect([late.status, late.body.detail]).toEqual([404, expect.stringContaining('has expired')]);
    gateway.now -= 1;
    expect((await setPassword(newer)).status).toBe(204);
  });

  it.each([
    [{ token: 'x'.repeat(43), password: NEW_PASSWORD }, 404],
    [{ token: 'x', password: NEW_PASSWORD }, 400],
    [{ token: ['x'.repeat(43)], password: NEW_PASSWORD }, 400],
    [{ token: 'x'.repeat(43), password: 'short' }, 400],
    [{ token: 'x'.repeat(43) }, 400],
  ])('answers a link %j with %s', async (body, status) => {
    expect((await gateway.client.put('/api/password-link', body)).status).toBe(status);
  });

  it('needs a link for an address that is free, and a password that is long enough', async () => {
    const { body } = await invite('ada@baton.example');
    expect((await invite('ADA@baton.example')).status).toBe(409);
    const short = await setPassword(tokenOf(body.link), 'eleven char');
    expect([short.status, short.body.errors[0].pointer]).toEqual([400, '/password']);
    expect((await setPassword(tokenOf(body.link))).status).toBe(204);
  });
});

describe('a link to set a new password', () => {
  it('leaves the old password and its sessions until it is used, and ends them then', async () => {
    const { id, cookie } = await signedIn('ada@baton.example');
    const token = await resetLink(id);
    expect((await gateway.client.post('/api/password-link', { token })).body.invited).toBe(false);
    expect(await statusFor(cookie)).toBe(200);
    expect((await setPassword(token)).status).toBe(204);
    expect(await statusFor(cookie)).toBe(401);
    expect((await gateway.login('ada@baton.example')).status).toBe(401);
    expect((await gateway.login('ada@baton.example', NEW_PASSWORD)).status).toBe(200);
  });

  it('ends when the user changes the password or is disabled', async () => {
    const { id, cookie } = await signedIn('ada@baton.example');
    const first = await resetLink(id);
    const change = { current: PASSWORD, password: NEW_PASSWORD };
    expect((await gateway.client.put('/api/me/password', change, cookie)).status).toBe(204);
    expect((await setPassword(first)).status).toBe(404);
    const second = await resetLink(id);
    await gateway.client.post(`/api/users/${id}/disable`, {}, admin);
    await gateway.client.post(`/api/users/${id}/enable`, {}, admin);
    expect((await setPassword(second)).status).toBe(404);
  });

  it('is not made for a disabled or unknown user', async () => {
    const { id } = await signedIn('ada@baton.example');
    await gateway.client.post(`/api/users/${id}/disable`, {}, admin);
    const answers = await Promise.all(
      [id, NOBODY, 'x'].map((each) => gateway.client.post(`/api/users/${each}/link`, {}, admin)),
    );
    expect(answers.map(({ status }) => status)).toEqual([409, 404, 400]);
  });
});

describe('an administrator', () => {
  it('changes name and role, which is in force at the next call', async () => {
    const { id, cookie } = await signedIn('ada@baton.example');
    expect((await gateway.client.get('/api/users', cookie)).status).toBe(403);
    const changed = await gateway.client.put(`/api/users/${id}`, { name: 'Ada L.', role: 'admin' }, admin);
    expect([changed.status, changed.body]).toEqual([
      200,
      expect.objectContaining({ id, name: 'Ada L.', role: 'admin', state: 'active' }),
    ]);
    expect((await gateway.client.get('/api/users', cookie)).status).toBe(200);
    expect((await gateway.client.get('/api/me', cookie)).body.name).toBe('Ada L.');
  });

  it('disables a user: sessions end at once in every process, and the history is kept', async () => {
    const { id, cookie } = await signedIn('ada@baton.example');
    const other = await gateway.start();
    try {
      const there = httpClient(other.url);
      expect((await there.get('/api/me', cookie)).status).toBe(200);
      const disabled = await gateway.client.post(`/api/users/${id}/disable`, {}, admin);
      expect([disabled.status, disabled.body.state]).toEqual([200, 'disabled']);
      expect((await there.get('/api/me', cookie)).status).toBe(401);
      expect((await there.get('/api/leads/1', cookie)).status).toBe(401);
      expect(await statusFor(cookie)).toBe(401);
      const refused = await gateway.login('ada@baton.example');
      expect([refused.status, refused.headers.getSetCookie()]).toEqual([403, []]);
      expect((await gateway.login('ada@baton.example', 'wrong')).status).toBe(401);
      const { body } = await gateway.client.get('/api/users', admin);
      expect(body.items).toEqual([expect.objectContaining({ id, state: 'disabled', role: 'seller' })]);
      await gateway.client.post(`/api/users/${id}/enable`, {}, admin);
      expect(await statusFor(cookie)).toBe(401);
      expect((await gateway.login('ada@baton.example')).status).toBe(200);
    } finally {
      await other.stop();
    }
  });

  it('leaves no session to a login that is in progress while the user is disabled', async () => {
    const { id } = await signedIn('ada@baton.example');
    const logins = Array.from({ length: 6 }, () => gateway.login('ada@baton.example'));
    await gateway.client.post(`/api/users/${id}/disable`, {}, admin);
    const answers = await Promise.all(logins);
    await gateway.client.post(`/api/users/${id}/enable`, {}, admin);
    for (const answer of answers.filter(({ status }) => status === 200))
      expect(await statusFor(cookieOf(answer))).toBe(401);
    expect(await gateway.database.database.rows('select 1 from sessions')).toEqual([]);
  });

  it('ends all sessions of a user', async () => {
    const { id, cookie } = await signedIn('ada@baton.example');
    const bob = await signedIn('bob@baton.example');
    const second = cookieOf(await gateway.login('ada@baton.example'));
    expect((await gateway.client.delete(`/api/users/${id}/sessions`, admin)).status).toBe(204);
    expect(await Promise.all([cookie, second, bob.cookie].map(statusFor))).toEqual([401, 401, 200]);
  });

  it.each([
    ['put', (id: string) => `/api/users/${id}`, { name: 'A', role: 'admin' }],
    ['post', (id: string) => `/api/users/${id}/disable`, {}],
    ['post', (id: string) => `/api/users/${id}/enable`, {}],
    ['post', (id: string) => `/api/users/${id}/link`, {}],
    ['post', () => '/api/invitations', { email: 'eve@baton.example', name: 'E', role: 'admin' }],
  ] as const)('is needed for %s of %s', async (method, path, body) => {
    const { id, cookie } = await signedIn('ada@baton.example', 'manager');
    expect((await gateway.client[method](path(id), body, cookie)).status).toBe(403);
    expect((await gateway.client[method](path(id), body)).status).toBe(401);
    if (path(id).includes(id))
      expect((await gateway.client[method](path(NOBODY), body, admin)).status).toBe(404);
  });

  it.each([
    { name: '', role: 'admin' },
    { name: 'A', role: 'root' },
    { name: 'a\u0000', role: 'seller' },
    { name: 'A' },
    { name: 7, role: 'seller' },
  ])('gets 400 for a change to %j', async (change) => {
    const { id } = await signedIn('ada@baton.example');
    expect((await gateway.client.put(`/api/users/${id}`, change, admin)).status).toBe(400);
  });
});

describe('administrators and themselves', () => {
  it('cannot disable themselves or change their own role, alone or not; another one can', async () => {
    const ada = await signedIn('ada@baton.example', 'admin');
    const bob = await signedIn('bob@baton.example', 'admin');
    const { client } = gateway;
    const changeTo = (role: string, by: object) =>
      client.put(`/api/users/${ada.id}`, { name: 'Ada', role }, by as { cookie: string });
    expect((await client.post(`/api/users/${ada.id}/disable`, {}, ada.cookie)).status).toBe(409);
    for (const id of [ada.id, ada.id.toUpperCase()])
      expect((await client.post(`/api/users/${id}/disable`, {}, ada.cookie)).status).toBe(409);
    expect((await changeTo('viewer', ada.cookie)).status).toBe(409);
    expect((await changeTo('admin', ada.cookie)).body.name).toBe('Ada');
    expect(await statusFor(ada.cookie)).toBe(200);
    expect((await changeTo('viewer', bob.cookie)).status).toBe(200);
    expect((await client.post(`/api/users/${ada.id}/disable`, {}, bob.cookie)).status).toBe(200);
  });
});

describe('a disabled seller', () => {
  it.each([
    ['gets leads', true, true],
    ['gets none', false, false],
    ['is no seller', undefined, false],
  ])('the answer says whether routing still offers leads: %s', async (_, available, getsLeads) => {
    const { id } = await signedIn('ada@baton.example');
    const { sellers } = gateway.services.routing;
    sellers.clear();
    if (available !== undefined) sellers.set(id, available);
    const { status, body } = await gateway.client.post(`/api/users/${id}/disable`, {}, admin);
    expect([status, body.state, body.getsLeads]).toEqual([200, 'disabled', getsLeads]);
  });

  it('is disabled also while routing is away', async () => {
    const { id } = await signedIn('ada@baton.example');
    const other = await gateway.start({ ROUTING_URL: 'http://127.0.0.1:9' });
    const { status, body } = await httpClient(other.url).post(`/api/users/${id}/disable`, {}, admin);
    await other.stop();
    expect([status, body.state, body.getsLeads]).toEqual([200, 'disabled', null]);
  });
});

describe('a link', () => {
  it('has the public address, whatever host the request names', async () => {
    const { id } = await signedIn('ada@baton.example');
    const other = await gateway.start({ PUBLIC_URL: 'https://baton.example/', TRUSTED_PROXIES: '1' });
    const { body } = await httpClient(other.url).post(
      `/api/users/${id}/link`,
      {},
      { ...admin, 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' },
    );
    await other.stop();
    expect(body.url).toMatch(/^https:\/\/baton\.example\/set-password#[\w-]{43}$/);
  });
});

describe('what is shown of a person', () => {
  it.each([
    ['put', '/api/me', { name: 'Ada\r\nSet-Cookie: x' }, '/name'],
    ['put', '/api/me', { name: '   ' }, '/name'],
    ['post', '/api/invitations', { email: 'e@baton.example', name: 'E\u202eve', role: 'viewer' }, '/name'],
    ['post', '/api/invitations', { email: '\u0430da@baton.example', name: 'E', role: 'viewer' }, '/email'],
    ['post', '/api/invitations', { email: 'ada@baton.example\u200b', name: 'E', role: 'viewer' }, '/email'],
    ['post', '/api/tokens', { name: '\u200b', role: 'viewer', scope: 'read' }, '/name'],
    [
      'put',
      '/api/organisation',
      { name: 'a\nb', timeZone: 'UTC', currency: 'EUR', workingWeek: [] },
      '/name',
    ],
  ] as const)('%s %s refuses %j', async (method, path, body, pointer) => {
    const { cookie } = await signedIn('ada@baton.example', 'admin');
    const refused = await gateway.client[method](path, body, cookie);
    expect([refused.status, refused.body.errors[0].pointer]).toEqual([400, pointer]);
  });
});

describe('the last administrator', () => {
  const demote = (id: string, client = gateway.client): Promise<Answer> =>
    client.put(`/api/users/${id}`, { name: 'A', role: 'seller' }, admin);
  const disable = (id: string, client = gateway.client): Promise<Answer> =>
    client.post(`/api/users/${id}/disable`, {}, admin);

  it('cannot be disabled or lose the role; users who cannot log in do not count', async () => {
    const ada = await signedIn('ada@baton.example', 'admin');
    const bob = await signedIn('bob@baton.example', 'admin');
    await invite('eve@baton.example', 'admin');
    expect((await disable(bob.id)).status).toBe(200);
    expect([(await disable(ada.id)).status, (await demote(ada.id)).status]).toEqual([409, 409]);
    expect(await statusFor(ada.cookie)).toBe(200);
    // A change that keeps the role, and one of a user who does not count, are possible.
    expect(
      (await gateway.client.put(`/api/users/${ada.id}`, { name: 'A', role: 'admin' }, admin)).status,
    ).toBe(200);
    expect((await demote(bob.id)).status).toBe(200);
  });

  it.each([
    ['each disables the other', disable, disable],
    ['each demotes the other', demote, demote],
    ['one disables, the other demotes', disable, demote],
  ])('remains when two act at the same time in two processes: %s', async (_, one, other) => {
    const ada = await signedIn('ada@baton.example', 'admin');
    const bob = await signedIn('bob@baton.example', 'admin');
    const second = await gateway.start();
    try {
      for (let round = 0; round < 5; round += 1) {
        const answers = await Promise.all([one(ada.id), other(bob.id, httpClient(second.url))]);
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
        for (const { id } of [ada, bob]) {
          await gateway.client.post(`/api/users/${id}/enable`, {}, admin);
          await gateway.client.put(`/api/users/${id}`, { name: 'A', role: 'admin' }, admin);
        }
      }
    } finally {
      await second.stop();
    }
  });
});
