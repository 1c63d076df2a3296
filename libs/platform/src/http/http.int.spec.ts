import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EachNested } from '@baton/contracts';
import { httpClient, sendOn, testDatabase, type HttpClient, type TestDatabase } from '@baton/testing';
import { bearerOf, identityEnvironment } from '@baton/testing/service';
import { IsString, IsUUID, MaxLength } from 'class-validator';
import {
  CurrentUser,
  DomainError,
  Public,
  Roles,
  ServiceConfig,
  service,
  start,
  User,
  type Role,
  type Running,
} from '../index.js';
import { createLogger } from '../log/logger.js';

class Owner {
  @IsUUID() id!: string;
}
class ShelveRequest {
  @IsString() @MaxLength(10) title!: string;
  @EachNested(() => Owner) owners!: Owner[];
}

@Roles('manager')
@Controller('books')
class BooksHttp {
  @Get('whoami') @Roles('seller', 'manager') whoami(@CurrentUser() user: User): User {
    return user;
  }
  @Post() shelve(@Body() request: ShelveRequest): ShelveRequest {
    return request;
  }
  @Public() @Get('open') open(): object {
    return { open: true };
  }
  @Public() @Get('refused/:why') refuse(@Param('why') why: string): never {
    if (why === 'conflict') throw new DomainError('conflict', 'Ada took it.', { decidedBy: 'u-1' });
    if (why === 'unavailable') throw new DomainError('unavailable', 'Later.', { retryAfter: 1.2 });
    throw new Error('password=hunter2');
  }
}
@Controller('closed')
class ClosedHttp {
  @Get() authenticated(@CurrentUser() user: User): User {
    return user;
  }
}
const library = service({
  name: 'library',
  config: ServiceConfig,
  http: [BooksHttp, ClosedHttp],
  bodyLimit: 1_000,
  headers: { 'x-frame-options': 'SAMEORIGIN' },
  fastify: (instance) => {
    instance.addContentTypeParser('text/csv', { parseAs: 'string' }, (_request, body, done) =>
      done(null, body),
    );
    instance.post('/raw', (request) => ({ got: request.body }));
    instance.get('/client', ({ ip }) => ({ ip }));
  },
});

describe('HTTP of a service', () => {
  const lines: Record<string, any>[] = [];
  let db: TestDatabase;
  let running: Running;
  let http: HttpClient;

  const userOf = (role: Role): User => ({ id: 'u-1', name: 'Ada', role, kind: 'person' });
  const as = (role: Role): HttpClient => http.with(bearerOf(userOf(role), 'library'));

  beforeAll(async () => {
    db = await testDatabase({ name: 'library', migrations: library.migrations });
    const destination = { write: (line: string) => void lines.push(JSON.parse(line) as object) };
    const logger = await createLogger({ name: 'library', level: 'debug', destination });
    running = await start(library, { DATABASE_URL: db.url, ...identityEnvironment }, { logger });
    http = httpClient(running.url);
  });
  afterAll(async () => {
    await running?.stop();
    await db?.drop();
  });

  it.each([
    ['0', '203.0.113.9', '127.0.0.1'],
    ['1', '6.6.6.6, 203.0.113.9', '203.0.113.9'],
    ['2', '6.6.6.6, 203.0.113.9, 10.0.0.2', '203.0.113.9'],
    ['1', undefined, '127.0.0.1'],
  ])('behind %s proxies, forwarded for %s, has the client %s', async (proxies, forwarded, ip) => {
    const settings = { DATABASE_URL: db.url, ...identityEnvironment, TRUSTED_PROXIES: proxies };
    const behind = await start(library, { ...settings, LOG_LEVEL: 'silent' });
    const headers: Record<string, string> = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
    const { body } = await httpClient(behind.url).get('/client', headers);
    await behind.stop();
    expect(body).toEqual({ ip });
  });

  it('requires authentication, unless the route is public', async () => {
    const refused = await http.get('/closed');

    expect(refused).toMatchObject({ status: 401, body: { code: 'unauthenticated', instance: '/closed' } });
    expect(refused.headers.get('www-authenticate')).toBe('Bearer');
    expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect((await http.get('/closed', { authorization: 'Bearer a.b.c' })).status).toBe(401);
    expect((await http.get('/closed', bearerOf(userOf('admin'), 'librarian'))).status).toBe(401);
    expect((await http.get('/closed', bearerOf(userOf('admin'), 'library'))).status).toBe(200);
    expect((await http.get('/books/open')).body).toEqual({ open: true });
  });

  it('passes the user to the handler', async () => {
    expect((await as('marketing').get('/closed')).body).toEqual(userOf('marketing'));
    const program = { ...userOf('marketing'), kind: 'program' } as const;
    expect((await http.get('/closed', bearerOf(program, 'library'))).body).toEqual(program);
  });

  it('admits only the roles of the route; the method wins over the controller', async () => {
    const marketing = await as('marketing').get('/books/whoami');

    expect(marketing).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect((await as('seller').get('/books/whoami')).status).toBe(200);
    expect((await as('seller').post('/books', { title: 'x', owners: [] })).status).toBe(403);
    expect((await as('manager').post('/books', { title: 'x', owners: [] })).status).toBe(201);
  });

  it('lists every violation in a body by JSON pointer', async () => {
    const manager = as('manager');
    const answer = await manager.post('/books', { title: 'far too long', 'a/b': 1, owners: [{ id: '1' }] });

    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual(
      expect.arrayContaining([
        { pointer: '/title', detail: 'must be shorter than or equal to 10 characters' },
        { pointer: '/a~1b', detail: 'is not known here' },
        { pointer: '/owners/0/id', detail: 'must be a UUID' },
      ]),
    );
    expect(answer.body.errors).toHaveLength(3);
    expect((await manager.post('/books')).body.errors.map((e: any) => e.pointer)).toContain('/owners');
  });

  it.each([
    ['broken JSON', 400, 'invalid', '{"title":', 'application/json'],
    ['an unsupported format', 415, 'unsupported', '<x/>', 'text/xml'],
    ['a body over the limit', 413, 'too-large', `"${'x'.repeat(2_000)}"`, 'application/json'],
    ['a body that is no object', 400, 'invalid', '"x"', 'application/json'],
  ])('answers %s with a problem', async (_, status, code, body, type) => {
    const answer = await as('manager').post('/books', body, { 'content-type': type });

    expect(answer).toMatchObject({ status, body: { status, code, type: `urn:baton:problem:${code}` } });
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });

  it('answers who is still sending a refused body, and takes the next request of the connection', async () => {
    const rest = Array.from({ length: 100 }, () => 'x'.repeat(40_000));
    const head = 'host: x\r\ncontent-type: text/csv\r\ncontent-length: 4000010\r\n\r\n0123456789';
    const answers = await sendOn(running.url, `POST /raw HTTP/1.1\r\n${head}`, rest);

    expect(answers.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 404']);
  });

  it.each([
    ['{"title":"a\\u0000b","owners":[]}', '/title'],
    ['{"title":"a\\ud83db","owners":[]}', '/title'],
    ['{"title":"a","owners":[{"id":"\\u0000"}]}', '/owners/0/id'],
    [`{"title":${'['.repeat(300)}${']'.repeat(300)},"owners":[]}`, `/title${'/0'.repeat(63)}`],
  ])('refuses what no database could store: %s', async (body, pointer) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await as('manager').post('/books', body, headers);
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([400, pointer]);
  });

  it('answers unknown and malformed paths with a problem, without the query', async () => {
    const unknown = await http.get('/nowhere?email=ada@example.com');

    expect(unknown).toMatchObject({ status: 404, body: { code: 'not-found', instance: '/nowhere' } });
    expect(JSON.stringify(unknown.body)).not.toContain('ada@example.com');
    expect((await http.get('/books/refused/%zz')).body).toMatchObject({ status: 400, code: 'invalid' });
  });

  it('answers a refusal with its detail and Retry-After', async () => {
    expect((await http.get('/books/refused/conflict')).body).toMatchObject({ status: 409, decidedBy: 'u-1' });
    const later = await http.get('/books/refused/unavailable');
    expect(later.status).toBe(503);
    expect(later.headers.get('retry-after')).toBe('2');
  });

  it('logs one of many responses 503 in a row', async () => {
    const logged = () => lines.filter(({ msg }) => msg === 'answered unavailable').length;
    for (let n = 0; n < 20; n += 1) expect((await http.get('/books/refused/unavailable')).status).toBe(503);
    expect(logged()).toBe(1);
  });

  it('discloses nothing of an unexpected fault, and logs it with the trace id of the response', async () => {
    const { status, body } = await http.get('/books/refused/boom?email=ada@example.com');
    const logged = lines.find((line) => line['traceId'] === body.traceId);

    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toContain('hunter2');
    expect(logged).toMatchObject({ level: 'error', route: '/books/refused/:why', err: { type: 'Error' } });
    expect(JSON.stringify(lines)).not.toContain('ada@example.com');
  });

  it('sets strict headers, which a service may override', async () => {
    const { headers } = await http.get('/books/open');

    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
    // The rest of OWASP's list of secure headers, and those that it says to remove.
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=31536000; includeSubDomains$/);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('x-permitted-cross-domain-policies')).toBe('none');
    for (const feature of ['camera', 'geolocation', 'microphone', 'payment'])
      expect(headers.get('permissions-policy')).toContain(`${feature}=()`);
    for (const name of ['server', 'x-powered-by', 'x-aspnet-version', 'public-key-pins', 'x-xss-protection'])
      expect(headers.has(name)).toBe(false);
  });

  it('lets a service configure Fastify, with its own body parsers', async () => {
    expect((await http.post('/raw', 'a;b', { 'content-type': 'text/csv' })).body).toEqual({ got: 'a;b' });
  });

  it('serves health, metrics and its OpenAPI document on the management port', async () => {
    const management = httpClient(running.managementUrl);
    expect((await management.get('/health/live')).body).toEqual({ status: 'live' });
    const ready = await management.get('/health/ready');
    const ok = { status: 'ok' };
    expect(ready.body).toEqual({ status: 'ready', checks: { database: ok, 'read database': ok } });
    const { body: metrics } = await management.get('/metrics');
    expect(metrics).toContain('http_request_method="GET",http_route="/books/open"');
    const { body: document } = await management.get('/openapi.json');
    expect(document.paths['/books/open'].get.operationId).toBe('booksOpen');
  });

  it('serves nothing of it on the public port but the OpenAPI document, to authenticated users', async () => {
    for (const path of ['/health/live', '/health/ready', '/metrics'])
      expect((await http.get(path)).status).toBe(404);
    expect((await http.get('/openapi.json')).status).toBe(401);
    expect((await as('seller').get('/openapi.json')).body.openapi).toBe('3.1.0');
  });

  it('reports its URL', () => {
    expect(lines).toContainEqual(expect.objectContaining({ msg: 'listening', url: running.url }));
  });
});
