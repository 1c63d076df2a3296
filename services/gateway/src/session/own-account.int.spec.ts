import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { admin, cookieOf, PASSWORD, TestGateway } from '../gateway.example.js';

const NEW_PASSWORD = 'staple battery horse';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await TestGateway.prepare();
}, 60_000);
beforeEach(async () => {
  await gateway.open();
  await gateway.addUser('ada@baton.example');
});
afterEach(() => gateway.close());
afterAll(() => gateway?.end());

const signIn = async (userAgent = 'Firefox'): Promise<{ cookie: string }> =>
  cookieOf(
    await gateway.client.post(
      '/api/login',
      { email: 'ada@baton.example', password: PASSWORD },
      { 'user-agent': userAgent },
    ),
  );
const statusFor = async (cookie: { cookie: string }): Promise<number> =>
  (await gateway.client.get('/api/me', cookie)).status;

describe('own sessions', () => {
  it('are listed with browser, address and times, the current one marked', async () => {
    const first = await signIn('Firefox on Linux');
    gateway.now += 3_600_000;
    const second = await signIn('x'.repeat(4_000));
    gateway.now += 3_600_000;
    const { body } = await gateway.client.get('/api/me/sessions', second);
    expect(body.items).toEqual([
      {
        id: expect.any(String),
        createdAt: '2026-01-05T10:00:00.000Z',
        usedAt: '2026-01-05T11:00:00.000Z',
        userAgent: 'x'.repeat(200),
        address: '127.0.0.1',
        current: true,
      },
      {
        id: expect.any(String),
        createdAt: '2026-01-05T09:00:00.000Z',
        usedAt: '2026-01-05T09:00:00.000Z',
        userAgent: 'Firefox on Linux',
        address: '127.0.0.1',
        current: false,
      },
    ]);
    expect(JSON.stringify(body)).not.toContain(first.cookie.split('=')[1]);
    gateway.now += 11 * 3_600_000;
    expect((await gateway.client.get('/api/me/sessions', second)).body.items).toHaveLength(1);
  });

  it('are ended one by one, or all but the current one; never those of others', async () => {
    await gateway.addUser('bob@baton.example');
    const bob = cookieOf(await gateway.login('bob@baton.example'));
    const [first, second, third] = [await signIn(), await signIn(), await signIn()];
    const { body } = await gateway.client.get('/api/me/sessions', bob);
    expect((await gateway.client.delete(`/api/me/sessions/${body.items[0].id}`, first)).status).toBe(404);
    const own = await gateway.client.get('/api/me/sessions', second);
    const id = own.body.items.find(({ current }: { current: boolean }) => current).id as string;
    expect((await gateway.client.delete(`/api/me/sessions/${id}`, first)).status).toBe(204);
    expect((await gateway.client.delete(`/api/me/sessions/${id}`, first)).status).toBe(404);
    expect(await Promise.all([first, second, third, bob].map(statusFor))).toEqual([200, 401, 200, 200]);
    expect((await gateway.client.delete('/api/me/sessions', first)).status).toBe(204);
    expect(await Promise.all([first, third, bob].map(statusFor))).toEqual([200, 401, 200]);
  });
});

describe('the own account', () => {
  it('changes its password with the current one; other sessions end', async () => {
    const [mine, other] = [await signIn(), await signIn()];
    const change = (current: string, password: string) =>
      gateway.client.put('/api/me/password', { current, password }, mine);
    const wrong = await change('not the password', NEW_PASSWORD);
    expect([wrong.status, wrong.body.errors]).toEqual([
      422,
      [{ pointer: '/current', detail: 'is not the current password' }],
    ]);
    expect((await change(PASSWORD, 'too short')).status).toBe(400);
    expect(await Promise.all([mine, other].map(statusFor))).toEqual([200, 200]);
    expect((await change(PASSWORD, NEW_PASSWORD)).status).toBe(204);
    expect(await Promise.all([mine, other].map(statusFor))).toEqual([200, 401]);
    expect((await gateway.login('ada@baton.example')).status).toBe(401);
    expect((await gateway.login('ada@baton.example', NEW_PASSWORD)).status).toBe(200);
  });

  it('changes once when two requests change the password at the same time', async () => {
    const mine = await signIn();
    const answers = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        gateway.client.put('/api/me/password', { current: PASSWORD, password: `${NEW_PASSWORD} ${n}` }, mine),
      ),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 204)).toHaveLength(1);
    // The queue of passwords refuses what waits for too long, on a busy machine.
    expect(statuses.filter((status) => ![204, 409, 422, 429].includes(status))).toEqual([]);
  });

  it('does not let a stolen session guess the password', async () => {
    const mine = await signIn();
    const guess = () =>
      gateway.client.put('/api/me/password', { current: 'a guess', password: NEW_PASSWORD }, mine);
    const statuses: number[] = [];
    for (let n = 0; n < 12; n += 1) statuses.push((await guess()).status);
    expect(statuses).toEqual([...Array<number>(10).fill(422), 429, 429]);
  });

  it('changes its name, but not its role', async () => {
    const mine = await signIn();
    const changed = await gateway.client.put('/api/me', { name: 'Ada Lovelace', role: 'admin' }, mine);
    expect([400, 200]).toContain(changed.status);
    await gateway.client.put('/api/me', { name: 'Ada Lovelace' }, mine);
    expect((await gateway.client.get('/api/me', mine)).body).toMatchObject({
      name: 'Ada Lovelace',
      role: 'seller',
    });
  });

  it('is nothing that a program has', async () => {
    const change = { current: PASSWORD, password: NEW_PASSWORD };
    expect((await gateway.client.put('/api/me/password', change, admin)).status).toBe(403);
    expect((await gateway.client.put('/api/me', { name: 'A' }, admin)).status).toBe(403);
    expect((await gateway.client.get('/api/me/sessions', admin)).body.items).toEqual([]);
    expect((await gateway.client.delete('/api/me/sessions', admin)).status).toBe(204);
    expect(await statusFor(await signIn())).toBe(200);
  });
});
