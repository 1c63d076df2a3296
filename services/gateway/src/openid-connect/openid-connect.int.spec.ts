import { createHmac } from 'node:crypto';
import { CLIENT_SECRET, IdentityProvider, type UserClaims } from '@baton/testing/identity-provider';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { admin, cookieOf, PASSWORD, TestGateway } from '../gateway.example.js';
import { Browser } from './browser.example.js';

const ADA = 'ada@baton.example';
const SELLER: UserClaims = {
  sub: 'ada-1',
  email: ADA,
  email_verified: true,
  name: 'Ada Lovelace',
  groups: ['staff', 'sales'],
};

let gateway: TestGateway;
let provider: IdentityProvider;
let browser: Browser;

beforeAll(async () => {
  gateway = await TestGateway.prepare();
}, 60_000);
beforeEach(async () => {
  provider = await IdentityProvider.start();
  provider.user = SELLER;
  gateway.settings = provider.settings;
  await gateway.open();
  provider.register(gateway.running.url);
  browser = new Browser();
});
afterEach(async () => {
  await gateway.close();
  await provider.stop();
});
afterAll(() => gateway?.end());

const isCallback = (url: string) => url.startsWith(`${gateway.running.url}/api/oidc/callback`);
const isPage = (url: string) => url.startsWith(gateway.running.url) && !url.includes('/api/');
const loginUrl = () => `${gateway.running.url}/api/oidc/login`;
/** Path of the page where a login ends: / or the one that says why it was refused. */
const pathOf = (url: string): string => url.slice(gateway.running.url.length);
const signIn = async (by = browser): Promise<string> => pathOf(await by.follow(loginUrl(), isPage));
const finish = async (callback: string, by = browser): Promise<string> =>
  pathOf(await by.follow(callback, isPage));
/** A login up to the response of the provider, which is not delivered yet. */
const callbackOf = (by = browser): Promise<string> => by.follow(loginUrl(), isCallback);
const refused = (reason: string): string => `/sign-in-refused?reason=${reason}`;
const session = (by = browser) => ({ cookie: `baton_session=${by.cookies.get('baton_session')}` });
const me = (by = browser) => gateway.client.get('/api/me', session(by));
const users = async () =>
  (await gateway.client.get('/api/users', admin)).body.items as {
    id: string;
    email: string;
    role: string;
    state: string;
  }[];

describe('a login at the provider', () => {
  it.each([true, false])(
    'creates the user with the role of the group (claims in the token: %s)',
    async (inToken) => {
      provider.claimsInToken = inToken;
      provider.register(gateway.running.url);
      expect((await gateway.client.get('/api/oidc')).body).toEqual({ name: 'single sign-on' });
      expect(await signIn()).toBe('/');
      expect((await me()).body).toMatchObject({ email: ADA, name: 'Ada Lovelace', role: 'seller' });
      expect(browser.cookies.has('baton_login')).toBe(false);
      const { body } = await gateway.client.get('/api/audit', admin);
      expect(body.items[0]).toMatchObject({
        action: 'GET /api/oidc/callback',
        actorName: 'Ada Lovelace',
        status: 302,
        changes: { role: { from: null, to: 'seller' } },
      });
      expect(await users()).toEqual([expect.objectContaining({ email: ADA, state: 'active' })]);
      // There is no password to log in with, or to set up a second factor for.
      expect((await gateway.login(ADA, '')).status).toBe(401);
      expect((await gateway.client.get('/api/me/second-factor', session())).body.available).toBe(false);
    },
  );

  it('sends PKCE, state and nonce, and a cookie that scripts cannot read', async () => {
    const response = await browser.get(loginUrl());
    const query = new URL(response.headers.get('location')!).searchParams;
    expect(query.get('code_challenge_method')).toBe('S256');
    for (const name of ['state', 'nonce', 'code_challenge']) expect(query.get(name)).toMatch(/^[\w-]{43}$/);
    expect(response.headers.getSetCookie()[0]).toMatch(
      /^baton_login=[\w.-]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    expect(response.headers.get('location')).not.toContain(browser.cookies.get('baton_login'));
  });

  it('follows the groups at each login, and ends the sessions of a user who has none', async () => {
    await signIn();
    provider.user = { ...SELLER, groups: 'baton-admins' };
    expect(await signIn(new Browser())).toBe('/');
    expect((await me()).body.role).toBe('admin');
    await gateway.addUser('root@baton.example', 'admin');
    provider.user = { ...SELLER, groups: ['everybody', 'sales'] };
    await signIn(new Browser());
    expect((await me()).body.role).toBe('seller');
    const [last] = (await gateway.client.get('/api/audit?action=callback', admin)).body.items;
    expect(last.changes).toEqual({ role: { from: 'admin', to: 'seller' } });
    provider.user = { ...SELLER, groups: ['Sales', 'sales ', 'sale', 'staff'] };
    expect(await signIn(new Browser())).toBe(refused('no-role'));
    expect((await me()).status).toBe(401);
  });

  it('does not demote the last administrator', async () => {
    provider.user = { ...SELLER, groups: ['baton-admins'] };
    await signIn();
    provider.user = SELLER;
    const other = new Browser();
    expect(await signIn(other)).toBe(refused('last-administrator'));
    expect(other.cookies.has('baton_session')).toBe(false);
    expect(await users()).toEqual([expect.objectContaining({ role: 'admin' })]);
    await gateway.addUser('root@baton.example', 'admin');
    expect(await signIn(other)).toBe('/');
  });
});

describe('an existing account', () => {
  const invite = () =>
    gateway.client.post('/api/invitations', { email: ADA, name: 'Invited', role: 'viewer' }, admin);

  it('is linked by a verified address, once: its identity is found again under another address', async () => {
    const { id } = (await invite()).body.user as { id: string };
    expect(await signIn()).toBe('/');
    expect((await me()).body).toMatchObject({ id, name: 'Invited', role: 'seller' });
    provider.user = { ...SELLER, email: 'married@baton.example' };
    const other = new Browser();
    await signIn(other);
    expect((await me(other)).body).toMatchObject({ id, email: ADA });
  });

  it('keeps its password', async () => {
    await gateway.addUser(ADA);
    await signIn();
    expect((await gateway.login(ADA)).status).toBe(200);
  });

  it('is not taken over by another subject with its address, or by another issuer', async () => {
    provider.user = { ...SELLER, groups: ['baton-admins'] };
    await signIn();
    provider.user = { ...provider.user, sub: 'mallory' };
    expect(await signIn(new Browser())).toBe(refused('taken'));
    const foreign = await IdentityProvider.start();
    const other = await gateway.start(foreign.settings);
    try {
      foreign.user = provider.user = { ...provider.user, sub: SELLER.sub };
      foreign.register(other.url);
      const end = await new Browser().follow(
        `${other.url}/api/oidc/login`,
        (url) => url.startsWith(other.url) && !url.includes('/api/'),
      );
      expect(end).toBe(`${other.url}${refused('taken')}`);
    } finally {
      await other.stop();
      await foreign.stop();
    }
  });

  it.each([undefined, false, 'true', 1])(
    'is not linked by an address with email_verified %j',
    async (verified) => {
      await gateway.addUser(ADA, 'admin');
      provider.user = { ...SELLER, email_verified: verified };
      expect(await signIn()).toBe(refused('email'));
      const assuming = await gateway.start({ OIDC_EMAIL_VERIFIED: 'assumed' });
      try {
        provider.register(assuming.url);
        const isEnd = (url: string) => url.startsWith(assuming.url) && !url.includes('/api/');
        const end = await browser.follow(`${assuming.url}/api/oidc/login`, isEnd);
        expect(end.slice(assuming.url.length)).toBe(refused(verified === undefined ? 'taken' : 'email'));
        // A new user is created when the provider is silent, and the silence is assumed to mean yes.
        provider.user = { ...provider.user, sub: 'new', email: 'new@baton.example' };
        const created = await new Browser().follow(`${assuming.url}/api/oidc/login`, isEnd);
        expect(created.slice(assuming.url.length)).toBe(verified === undefined ? '/' : refused('email'));
      } finally {
        await assuming.stop();
      }
    },
  );

  it('stays disabled, linked or not', async () => {
    await gateway.addUser(ADA);
    const { id } = (await users())[0]!;
    await gateway.client.post(`/api/users/${id}/disable`, {}, admin);
    expect(await signIn()).toBe(refused('disabled'));
    await gateway.client.post(`/api/users/${id}/enable`, {}, admin);
    expect(await signIn()).toBe('/');
    await gateway.client.post(`/api/users/${id}/disable`, {}, admin);
    expect((await me()).status).toBe(401);
    expect(await signIn(new Browser())).toBe(refused('disabled'));
  });

  it('is unlinked by an administrator, which ends its sessions, and linked anew', async () => {
    await signIn();
    const { id } = (await users())[0]!;
    const path = `/api/users/${id}/identity`;
    expect((await gateway.client.delete(path, session())).status).toBe(403);
    expect((await gateway.client.delete(path, admin)).status).toBe(204);
    expect((await me()).status).toBe(401);
    provider.user = { ...SELLER, sub: 'ada-2' };
    expect(await signIn(new Browser())).toBe('/');
    expect(await users()).toHaveLength(1);
  });
});

describe('a response of the provider', () => {
  it('is accepted in the browser that began the login only, and once', async () => {
    const callback = await callbackOf();
    const victim = new Browser();
    expect(await finish(callback, victim)).toBe(refused('expired'));
    await victim.get(loginUrl());
    expect(await finish(callback, victim)).toBe(refused('expired'));
    const again = browser.cookies.get('baton_login')!;
    expect(await finish(callback)).toBe('/');
    expect(await finish(callback)).toBe(refused('expired'));
    browser.cookies.set('baton_login', again);
    expect(await finish(callback)).toBe(refused('expired'));
  });

  it.each([
    ['state', 'x'.repeat(43)],
    ['state', ''],
    ['code', 'x'.repeat(43)],
    ['iss', 'https://other.example'],
  ])('with another %s (%s) is refused', async (name, value) => {
    const url = new URL(await callbackOf());
    url.searchParams.set(name, value);
    expect(await finish(url.href)).toBe(refused(name === 'state' ? 'expired' : 'invalid'));
    expect((await me()).status).toBe(401);
  });

  it.each(['code', 'state', 'iss', 'error'])('with %s twice is refused', async (name) => {
    const url = new URL(await callbackOf());
    url.searchParams.append(name, 'x');
    expect(await finish(url.href)).toMatch(/^\/sign-in-refused\?reason=(invalid|refused-by-provider)$/);
  });

  it('is refused after ten minutes', async () => {
    const callback = await callbackOf();
    gateway.now += 10 * 60_000 + 1;
    expect(await finish(callback)).toBe(refused('expired'));
  });

  it('of a code that was issued to another browser is refused', async () => {
    const other = new Browser();
    const stolen = new URL(await callbackOf(other)).searchParams.get('code')!;
    const own = new URL(await callbackOf());
    own.searchParams.set('code', stolen);
    expect(await finish(own.href)).toBe(refused('invalid'));
  });

  it('that says no leads to a page without anything of its text', async () => {
    provider.cancels = true;
    expect(await signIn()).toBe(refused('refused-by-provider'));
    const { body } = await gateway.client.get('/api/audit', admin);
    expect(body.items[0]).toMatchObject({ action: 'GET /api/oidc/callback', status: 403 });
    provider.cancels = false;
    expect(await signIn()).toBe('/');
  });

  it('is limited by network', async () => {
    await finish(await callbackOf());
    provider.user = { ...SELLER, sub: 'x', groups: [] };
    provider.register(gateway.running.url);
    await signIn(new Browser());
    await gateway.database.database.rows(`update login_limits set points = 300`);
    expect(await signIn(new Browser())).toBe(refused('too-many'));
  });
});

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const partsOf = (token: unknown): [object, Record<string, unknown>, string] => {
  const [head = '', body = '', signature = ''] = String(token).split('.');
  const read = (text: string) =>
    JSON.parse(Buffer.from(text, 'base64url').toString()) as Record<string, unknown>;
  return [read(head), read(body), signature];
};

describe('an id token', () => {
  const forged = (change: object, head: object = {}, sign?: (text: string, signature: string) => string) => {
    provider.tamper = (body) => {
      const [header, claims, signature] = partsOf(body['id_token']);
      const text = `${part({ ...header, ...head })}.${part({ ...claims, ...change })}`;
      return { ...body, id_token: `${text}.${sign?.(text, signature) ?? signature}` };
    };
  };

  it('as it came is accepted', async () => {
    forged({});
    expect(await signIn()).toBe('/');
  });

  const hmac = (text: string) => createHmac('sha256', CLIENT_SECRET).update(text).digest('base64url');

  it.each<[string, object, object, ((text: string) => string) | undefined]>([
    ['another subject', { sub: 'admin-1' }, {}, undefined],
    ['another group', { groups: ['baton-admins'] }, {}, undefined],
    ['no signature', { sub: 'admin-1' }, { alg: 'none' }, () => ''],
    ['no signature and the right claims', {}, { alg: 'none' }, () => ''],
    ['a signature with the secret of the client', { sub: 'admin-1' }, { alg: 'HS256' }, hmac],
    ['another nonce', { nonce: 'x'.repeat(43) }, {}, undefined],
    ['another audience', { aud: 'other' }, {}, undefined],
    ['another issuer', { iss: 'https://other.example' }, {}, undefined],
    ['an end in the past', { exp: 1 }, {}, undefined],
    ['an unknown key', {}, { kid: 'other' }, undefined],
  ])('with %s is refused', async (_, change, head, signature) => {
    forged(change, head, signature);
    expect(await signIn()).toBe(refused('invalid'));
    expect(await users()).toEqual([]);
  });

  it('of another login is refused for its nonce', async () => {
    let first: unknown;
    provider.tamper = (body) => {
      first ??= body['id_token'];
      return { ...body, id_token: first };
    };
    expect(await signIn()).toBe('/');
    expect(await signIn(new Browser())).toBe(refused('invalid'));
  });

  it('has to be there', async () => {
    provider.tamper = ({ id_token: _, ...body }) => body;
    expect(await signIn()).toBe(refused('invalid'));
  });
});

describe('a provider', () => {
  it('that is away is looked up again by the next login; passwords go on working', async () => {
    await gateway.addUser('bob@baton.example');
    provider.intercept = (_, response) => {
      response.socket?.destroy();
      return true;
    };
    expect(await signIn()).toBe(refused('unavailable'));
    expect((await gateway.login('bob@baton.example')).status).toBe(200);
    provider.intercept = (_, response) => {
      response.writeHead(503).end('down');
      return true;
    };
    expect(await signIn()).toBe(refused('unavailable'));
    provider.intercept = undefined;
    expect(await signIn()).toBe('/');
  });

  it('that does not respond in time is away', async () => {
    provider.intercept = () => true;
    expect(await signIn()).toBe(refused('unavailable'));
  }, 20_000);

  it('that fails at the exchange of the code is away', async () => {
    const callback = await callbackOf();
    provider.intercept = (_, response) => {
      response.writeHead(500).end('down');
      return true;
    };
    expect(await finish(callback)).toBe(refused('unavailable'));
  });

  it.each<[string, object]>([
    ['another issuer', { issuer: 'https://other.example' }],
    ['no issuer', { issuer: undefined }],
  ])('whose discovery document names %s is refused', async (_, change) => {
    provider.intercept = (request, response) => {
      if (!request.url?.includes('well-known')) return false;
      const document = {
        issuer: provider.issuer,
        authorization_endpoint: `${provider.issuer}/auth`,
        ...change,
      };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(document));
      return true;
    };
    expect(await signIn()).toBe(refused('unavailable'));
  });

  it('ends its session, too, when a user logs out', async () => {
    await signIn();
    const out = await gateway.client.post('/api/logout', {}, session());
    const next = new URL(out.body.next as string);
    expect(next.origin).toBe(provider.issuer);
    expect(next.searchParams.get('post_logout_redirect_uri')).toBe(`${gateway.running.url}/`);
    expect(next.searchParams.get('id_token_hint')).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    expect((await me()).status).toBe(401);
    expect((await browser.get(next.href)).status).toBe(200);
    await gateway.addUser('bob@baton.example');
    const bob = cookieOf(await gateway.login('bob@baton.example', PASSWORD));
    expect((await gateway.client.post('/api/logout', {}, bob)).body).toEqual({ next: null });
  });
});
