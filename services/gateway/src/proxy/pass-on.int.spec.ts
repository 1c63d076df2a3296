import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { verifyIdentity } from '@baton/platform';
import { eventually, httpClient } from '@baton/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { admin, cookieOf, SECRET, statusOf, TestGateway } from '../gateway.example.js';

let house: TestGateway;
beforeAll(async () => {
  house = await TestGateway.prepare();
}, 60_000);
beforeEach(() => house.open());
afterEach(() => house.close());
afterAll(() => house?.end());

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
    const statuses = await Promise.all(paths.map((path) => statusOf(house.door.url, path)));
    expect(statuses).toEqual(paths.map(() => 401));
    const forged = {
      authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJyb2xlIjoiYWRtaW4ifQ.e30',
      cookie: 'baton_session=x',
    };
    expect(await statusOf(house.door.url, '/api/leads/1', forged)).toBe(401);
    expect(await statusOf(house.door.url, '/%61pi/users', forged)).toBe(401);
    expect(house.asked()).toEqual([]);
  });

  it.each([
    ['/api/leads/search', 'scoring', '/leads/search'],
    ['/api/leads/7/score?at=1', 'scoring', '/leads/7/score?at=1'],
    ['/api/definitions/funnel', 'scoring', '/definitions/funnel'],
    ['/api/definitions/sla-policy-2/sign', 'routing', '/definitions/sla-policy-2/sign'],
    ['/api/handoffs', 'routing', '/handoffs'],
    ['/api/sellers/9', 'routing', '/sellers/9'],
    ['/api/reports/sla', 'reporting', '/reports/sla'],
    ['/api/sources', 'ingestion', '/sources'],
    ['/api/forms', 'ingestion', '/forms'],
  ] as const)('%s leads to %s', async (path, service, url) => {
    await house.client.post(path, { a: 'ü' }, admin);
    expect(house.services[service].last).toMatchObject({ method: 'POST', url, body: '{"a":"ü"}' });
  });

  it('reads one definition at its owner', async () => {
    await house.client.get('/api/definitions/sla-policy-1', admin);
    expect(house.services.routing.last.url).toBe('/definitions/sla-policy-1');
    await house.client.get('/api/definitions/scoring-model-1', admin);
    expect(house.services.scoring.last.url).toBe('/definitions/scoring-model-1');
  });

  it("carries the gateway's word for who asks, and nothing the caller says of itself", async () => {
    const { body: user } = await house.addUser('ada@baton.example', 'manager');
    const cookie = cookieOf(await house.login('ada@baton.example'));
    await house.client.get('/api/leads/1', {
      ...cookie,
      authorization: 'Bearer eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiYWRtaW4ifQ.forged',
      'x-forwarded-for': '6.6.6.6',
      'x-user': 'admin',
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    });
    const { headers } = house.services.scoring.last;
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
    const answer = await house.client.get('/api/handoffs/1', admin);
    expect([answer.status, answer.body, answer.headers.get('x-service')]).toEqual([
      409,
      { service: 'routing' },
      'routing',
    ]);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it('refuses a body over the limit before any service hears of it', async () => {
    const answer = await house.client.post('/api/leads/search', { text: 'x'.repeat(300_000) }, admin);
    expect([answer.status, answer.body.code]).toEqual([413, 'too-large']);
    expect(house.services.scoring.asked).toEqual([]);
  });

  it('says when to come again while a service is away', async () => {
    const other = await house.start({ INGESTION_URL: 'http://127.0.0.1:1' });
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
    house.services.scoring.definitions = [
      { kind: 'scoring-model', version: 1 },
      { kind: 'funnel', version: 1 },
      { kind: 'funnel', version: 2 },
    ];
    house.services.routing.definitions = [{ kind: 'sla-policy', version: 1 }];
    const { body } = await house.client.get('/api/definitions', admin);
    const named = body.items.map(
      ({ kind, version }: { kind: string; version: number }) => `${kind}-${version}`,
    );
    expect(named).toEqual(['funnel-2', 'funnel-1', 'scoring-model-1', 'sla-policy-1']);
    expect(body.next).toBeNull();
    expect(house.services.routing.last.headers['authorization']).toMatch(/^Bearer /);
  });

  it('describes the whole API in one document', async () => {
    const { body } = await house.client.get('/api/openapi.json', admin);
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining(['/api/leads/{id}', '/api/login', '/api/users', '/api/definitions']),
    );
    expect(Object.keys(body.paths)).not.toContain('/api/scoring');
    expect(Object.keys(body.components.schemas)).toEqual(expect.arrayContaining(['Answer', 'RoutingAnswer']));
  });
});

describe('the live stream', () => {
  /** Reads along; gives the pieces as they come, undefined at the end. */
  const open = async (): Promise<{ next: () => Promise<string | undefined>; leave: () => void }> => {
    const headers = { ...admin, 'last-event-id': '41' };
    const sent = httpRequest(`${house.door.url}/api/live`, { headers }).end();
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

  it('comes through as it is sent, from where the reader was, and ends at the service when the reader goes', async () => {
    const { next, leave } = await open();
    expect(await next()).toBe(': hello\n\n');
    expect(house.services.reporting.last.headers['last-event-id']).toBe('41');
    const stream = house.services.reporting.streams.at(-1)!;
    for (const text of ['id: 42\ndata: a\n\n', 'id: 43\ndata: b\n\n']) {
      stream.send(text);
      expect(await next()).toBe(text);
    }
    leave();
    await eventually(() => expect(stream.closed).toBe(true));
  });

  it('ends in good order when the gateway stops', async () => {
    const { next } = await open();
    await next();
    await house.door.stop();
    expect(await next()).toBeUndefined();
    await eventually(() => expect(house.services.reporting.streams.at(-1)?.closed).toBe(true));
  });
});
