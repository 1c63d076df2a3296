import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { eventually, httpClient } from '@baton/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { admin, cookieOf, identitiesFor, statusOf, TestGateway } from '../gateway.example.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await TestGateway.prepare();
}, 60_000);
beforeEach(() => gateway.open());
afterEach(() => gateway.close());
afterAll(() => gateway?.end());

describe('requests to the services', () => {
  it('are refused without a session or token, however the path is written', async () => {
    const paths = [
      '/api/leads/1',
      '/api/live',
      '/api/nothing',
      '/api/users',
      '/%61pi/leads/1',
      '/api%2Fleads/1',
      '/api',
    ];
    const statuses = await Promise.all(paths.map((path) => statusOf(gateway.running.url, path)));
    expect(statuses).toEqual(paths.map(() => 401));
    const forged = {
      authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJyb2xlIjoiYWRtaW4ifQ.e30',
      cookie: 'baton_session=x',
    };
    expect(await statusOf(gateway.running.url, '/api/leads/1', forged)).toBe(401);
    expect(await statusOf(gateway.running.url, '/%61pi/users', forged)).toBe(401);
    expect(gateway.requests()).toEqual([]);
  });

  it.each([
    ['/api/leads/search', 'scoring', '/leads/search'],
    ['/api/leads/7/score?at=1', 'scoring', '/leads/7/score?at=1'],
    ['/api/definitions/funnel', 'scoring', '/definitions/funnel'],
    ['/api/definitions/sla-policy-2/sign', 'routing', '/definitions/sla-policy-2/sign'],
    ['/api/handoffs', 'routing', '/handoffs'],
    ['/api/sellers/9', 'routing', '/sellers/9'],
    ['/api/calendars/due', 'routing', '/calendars/due'],
    ['/api/teams', 'routing', '/teams'],
    ['/api/routing/preview', 'routing', '/routing/preview'],
    ['/api/reports/sla', 'reporting', '/reports/sla'],
    ['/api/attribution/evaluate', 'reporting', '/attribution/evaluate'],
    ['/api/sources', 'ingestion', '/sources'],
    ['/api/forms', 'ingestion', '/forms'],
  ] as const)('%s are forwarded to %s', async (path, service, url) => {
    await gateway.client.post(path, { a: 'ü' }, admin);
    expect(gateway.services[service].last).toMatchObject({ method: 'POST', url, body: '{"a":"ü"}' });
  });

  it('for one definition are forwarded to its owner', async () => {
    await gateway.client.get('/api/definitions/sla-policy-1', admin);
    expect(gateway.services.routing.last.url).toBe('/definitions/sla-policy-1');
    await gateway.client.get('/api/definitions/scoring-model-1', admin);
    expect(gateway.services.scoring.last.url).toBe('/definitions/scoring-model-1');
  });

  it('for a new kind of definition are forwarded to the service that owns it; a kind without an owner is not found', async () => {
    gateway.services.reporting.kinds = ['agreement'];
    await gateway.client.post('/api/definitions/agreement', {}, admin);
    expect(gateway.services.reporting.last).toMatchObject({ method: 'POST', url: '/definitions/agreement' });
    gateway.services.reporting.kinds = [];
    const answer = await gateway.client.post('/api/definitions/playbook', {}, admin);
    expect([answer.status, answer.body.code]).toEqual([404, 'not-found']);
  });

  it('for definitions are served without a service that is unavailable, except its own', async () => {
    const other = await gateway.start({ ROUTING_URL: 'http://127.0.0.1:1' });
    const client = httpClient(other.url);
    await client.post('/api/definitions/funnel', {}, admin);
    expect(gateway.services.scoring.last).toMatchObject({ method: 'POST', url: '/definitions/funnel' });
    const [owned, list] = [
      await client.post('/api/definitions/sla-policy', {}, admin),
      await client.get('/api/definitions', admin),
    ];
    await other.stop();
    expect([owned.status, list.status]).toEqual([503, 503]);
  });

  it('carry an identity signed by the gateway, and no headers of the caller about itself', async () => {
    const { body: user } = await gateway.addUser('ada@baton.example', 'manager');
    const cookie = cookieOf(await gateway.login('ada@baton.example'));
    await gateway.client.get('/api/leads/1', {
      ...cookie,
      authorization: 'Bearer eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiYWRtaW4ifQ.forged',
      'x-forwarded-for': '6.6.6.6',
      'x-user': 'admin',
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    });
    const { headers } = gateway.services.scoring.last;
    const token = String(headers['authorization']).replace('Bearer ', '');
    const person = { id: user.id, name: user.name, role: 'manager', kind: 'person', leads: 'all' };
    expect(identitiesFor('scoring').userIn(token)).toEqual(person);
    expect(identitiesFor('routing').userIn(token)).toBeNull();
    const claims = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString());
    expect(claims).toMatchObject({ iss: 'baton-gateway', exp: claims.iat + 60 });
    expect(headers['traceparent']).toContain('4bf92f3577b34da6a3ce929d0e0e4736');
    expect([headers['cookie'], headers['x-forwarded-for'], headers['x-user']]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('carry the identity for the service that gets them, whether forwarded, merged or commanded', async () => {
    const program = { id: expect.any(String), name: 'admin token', role: 'admin', kind: 'program' };
    await gateway.client.get('/api/handoffs', admin);
    await gateway.client.post('/api/definitions/funnel', {}, admin);
    await gateway.client.get('/api/definitions', admin);
    await gateway.client.get('/api/openapi.json', admin);
    await gateway.client.get('/api/dead-letters', admin);
    await gateway.client.post('/api/readers/reporting/facts/rewind', { to: 'start' }, admin);
    const requests = gateway.requests();
    expect(new Set(requests.map(({ service }) => service)).size).toBe(4);
    for (const { service, headers } of requests) {
      const token = String(headers['authorization']).replace('Bearer ', '');
      expect(identitiesFor(service).userIn(token)).toEqual(program);
    }
  });

  it('return the response of the service unchanged, without its cookies', async () => {
    const answer = await gateway.client.get('/api/handoffs/1', admin);
    expect([answer.status, answer.body, answer.headers.get('x-service')]).toEqual([
      409,
      { service: 'routing' },
      'routing',
    ]);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it('are refused with a body over the limit, before they are forwarded', async () => {
    const answer = await gateway.client.post('/api/leads/search', { text: 'x'.repeat(300_000) }, admin);
    expect([answer.status, answer.body.code]).toEqual([413, 'too-large']);
    expect(gateway.services.scoring.requests).toEqual([]);
  });

  it('have a limit of their own where bodies are large', async () => {
    const send = (bytes: number) =>
      gateway.client.post('/api/attribution/evaluate', { text: 'x'.repeat(bytes) }, admin);
    await send(16_000_000);
    expect(gateway.services.reporting.last.body).toHaveLength(16_000_011);
    const answer = await send(17_000_000);
    expect([answer.status, answer.body.code]).toEqual([413, 'too-large']);
  });

  it('are responded to with 503 and Retry-After while the service is unavailable', async () => {
    const other = await gateway.start({ INGESTION_URL: 'http://127.0.0.1:1' });
    const answer = await httpClient(other.url).get('/api/sources', admin);
    await other.stop();
    expect([answer.status, answer.headers.get('retry-after'), answer.body.code]).toEqual([
      503,
      '2',
      'unavailable',
    ]);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it('for all definitions return those of all owners, with all pages', async () => {
    gateway.services.scoring.definitions = [
      { kind: 'scoring-model', version: 1 },
      { kind: 'funnel', version: 1 },
      { kind: 'funnel', version: 2 },
    ];
    gateway.services.routing.definitions = [{ kind: 'sla-policy', version: 1 }];
    const { body } = await gateway.client.get('/api/definitions', admin);
    const named = body.items.map(
      ({ kind, version }: { kind: string; version: number }) => `${kind}-${version}`,
    );
    expect(named).toEqual(['funnel-2', 'funnel-1', 'scoring-model-1', 'sla-policy-1']);
    expect(body.next).toBeNull();
    expect(gateway.services.routing.last.headers['authorization']).toMatch(/^Bearer /);
  });

  it('for the OpenAPI document return one for the whole API', async () => {
    const { body } = await gateway.client.get('/api/openapi.json', admin);
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining(['/api/leads/{id}', '/api/login', '/api/users', '/api/definitions']),
    );
    expect(Object.keys(body.paths)).not.toContain('/api/scoring');
    expect(Object.keys(body.components.schemas)).toEqual(expect.arrayContaining(['Answer', 'RoutingAnswer']));
  });
});

describe('the live stream', () => {
  /** Opens the stream; `next` resolves with each chunk, and with undefined at the end. */
  const open = async (): Promise<{ next: () => Promise<string | undefined>; leave: () => void }> => {
    const headers = { ...admin, 'last-event-id': '41' };
    const sent = httpRequest(`${gateway.running.url}/api/live`, { headers }).end();
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    expect(answer.headers['content-type']).toContain('text/event-stream');
    const pieces = answer.setEncoding('utf8')[Symbol.asyncIterator]() as AsyncIterator<string>;
    return {
      next: async () => {
        const { done, value } = await pieces.next();
        return done ? undefined : value;
      },
      leave: () => answer.destroy(),
    };
  };

  it('is forwarded chunk by chunk from the last event id of the reader, and is closed at the service when the reader disconnects', async () => {
    const { next, leave } = await open();
    expect(await next()).toBe(': hello\n\n');
    expect(gateway.services.reporting.last.headers['last-event-id']).toBe('41');
    const stream = gateway.services.reporting.streams.at(-1)!;
    for (const text of ['id: 42\ndata: a\n\n', 'id: 43\ndata: b\n\n']) {
      stream.send(text);
      expect(await next()).toBe(text);
    }
    leave();
    await eventually(() => expect(stream.closed).toBe(true));
  });

  it('is closed when the gateway stops', async () => {
    const { next } = await open();
    await next();
    await gateway.running.stop();
    expect(await next()).toBeUndefined();
    await eventually(() => expect(gateway.services.reporting.streams.at(-1)?.closed).toBe(true));
  });
});
