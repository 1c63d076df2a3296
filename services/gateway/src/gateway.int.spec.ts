import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start, verifyIdentity, type Running } from '@baton/platform';
import { eventually, httpClient, testDatabase, type Answer, type TestDatabase } from '@baton/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { gateway } from './gateway.module.js';
import { FakeService } from './upstreams.example.js';

const SECRET = 'a secret of at least thirty-two characters';
const ADMIN = 'an-administrators-token-of-many-characters';
const PASSWORD = 'correct horse battery';
const HOUR = 3_600_000;
const SERVICES = ['ingestion', 'scoring', 'routing', 'reporting'] as const;

let database: TestDatabase;
let folder: string;
let door: Running;
let fakes: Record<(typeof SERVICES)[number], FakeService>;
const clock = { at: Date.parse('2026-01-05T09:00:00.000Z'), now: () => new Date(clock.at) };
const admin = { authorization: `Bearer ${ADMIN}` };

const startDoor = (over: Record<string, string> = {}): Promise<Running> =>
  start(
    gateway,
    {
      DATABASE_URL: database.url,
      KAFKA_BROKERS: 'localhost:9092',
      IDENTITY_SECRET: SECRET,
      ADMIN_TOKEN: ADMIN,
      DASHBOARD_DIR: folder,
      LOG_LEVEL: 'silent',
      SHUTDOWN_GRACE_MS: '4000',
      ...Object.fromEntries(SERVICES.map((name) => [`${name.toUpperCase()}_URL`, fakes[name].url])),
      ...over,
    },
    { clock },
  );

const client = () => httpClient(door.url);
const login = (email: string, password = PASSWORD): Promise<Answer> =>
  client().post('/api/login', { email, password });
const cookieOf = ({ headers }: Answer): { cookie: string } => ({
  cookie: headers.getSetCookie()[0]?.split(';')[0] ?? '',
});
const addUser = (email: string, role = 'seller', id?: string): Promise<Answer> =>
  client().post(
    '/api/users',
    { email, role, name: `Name of ${email}`, password: PASSWORD, ...(id && { id }) },
    admin,
  );
/** Asks with exactly these bytes as path, which fetch would tidy up. */
const raw = (path: string, headers: Record<string, string> = {}): Promise<number> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(door.url);
    const sent = httpRequest({ hostname, port, path, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    sent.on('error', reject).end();
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-pages-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<style nonce="__CSP_NONCE__"></style><div id="root"></div>');
  await writeFile(join(folder, 'assets/index-abc123.js'), 'export {};');
  await writeFile(join(folder, 'assets/index-abc123.js.br'), 'compressed');
  const started = await Promise.all(SERVICES.map((name) => FakeService.start(name)));
  fakes = Object.fromEntries(started.map((fake) => [fake.name, fake])) as typeof fakes;
  database = await testDatabase({ name: 'gateway', migrations: gateway.migrations });
}, 60_000);
beforeEach(async () => {
  clock.at = Date.parse('2026-01-05T09:00:00.000Z');
  door = await startDoor();
});
afterEach(async () => {
  await door.stop();
  await database.database.rows('truncate users, tokens cascade');
  Object.values(fakes).forEach(({ asked }) => asked.splice(0));
});
afterAll(async () => {
  await Promise.all(Object.values(fakes ?? {}).map((fake) => fake.close()));
  await database?.drop();
  await rm(folder, { recursive: true });
});

describe('logging in', () => {
  it('gives a session that only the browser holds, and says who one is', async () => {
    await addUser('Ada@Baton.example', 'manager');
    const answer = await login(' ada@baton.example ');
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ email: 'ada@baton.example', role: 'manager' });
    expect(answer.headers.getSetCookie()[0]).toMatch(
      /^baton_session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    const me = await client().get('/api/me', cookieOf(answer));
    expect(me.body).toEqual(answer.body);
    const [row] = await database.database.rows<{ kept: string }>(
      'select sessions::text as kept from sessions',
    );
    expect(row?.kept).not.toContain(cookieOf(answer).cookie.split('=')[1]);
  });

  it('gives a cookie for https only where the browser came by https', async () => {
    await addUser('ada@baton.example');
    const body = { email: 'ada@baton.example', password: PASSWORD };
    const answer = await client().post('/api/login', body, { 'x-forwarded-proto': 'https' });
    expect(answer.headers.getSetCookie()[0]).toMatch(/; Secure/);
  });

  it('refuses a wrong password and an unknown address in the same words', async () => {
    await addUser('ada@baton.example');
    const [wrong, unknown] = [
      await login('ada@baton.example', 'not the password'),
      await login('nobody@baton.example'),
    ];
    expect(wrong.status).toBe(401);
    expect(wrong.headers.get('content-type')).toContain('application/problem+json');
    expect({ ...unknown.body, traceId: '' }).toEqual({ ...wrong.body, traceId: '' });
    expect(wrong.headers.getSetCookie()).toEqual([]);
  });

  it('is slowed down after ten wrong passwords, for that account only, until the window has passed', async () => {
    await addUser('ada@baton.example');
    await addUser('sam@baton.example');
    const wrong = await Promise.all(Array.from({ length: 10 }, () => login('ada@baton.example', 'wrong')));
    expect(wrong.map(({ status }) => status)).toEqual(Array(10).fill(401));
    const locked = await login('ada@baton.example');
    expect([locked.status, locked.headers.get('retry-after'), locked.body.code]).toEqual([
      429,
      '900',
      'too-many',
    ]);
    expect((await login('sam@baton.example')).status).toBe(200);
    clock.at += 15 * 60_000;
    expect((await login('ada@baton.example')).status).toBe(200);
  });

  it('names what is wrong with a request', async () => {
    const answer = await client().post('/api/login', { email: 7 });
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(
      expect.arrayContaining(['/email', '/password']),
    );
  });
});

describe('a session', () => {
  it('lasts twelve hours from its last use and ends with the logout', async () => {
    await addUser('ada@baton.example');
    const cookie = cookieOf(await login('ada@baton.example'));
    for (let used = 0; used < 3; used += 1) {
      clock.at += 11 * HOUR;
      expect((await client().get('/api/me', cookie)).status).toBe(200);
    }
    const out = await client().post('/api/logout', {}, cookie);
    expect([out.status, out.headers.getSetCookie()[0]]).toEqual([204, expect.stringContaining('Max-Age=0')]);
    expect((await client().get('/api/me', cookie)).status).toBe(401);
  });

  it('is over after twelve hours without use', async () => {
    await addUser('ada@baton.example');
    const cookie = cookieOf(await login('ada@baton.example'));
    clock.at += 12 * HOUR;
    expect((await client().get('/api/me', cookie)).status).toBe(401);
    expect((await client().get('/api/live', cookie)).status).toBe(401);
  });

  it('is of no use to another site', async () => {
    await addUser('ada@baton.example');
    const cookie = cookieOf(await login('ada@baton.example'));
    const from = (headers: Record<string, string>) =>
      client().post('/api/handoffs/1/accept', {}, { ...cookie, ...headers });
    expect((await from({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await from({ 'sec-fetch-site': 'same-site' })).status).toBe(403);
    expect(fakes.routing.asked).toEqual([]);
    expect((await from({ origin: door.url })).status).toBe(409);
    const foreign = { email: 'ada@baton.example', password: PASSWORD };
    expect((await client().post('/api/login', foreign, { origin: 'https://evil.example' })).status).toBe(403);
  });
});

describe('users and tokens', () => {
  it('are made by administrators, each address and each id once', async () => {
    const id = '00000000-0000-4000-8000-000000000001';
    const made = await addUser('ada@baton.example', 'seller', id);
    expect([made.status, made.body]).toEqual([
      201,
      { id, email: 'ada@baton.example', name: 'Name of ada@baton.example', role: 'seller' },
    ]);
    expect((await addUser('ADA@baton.example')).status).toBe(409);
    expect((await addUser('other@baton.example', 'seller', id)).status).toBe(409);
    const cookie = cookieOf(await login('ada@baton.example'));
    expect((await client().get('/api/users', cookie)).status).toBe(403);
    expect((await client().post('/api/tokens', { name: 'mine', role: 'admin' }, cookie)).status).toBe(403);
    expect((await client().get('/api/users', admin)).body.items).toEqual([made.body]);
  });

  it('a token is whoever it was made for, and kept as a hash only', async () => {
    const { body } = await client().post('/api/tokens', { name: 'nightly export', role: 'marketing' }, admin);
    const own = { authorization: `Bearer ${body.token}` };
    expect((await client().get('/api/me', own)).body).toEqual({
      id: body.id,
      name: 'nightly export',
      role: 'marketing',
    });
    const [row] = await database.database.rows<{ kept: string }>('select tokens::text as kept from tokens');
    expect(row?.kept).not.toContain(body.token);
    // a program cannot be lured by another site
    const answer = await client().post(
      '/api/handoffs/1/accept',
      {},
      { ...own, origin: 'https://elsewhere.example' },
    );
    expect(answer.headers.get('x-service')).toBe('routing');
  });
});

describe('the way to the services', () => {
  it('is closed without a session or token, whatever the path looks like', async () => {
    const paths = [
      '/api/leads/1',
      '/api/live',
      '/api/nothing',
      '/api/users',
      '/%61pi/leads/1',
      '/api%2Fleads/1',
      '/api',
    ];
    const statuses = await Promise.all(paths.map((path) => raw(path)));
    expect(statuses).toEqual(paths.map(() => 401));
    const forged = {
      authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJyb2xlIjoiYWRtaW4ifQ.e30',
      cookie: 'baton_session=x',
    };
    expect(await raw('/api/leads/1', forged)).toBe(401);
    expect(await raw('/%61pi/users', forged)).toBe(401);
    expect(Object.values(fakes).flatMap(({ asked }) => asked)).toEqual([]);
  });

  it.each([
    ['/api/leads/search', 'scoring', '/leads/search'],
    ['/api/leads/7/score?at=1', 'scoring', '/leads/7/score?at=1'],
    ['/api/definitions/funnel', 'scoring', '/definitions/funnel'],
    ['/api/definitions/sla-policy-2/sign', 'routing', '/definitions/sla-policy-2/sign'],
    ['/api/handoffs', 'routing', '/handoffs'],
    ['/api/sellers/9', 'routing', '/sellers/9'],
    ['/api/reports/sla', 'reporting', '/reports/sla'],
    ['/api/dead-letters', 'reporting', '/dead-letters'],
    ['/api/sources', 'ingestion', '/sources'],
    ['/api/forms', 'ingestion', '/forms'],
  ] as const)('%s leads to %s', async (path, service, url) => {
    await client().post(path, { a: 'ü' }, admin);
    expect(fakes[service].last).toMatchObject({ method: 'POST', url, body: '{"a":"ü"}' });
  });

  it('reads one definition at its owner', async () => {
    await client().get('/api/definitions/sla-policy-1', admin);
    expect(fakes.routing.last.url).toBe('/definitions/sla-policy-1');
    await client().get('/api/definitions/scoring-model-1', admin);
    expect(fakes.scoring.last.url).toBe('/definitions/scoring-model-1');
  });

  it("carries the gateway's word for who asks, and nothing the caller says of itself", async () => {
    const { body: user } = await addUser('ada@baton.example', 'manager');
    const cookie = cookieOf(await login('ada@baton.example'));
    await client().get('/api/leads/1', {
      ...cookie,
      authorization: 'Bearer eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiYWRtaW4ifQ.forged',
      'x-forwarded-for': '6.6.6.6',
      'x-user': 'admin',
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    });
    const { headers } = fakes.scoring.last;
    const token = String(headers['authorization']).replace('Bearer ', '');
    expect(await verifyIdentity(SECRET, token)).toEqual({ id: user.id, name: user.name, role: 'manager' });
    const claims = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString());
    expect(claims).toMatchObject({ iss: 'baton-gateway', exp: claims.iat + 60 });
    expect(headers['traceparent']).toContain('4bf92f3577b34da6a3ce929d0e0e4736');
    expect([headers['cookie'], headers['x-forwarded-for'], headers['x-user']]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("gives the service's answer unchanged, but no cookies of it", async () => {
    const answer = await client().get('/api/handoffs/1', admin);
    expect([answer.status, answer.body, answer.headers.get('x-service')]).toEqual([
      409,
      { service: 'routing' },
      'routing',
    ]);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it('refuses a body over the limit before any service hears of it', async () => {
    const answer = await client().post('/api/leads/search', { text: 'x'.repeat(300_000) }, admin);
    expect([answer.status, answer.body.code]).toEqual([413, 'too-large']);
    expect(fakes.scoring.asked).toEqual([]);
  });

  it('says when to come again while a service is away', async () => {
    const other = await startDoor({ INGESTION_URL: 'http://127.0.0.1:1' });
    const answer = await httpClient(other.url).get('/api/sources', admin);
    await other.stop();
    expect([answer.status, answer.headers.get('retry-after'), answer.body.code]).toEqual([
      503,
      '2',
      'unavailable',
    ]);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it('merges the definitions of both owners, all their pages', async () => {
    fakes.scoring.definitions = [
      { kind: 'scoring-model', version: 1 },
      { kind: 'funnel', version: 1 },
      { kind: 'funnel', version: 2 },
    ];
    fakes.routing.definitions = [{ kind: 'sla-policy', version: 1 }];
    const { body } = await client().get('/api/definitions', admin);
    const named = body.items.map(
      ({ kind, version }: { kind: string; version: number }) => `${kind}-${version}`,
    );
    expect(named).toEqual(['funnel-2', 'funnel-1', 'scoring-model-1', 'sla-policy-1']);
    expect(body.next).toBeNull();
    expect(fakes.routing.last.headers['authorization']).toMatch(/^Bearer /);
  });

  it('describes the whole API in one document', async () => {
    const { body } = await client().get('/api/openapi.json', admin);
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining(['/api/leads/{id}', '/api/login', '/api/users', '/api/definitions']),
    );
    expect(Object.keys(body.paths)).not.toContain('/api/scoring');
    expect(Object.keys(body.components.schemas)).toEqual(expect.arrayContaining(['Answer', 'RoutingAnswer']));
  });
});

describe('the live stream', () => {
  const open = async (end: AbortController): Promise<() => Promise<string | undefined>> => {
    const headers = { ...admin, 'last-event-id': '41' };
    const answer = await fetch(`${door.url}/api/live`, { headers, signal: end.signal });
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    const reader = answer.body!.getReader();
    return async () => {
      const { done, value } = await reader.read();
      return done ? undefined : new TextDecoder().decode(value as Uint8Array);
    };
  };

  it('comes through as it is sent, from where the reader was, and ends at the service when the reader goes', async () => {
    const end = new AbortController();
    const next = await open(end);
    expect(await next()).toBe(': hello\n\n');
    expect(fakes.reporting.last.headers['last-event-id']).toBe('41');
    const stream = fakes.reporting.streams.at(-1)!;
    for (const text of ['id: 42\ndata: a\n\n', 'id: 43\ndata: b\n\n']) {
      stream.send(text);
      expect(await next()).toBe(text);
    }
    end.abort();
    await eventually(() => expect(stream.closed).toBe(true));
  });

  it('ends in good order when the gateway stops', async () => {
    const next = await open(new AbortController());
    await next();
    await door.stop();
    expect(await next()).toBeUndefined();
    await eventually(() => expect(fakes.reporting.streams.at(-1)?.closed).toBe(true));
  });
});

describe("the dashboard's files", () => {
  it.each(['/', '/inbox/7', '/definitions/new/sla-policy', '/index.html'])(
    '%s is the page, with a policy for it alone',
    async (path) => {
      const [one, other] = [await client().get(path), await client().get(path)];
      const policy = one.headers.get('content-security-policy') ?? '';
      const nonce = /style-src 'self' 'nonce-([^']{20,})'/.exec(policy)?.[1];
      expect(one.body).toBe(`<style nonce="${nonce}"></style><div id="root"></div>`);
      expect(policy).not.toContain('unsafe');
      expect(policy).toContain("frame-ancestors 'none'");
      expect(one.headers.get('cache-control')).toBe('no-cache');
      expect(other.headers.get('content-security-policy')).not.toBe(policy);
    },
  );

  it('assets last, since their names change with them, and come compressed', async () => {
    const answer = await client().get('/assets/index-abc123.js', { 'accept-encoding': 'identity' });
    expect([answer.status, answer.body]).toEqual([200, 'export {};']);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.get('content-type')).toContain('javascript');
  });

  it.each(['/assets/gone.js', '/../package.json', '/assets/%2e%2e/%2e%2e/package.json', '/.env'])(
    '%s is nothing',
    async (path) => {
      expect([403, 404]).toContain(await raw(path));
    },
  );

  it('nothing below /api is a page', async () => {
    const answer = await client().get('/api/nothing', admin);
    expect([answer.status, answer.body.code]).toEqual([404, 'not-found']);
  });
});
