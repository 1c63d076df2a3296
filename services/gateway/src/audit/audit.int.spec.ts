import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { eventually } from '@baton/testing';
import { admin, cookieOf, statusOf, TestGateway } from '../gateway.example.js';

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

/** Moves on to a time without entries; they stay between specs. @returns the entries from then on, but for reading them */
let minutes = 0;
const fromNowOn = () => {
  minutes += 1;
  gateway.now = Date.parse('2026-02-01T00:00:00.000Z') + minutes * 60_000;
  const from = new Date(gateway.now).toISOString();
  return async () => (await entries(`?from=${from}`)).filter(({ action }) => action !== 'GET /api/audit');
};

/** Of something new. */
const made = (to: unknown) => ({ from: null, to });

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

  it('knows a lead by one id, however its address was written', async () => {
    const recorded = fromNowOn();
    for (const path of [
      `/api/leads/${LEAD}`,
      `/api/%6ceads/${LEAD}`,
      `/%61pi/leads/${LEAD}`,
      `/api/leads/${LEAD.toUpperCase()}`,
      `/api/leads/${LEAD.replace('0', '%30')}`,
      `/api/lead%73/${LEAD}?x=1`,
    ])
      expect(await statusOf(gateway.running.url, path, admin)).toBe(200);
    const found = await recorded();
    expect(found.map(({ action }) => action)).toEqual(Array(6).fill('GET /api/leads/{id}'));
    expect(found.map(({ objectId }) => objectId)).toEqual(Array(6).fill(LEAD));
  });

  it.each([
    [`POST /api/handoffs/${LEAD}/accept`, 'POST /api/handoffs/{id}/accept'],
    [`GET /api/leads/${LEAD}`, 'GET /api/leads/{id}'],
    [`POST /api/users/${LEAD}/disable`, 'POST /api/users/{id}/disable'],
    [`DELETE /api/users/${LEAD}/sessions`, 'DELETE /api/users/{id}/sessions'],
  ])('has %s of a client that hangs up at once: who, and from where', async (line, action) => {
    const recorded = fromNowOn();
    const { hostname, port } = new URL(gateway.running.url);
    const request = `${line} HTTP/1.1\r\nhost: x\r\nauthorization: ${admin.authorization}\r\n\r\n`;
    for (let n = 0; n < 5; n += 1)
      await new Promise<void>((resolve) => {
        const socket = connect(Number(port), hostname, () => {
          socket.write(request, () => socket.destroy());
        });
        socket.once('close', () => resolve());
      });
    await eventually(async () =>
      expect(await recorded()).toMatchObject(
        Array(5).fill({ action, actorName: 'admin token', address: '127.0.0.1' }),
      ),
    );
  });

  it('names who logs out or uses a one-time link, and what was made', async () => {
    const recorded = fromNowOn();
    const { id } = (await gateway.addUser('ada@baton.example', 'seller')).body as { id: string };
    await gateway.client.post('/api/logout', {}, cookieOf(await gateway.login('ada@baton.example')));
    const invitation = { email: 'eve@baton.example', name: 'Eve', role: 'viewer' };
    const { user, link } = (await gateway.client.post('/api/invitations', invitation, admin)).body;
    const used = { token: new URL(link.url).hash.slice(1), password: 'staple battery horse' };
    await gateway.client.put('/api/password-link', used);
    const wanted = { name: 'sheet', role: 'viewer', scope: 'read' };
    const token = (await gateway.client.post('/api/tokens', wanted, admin)).body as { id: string };
    expect(await recorded()).toMatchObject([
      { action: 'POST /api/tokens', objectId: token.id },
      { action: 'PUT /api/password-link', actorId: user.id, actorName: 'Eve', status: 204 },
      { action: 'POST /api/invitations', objectId: user.id },
      { action: 'POST /api/logout', actorId: id },
      { action: 'POST /api/login', actorId: id },
      { action: 'POST /api/users', objectId: id },
    ]);
  });

  it('has what was changed of people, tokens and the organisation, before and after, and no secret', async () => {
    const recorded = fromNowOn();
    const { client } = gateway;
    const { id } = (await gateway.addUser('ada@baton.example', 'seller')).body as { id: string };
    const name = 'Name of ada@baton.example';
    await client.put(`/api/users/${id}`, { name, role: 'admin' }, admin);
    await client.put(`/api/users/${id}`, { name: 'Ada', role: 'admin' }, admin);
    await client.post(`/api/users/${id}/disable`, {}, admin);
    await gateway.addUser('bob@baton.example', 'admin');
    await client.post(`/api/users/${id}/disable`, {}, admin);
    await client.post(`/api/users/${id}/enable`, {}, admin);
    const cookie = cookieOf(await gateway.login('ada@baton.example'));
    await client.put('/api/me', { name: 'Ada King' }, cookie);
    const wanted = { name: 'sheet', role: 'viewer', scope: 'read', expiresInDays: null };
    const { body: token } = await client.post('/api/tokens', wanted, cookie);
    await client.post(`/api/tokens/${token.id}/revoke`, {}, admin);
    await client.post(`/api/tokens/${token.id}/revoke`, {}, admin);
    const organisation = (await client.get('/api/organisation', admin)).body as object;
    await client.put('/api/organisation', { ...organisation, name: 'Engines', currency: 'GBP' }, admin);
    await client.put('/api/organisation', organisation, admin);
    const found = (await recorded()).filter(({ action }) => !/login/.test(action));
    expect(found.map(({ status, changes }) => ({ status, ...changes })).reverse()).toEqual([
      { status: 201, name: made(name), role: made('seller'), state: made('active') },
      { status: 200, role: { from: 'seller', to: 'admin' } },
      { status: 200, name: { from: name, to: 'Ada' } },
      { status: 409 },
      { status: 201, name: made('Name of bob@baton.example'), role: made('admin'), state: made('active') },
      { status: 200, state: { from: 'active', to: 'disabled' } },
      { status: 200, state: { from: 'disabled', to: 'active' } },
      { status: 200, name: { from: 'Ada', to: 'Ada King' } },
      { status: 201, name: made('sheet'), role: made('viewer'), scope: made('read') },
      { status: 200, revokedAt: made(new Date(gateway.now).toISOString()) },
      { status: 200 },
      { status: 200, name: { from: 'Baton', to: 'Engines' }, currency: { from: 'EUR', to: 'GBP' } },
      { status: 200, name: { from: 'Engines', to: 'Baton' }, currency: { from: 'GBP', to: 'EUR' } },
    ]);
    expect(JSON.stringify(found)).not.toContain(token.token);
    expect(JSON.stringify(found)).not.toContain('correct horse');
  });

  it.each([
    [
      'what a service says',
      '{"role":{"from":"\\u0000","to":"\\ud800x"}}',
      { role: { from: '\0', to: '\ud800x' } },
    ],
    ['nothing of a text that is no JSON', '{"role":', null],
    ['nothing of a text that is too long', JSON.stringify({ role: 'x'.repeat(8_000) }), null],
  ])('has %s, of which the caller gets nothing', async (_, header, changes) => {
    const recorded = fromNowOn();
    const { scoring } = gateway.services;
    scoring.changes = header;
    const answer = await gateway.client.post(`/api/leads/${LEAD}/reopen`, {}, admin);
    scoring.changes = undefined;
    expect([answer.status, answer.headers.get('baton-changes')]).toEqual([200, null]);
    expect((await recorded())[0]).toMatchObject({ action: 'POST /api/leads/{id}/reopen', changes });
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
    expect(body).toContain('at,actorId,actorName,actorRole,action,objectId,status,address,traceId,changes\n');
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
