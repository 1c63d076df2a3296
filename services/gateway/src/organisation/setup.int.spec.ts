import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { admin, bootstrap, cookieOf, PASSWORD, TestGateway } from '../gateway.example.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await TestGateway.prepare();
}, 60_000);
beforeEach(() => gateway.open());
afterEach(() => gateway.close());
afterAll(() => gateway?.end());

const organisation = {
  name: 'Hopper & Söhne',
  timeZone: 'Europe/Berlin',
  currency: 'CHF',
  workingWeek: [
    { day: 'monday', from: '08:00', to: '12:00' },
    { day: 'monday', from: '12:00', to: '17:30' },
    { day: 'saturday', from: '20:00', to: '24:00' },
  ],
};
const administrator = { name: 'Ada', email: 'Ada@baton.example', password: PASSWORD };
const setUp = (headers: Record<string, string> = bootstrap, over: object = {}) =>
  gateway.client.post('/api/setup', { organisation, administrator, ...over }, headers);
const needed = async () => (await gateway.client.get('/api/setup')).body.needed;

describe('the first use', () => {
  it('creates the administrator, who can log in, and the organisation', async () => {
    expect(await needed()).toBe(true);
    const { status, body } = await setUp();
    expect([status, body]).toEqual([
      201,
      { id: expect.any(String), name: 'Ada', email: 'ada@baton.example', role: 'admin' },
    ]);
    expect(await needed()).toBe(false);
    const session = cookieOf(await gateway.login('ada@baton.example'));
    expect((await gateway.client.get('/api/organisation', session)).body).toEqual(organisation);
  });

  it('needs the token of the environment', async () => {
    expect((await setUp({})).status).toBe(401);
    expect((await setUp({ authorization: `Bearer ${'x'.repeat(40)}` })).status).toBe(401);
    expect(await needed()).toBe(true);
  });

  it('is once, also of concurrent calls', async () => {
    const several = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) =>
        setUp(bootstrap, { administrator: { ...administrator, email: `${name}@baton.example` } }),
      ),
    );
    // Those that came after the first are refused as a conflict, or with their token, which is valid no more.
    const statuses = several.map(({ status }) => status).sort();
    expect(statuses[0]).toBe(201);
    expect(statuses.slice(1).every((status) => [401, 409].includes(status))).toBe(true);
    expect((await gateway.client.get('/api/users', admin)).body.items).toHaveLength(1);
    expect((await setUp(admin)).status).toBe(409);
    expect((await gateway.client.get('/api/organisation', admin)).body).toEqual(organisation);
  });

  it.each<[string, object, string]>([
    ['no name', { organisation: { ...organisation, name: ' ' } }, '/organisation/name'],
    ['an offset', { organisation: { ...organisation, timeZone: '+02:00' } }, '/organisation/timeZone'],
    [
      'an unknown zone',
      { organisation: { ...organisation, timeZone: 'Europe/Atlantis' } },
      '/organisation/timeZone',
    ],
    ['an unknown currency', { organisation: { ...organisation, currency: 'XXY' } }, '/organisation/currency'],
    [
      'hours that end before they begin',
      { organisation: { ...organisation, workingWeek: [{ day: 'friday', from: '17:00', to: '09:00' }] } },
      '/organisation/workingWeek/0/to',
    ],
    [
      'hours of no time',
      { organisation: { ...organisation, workingWeek: [{ day: 'friday', from: '9', to: '17:00' }] } },
      '/organisation/workingWeek/0/from',
    ],
    [
      'hours that overlap',
      {
        organisation: {
          ...organisation,
          workingWeek: [
            { day: 'friday', from: '09:00', to: '17:00' },
            { day: 'friday', from: '16:59', to: '18:00' },
          ],
        },
      },
      '/organisation/workingWeek/1',
    ],
    [
      'a short password',
      { administrator: { ...administrator, password: 'short' } },
      '/administrator/password',
    ],
    ['no address', { administrator: { ...administrator, email: 'ada' } }, '/administrator/email'],
  ])('refuses %s, and changes nothing', async (_, over, pointer) => {
    const { status, body } = await setUp(bootstrap, over);
    expect([status, body.errors?.[0]?.pointer]).toEqual([400, pointer]);
    expect(await needed()).toBe(true);
    expect((await gateway.client.get('/api/organisation', admin)).body.name).toBe('Baton');
  });
});

it('the first use takes no API token', async () => {
  const answer = await setUp(admin);
  expect([answer.status, await needed()]).toEqual([403, true]);
  expect(answer.body.detail).toContain('ADMIN_TOKEN');
});

describe('the token of the environment', () => {
  const use = async () => (await gateway.client.get('/api/users', bootstrap)).status;

  it('is valid until an administrator exists, in every process', async () => {
    const second = await gateway.start();
    try {
      expect(await use()).toBe(200);
      expect((await gateway.addUser('sam@baton.example', 'seller')).status).toBe(201);
      expect(await use()).toBe(200);
      expect((await gateway.addUser('ada@baton.example', 'admin')).status).toBe(201);
      const answers = [
        await gateway.client.get('/api/users', bootstrap),
        await gateway.clientOf(second).get('/api/users', bootstrap),
      ];
      expect(answers.map(({ status }) => status)).toEqual([401, 401]);
      expect(answers[0]!.body.detail).toContain('valid only until there is an administrator');
    } finally {
      await second.stop();
    }
  });

  it('stays valid while an administrator is invited only', async () => {
    const invited = { email: 'ada@baton.example', name: 'Ada', role: 'admin' };
    const { body } = await gateway.client.post('/api/invitations', invited, bootstrap);
    expect(await use()).toBe(200);
    const token = String(body.link.url).split('#')[1];
    expect(
      (await gateway.client.put('/api/password-link', { token, password: PASSWORD })).status,
    ).toBeLessThan(300);
    expect(await use()).toBe(401);
  });
});

describe('the organisation', () => {
  it('is read by everybody and changed by administrators', async () => {
    await gateway.addUser('sam@baton.example', 'seller', randomUUID());
    const seller = cookieOf(await gateway.login('sam@baton.example'));
    const changed = { ...organisation, workingWeek: [] };
    expect((await gateway.client.put('/api/organisation', changed, seller)).status).toBe(403);
    expect((await gateway.client.put('/api/organisation', changed, admin)).body).toEqual(changed);
    expect((await gateway.client.get('/api/organisation', seller)).body).toEqual(changed);
    expect((await gateway.client.get('/api/organisation')).status).toBe(401);
  });
});
