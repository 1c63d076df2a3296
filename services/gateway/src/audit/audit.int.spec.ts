import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { admin, cookieOf, TestGateway } from '../gateway.example.js';

const LEAD = '018f2e4c-5a00-7000-8000-000000000001';
const DAY_MS = 86_400_000;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await TestGateway.prepare();
}, 60_000);
beforeEach(() => gateway.open());
afterEach(() => gateway.close());
afterAll(() => gateway?.end());

const entries = async (query = '') =>
  (await gateway.client.get(`/api/audit${query}`, admin)).body.items as any[];

describe('the audit log', () => {
  it('names who did or read what, when, from where and with which result', async () => {
    const ada = (await gateway.addUser('ada@baton.example', 'seller')).body as { id: string };
    const cookie = cookieOf(await gateway.login('ada@baton.example'));
    await gateway.login('ada@baton.example', 'wrong');
    await gateway.login('nobody@baton.example');
    await gateway.client.get(`/api/leads/${LEAD}`, cookie);
    await gateway.client.post('/api/leads/search', { email: 'eda@engines.example' }, cookie);
    await gateway.client.post(`/api/handoffs/${LEAD}/accept`, {}, cookie);
    await gateway.client.post('/api/users', {}, cookie);
    await gateway.client.get('/api/handoffs', cookie);
    const found = await entries();
    const byAda = { actorId: ada.id, actorName: 'Name of ada@baton.example' };
    expect(found).toMatchObject([
      { ...byAda, action: 'POST /api/users', status: 403 },
      { ...byAda, action: 'POST /api/handoffs/{id}/accept', objectId: LEAD },
      { ...byAda, action: 'POST /api/leads/search', objectId: null },
      { ...byAda, actorRole: 'seller', action: 'GET /api/leads/{id}', objectId: LEAD },
      { actorId: null, action: 'POST /api/login', status: 401 },
      { ...byAda, action: 'POST /api/login', status: 401 },
      { ...byAda, action: 'POST /api/login', status: 200 },
      { actorName: 'admin token', action: 'POST /api/users', status: 201 },
    ]);
    for (const entry of found)
      expect(entry).toMatchObject({ address: '127.0.0.1', at: '2026-01-05T09:00:00.000Z' });
    expect(JSON.stringify(found)).not.toContain('eda@engines.example');
  });

  it('is searched by person, object, action and time, and read in pages', async () => {
    for (let n = 0; n < 60; n += 1) {
      gateway.now += 1_000;
      await gateway.client.get(`/api/leads/lead-${n % 3}`, admin);
    }
    expect((await entries('?objectId=lead-1')).every(({ objectId }) => objectId === 'lead-1')).toBe(true);
    expect(await entries('?actorId=nobody')).toEqual([]);
    expect(await entries('?action=/api/nothing')).toEqual([]);
    const last = new Date(gateway.now).toISOString();
    expect(await entries(`?from=${last}&objectId=lead-2`)).toHaveLength(1);
    const first = (await gateway.client.get('/api/audit?action=leads', admin)).body;
    expect(first.items).toHaveLength(50);
    const second = (await gateway.client.get(`/api/audit?action=leads&cursor=${first.next}`, admin)).body;
    expect(second.items.length).toBeGreaterThanOrEqual(10);
    expect(new Set([...first.items, ...second.items].map(({ id }: any) => id)).size).toBe(
      first.items.length + second.items.length,
    );
  });

  it('is exported as CSV, in which nothing is a formula', async () => {
    await gateway.client.post(
      '/api/users',
      { email: 'eve@baton.example', name: '=cmd()', role: 'seller', password: 'correct horse battery' },
      admin,
    );
    const cookie = cookieOf(await gateway.login('eve@baton.example'));
    await gateway.client.get(`/api/leads/${LEAD}`, cookie);
    const { headers, body } = await gateway.client.get('/api/audit/export?action=leads', admin);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(body).toContain('at,actorId,actorName,actorRole,action,objectId,status,address,traceId\n');
    expect(body).toContain(`'=cmd(),seller,GET /api/leads/{id},${LEAD}`);
  });

  it('is for administrators only', async () => {
    await gateway.addUser('max@baton.example', 'operations');
    const cookie = cookieOf(await gateway.login('max@baton.example'));
    expect((await gateway.client.get('/api/audit', cookie)).status).toBe(403);
    expect((await gateway.client.get('/api/audit/export', cookie)).status).toBe(403);
  });

  it('cannot be changed, not even by the service', async () => {
    await gateway.client.get(`/api/leads/${LEAD}`, admin);
    const { rows } = gateway.database.database as { rows: (sql: string) => Promise<unknown> };
    for (const sql of [
      `update audit_entries set action = 'x'`,
      'delete from audit_entries',
      'truncate audit_entries',
    ])
      await expect(rows.call(gateway.database.database, sql)).rejects.toThrow('append-only');
  });

  it('is kept for the days set, by whole months', async () => {
    await gateway.client.get(`/api/leads/long-ago`, admin);
    gateway.now += 100 * DAY_MS;
    const later = await gateway.start({ AUDIT_RETENTION_DAYS: '90' });
    expect(await entries('?objectId=long-ago')).toHaveLength(1);
    gateway.now += 30 * DAY_MS;
    await later.stop();
    await (await gateway.start({ AUDIT_RETENTION_DAYS: '90' })).stop();
    expect(await entries('?objectId=long-ago')).toEqual([]);
  });
});
