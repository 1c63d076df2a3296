import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { admin, cookieOf, TestGateway } from '../gateway.example.js';

let gateway: TestGateway;
beforeAll(async () => void (gateway = await TestGateway.prepare()));
beforeEach(() => gateway.open());
afterEach(() => gateway.close());
afterAll(() => gateway.end());

const minute = (at: number): string => `2026-01-05T09:${String(at).padStart(2, '0')}:00.000Z`;

describe('readers', () => {
  it('of all services are one list, each with its service', async () => {
    const { status, body } = await gateway.client.get('/api/readers', admin);
    expect(status).toBe(200);
    expect((body as { items: object[] }).items).toEqual(
      ['scoring', 'routing', 'reporting'].map((service) =>
        expect.objectContaining({ service, reader: 'leads' }),
      ),
    );
    expect(body).toMatchObject({ unavailable: [] });
  });

  it('are rewound and rebuilt by their service', async () => {
    await gateway.client.post('/api/readers/scoring/leads/rewind', { to: 'start', topic: 'activity' }, admin);
    expect(gateway.services.scoring.last).toMatchObject({
      method: 'POST',
      url: '/readers/leads/rewind',
      body: '{"to":"start","topic":"activity"}',
    });
    await gateway.client.post('/api/readers/reporting/facts/rebuild', {}, admin);
    expect(gateway.services.reporting.last.url).toBe('/readers/facts/rebuild');
  });

  it.each(['/api/readers/gateway/leads/rewind', '/api/readers/scoring/..%2Fleads/rewind'])(
    'that do not exist are not found: %s',
    async (path) => {
      expect((await gateway.client.post(path, { to: 'start' }, admin)).status).toBe(404);
    },
  );

  it('return the refusal of the service', async () => {
    const answer = await gateway.client.post('/api/readers/routing/leads/rebuild', {}, admin);
    expect(answer.status).toBe(409);
  });

  it('and dead letters are forbidden to other roles than admin', async () => {
    await gateway.addUser('mary@engines.example', 'manager');
    const session = cookieOf(await gateway.login('mary@engines.example'));
    for (const path of ['/api/readers', '/api/dead-letters', '/api/dead-letters/scoring-1'])
      expect((await gateway.client.get(path, session)).status).toBe(403);
  });
});

describe('dead letters', () => {
  beforeEach(() => {
    const { scoring, reporting } = gateway.services;
    scoring.letters = [5, 3, 1].map((at) => ({ id: String(at), at: minute(at) }));
    reporting.letters = [4, 2].map((at) => ({ id: String(at), at: minute(at) }));
  });

  it('of all services are listed newest first, page by page, each once', async () => {
    const ids: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const { body } = await gateway.client.get(`/api/dead-letters?limit=2${query}`, admin);
      const page = body as { items: { id: string }[]; next: string | null };
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    }
    expect(ids).toEqual(['scoring-5', 'reporting-4', 'scoring-3', 'reporting-2', 'scoring-1']);
  });

  it('are listed once each when many have the same time', async () => {
    const { scoring, reporting } = gateway.services;
    scoring.letters = Array.from({ length: 7 }, (_, n) => ({ id: String(7 - n), at: minute(1) }));
    reporting.letters = Array.from({ length: 5 }, (_, n) => ({ id: String(5 - n), at: minute(1) }));
    const ids: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const { body } = await gateway.client.get(`/api/dead-letters?limit=3${query}`, admin);
      ids.push(...body.items.map(({ id }: { id: string }) => id));
      cursor = body.next;
    }
    expect(ids).toHaveLength(12);
    expect(new Set(ids).size).toBe(12);
  });

  it('are filtered by service and reader, and looked at, put back and waived at their service', async () => {
    await gateway.client.get('/api/dead-letters?reader=scoring/leads&state=waiting', admin);
    expect(gateway.services.scoring.last.url).toBe('/dead-letters?limit=51&reader=leads&state=waiting');
    for (const [path, url] of [
      ['/api/dead-letters/scoring-7/put-back', '/dead-letters/7/put-back'],
      ['/api/dead-letters/scoring-7/waive', '/dead-letters/7/waive'],
    ] as const) {
      await gateway.client.post(path, {}, admin);
      expect(gateway.services.scoring.last).toMatchObject({ method: 'POST', url });
    }
  });

  it.each([
    ['/api/dead-letters?reader=gateway', 400],
    ['/api/dead-letters?cursor=eyJzY29yaW5nIjoieCJ9', 400],
    ['/api/dead-letters?limit=0', 400],
    ['/api/dead-letters/17', 404],
  ])('answer %s with %d', async (path, status) => {
    expect((await gateway.client.get(path, admin)).status).toBe(status);
  });
});
