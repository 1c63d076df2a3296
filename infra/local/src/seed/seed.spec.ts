import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoUsers } from './demo-users.js';
import { seed } from './seed.js';

type Resource = Record<string, unknown>;

/** In-memory fake of the API parts that seeding uses. */
class Api {
  readonly users = new Map<string, Resource>();
  readonly sellers = new Map<string, Resource>();
  readonly sources = new Map<string, Resource>();
  readonly forms = new Map<string, Resource>();
  readonly tokens = new Set<string>();
  /** Number of 503 responses before the first success, as of a restarting service. */
  unavailable = 0;

  answer(method: string, path: string, body: Resource, token: string): [number, unknown] {
    if (this.unavailable-- > 0) return [503, {}];
    const [, , kind, id] = path.split('/');
    // Any token but those made here is the one of the environment, which ends with the first administrator.
    if (!this.tokens.has(token) && this.users.size > 0) return [401, {}];
    if (kind === 'me') return this.tokens.has(token) ? [200, {}] : [401, {}];
    if (kind === 'tokens') {
      const made = `token-${this.tokens.size}`;
      this.tokens.add(made);
      return [201, { token: made }];
    }
    if (kind === 'sellers' && id !== undefined) {
      if (method === 'PUT') this.sellers.set(id, body);
      return this.sellers.has(id) ? [200, this.sellers.get(id)] : [404, {}];
    }
    const things = { users: this.users, sources: this.sources, forms: this.forms }[kind as 'users'];
    if (method === 'GET') return [200, { items: [...things.values()], next: null }];
    if (things.has(body['id'] as string)) return [409, {}];
    things.set(body['id'] as string, body);
    return [201, { ...body, ...(kind === 'sources' ? { writeKey: `wk-${things.size}` } : {}) }];
  }
}

describe('seeding', () => {
  let home: string;
  let server: Server;
  let api: Api;
  const said: string[] = [];
  const seeded = (file = 'secrets.json'): ReturnType<typeof seed> =>
    seed({
      gateway: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      secretsFile: join(home, file),
      say: (line) => said.push(line),
    });

  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'baton-seed-'));
    said.length = 0;
    api = new Api();
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(chunks).toString() || '{}') as Resource;
        const [status, answer] = api.answer(
          request.method ?? '',
          request.url ?? '',
          body,
          request.headers.authorization?.replace('Bearer ', '') ?? '',
        );
        response.writeHead(status).end(JSON.stringify(answer));
      });
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterEach(() => {
    server.close();
    server.closeAllConnections();
    rmSync(home, { recursive: true });
  });

  it('creates users, sellers, a source and its form', async () => {
    const { users, writeKey, formId } = await seeded();
    expect(Object.keys(users).sort()).toEqual(demoUsers.map(({ key }) => key).sort());
    expect(api.users.size).toBe(demoUsers.length);
    expect(api.sellers.size).toBe(demoUsers.filter(({ role }) => role === 'seller').length);
    expect({ writeKey, formId }).toEqual({ writeKey: 'wk-1', formId: 'contact-sales' });
    expect(api.forms.get('contact-sales')).toMatchObject({ sourceId: 'website' });
  });

  it('is idempotent and keeps changes made by a manager', async () => {
    const first = await seeded();
    const [sellerId] = [...api.sellers.keys()] as [string];
    api.sellers.set(sellerId, { name: 'Sam', available: false });
    expect(await seeded()).toEqual(first);
    expect(api.sellers.get(sellerId)).toEqual({ name: 'Sam', available: false });
    expect(said).toEqual([]);
  });

  it('creates another source when the write key is lost, and names users with unknown passwords', async () => {
    const { apiToken } = await seeded();
    writeFileSync(join(home, 'other-secrets.json'), JSON.stringify({ apiToken }));
    const { writeKey, formId } = await seeded('other-secrets.json');
    expect(writeKey).toBe('wk-2');
    expect(formId).toMatch(/^contact-sales-\w{6}$/);
    expect(said).toHaveLength(demoUsers.length);
    expect(said.join()).toContain('sam@baton.example exists already');
  });

  it('keeps the API token that it makes while there is no administrator', async () => {
    const { apiToken } = await seeded();
    expect(await seeded()).toMatchObject({ apiToken });
    expect(api.tokens.size).toBe(1);
  });

  it('says what to do when its API token is lost or revoked', async () => {
    await seeded();
    await expect(seeded('other-secrets.json')).rejects.toThrow(/has no valid API token\.[^]*Access page/);
    api.tokens.clear();
    await expect(seeded()).rejects.toThrow(/has no valid API token/);
  });

  it('ignores a write key whose source is missing', async () => {
    await seeded();
    api.sources.clear();
    api.forms.clear();
    expect((await seeded()).writeKey).toBe('wk-1');
    expect([...api.sources.keys()]).toEqual(['website']);
  });

  it('retries while a service restarts', async () => {
    api.unavailable = 2;
    expect((await seeded()).formId).toBe('contact-sales');
  });

  it('reports a rejected request', async () => {
    api.answer = () => [422, { detail: 'no such team' }];
    await expect(seeded()).rejects.toThrow(/was refused with 422: .*no such team/);
  });
});
