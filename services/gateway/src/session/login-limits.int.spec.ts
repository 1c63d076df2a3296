import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { httpClient, type Answer, type HttpClient } from '@baton/testing';
import type { Running } from '@baton/platform';
import { admin, PASSWORD, TestGateway } from '../gateway.example.js';

const ADA = 'ada@baton.example';
const BOB = 'bob@baton.example';

let gateway: TestGateway;
/** A process behind one own proxy: the specs set the address of the client. */
let proxied: Running;
let client: HttpClient;
beforeAll(async () => {
  gateway = await TestGateway.prepare();
}, 60_000);
beforeEach(async () => {
  await gateway.open();
  proxied = await gateway.start({ TRUSTED_PROXIES: '1' });
  client = httpClient(proxied.url);
  await gateway.addUser(ADA);
});
afterEach(async () => {
  await proxied.stop();
  await gateway.close();
});
afterAll(() => gateway?.end());

interface Try {
  from?: string;
  email?: string;
  password?: string;
  cookie?: string;
  through?: HttpClient;
}
const login = ({
  from = '192.0.2.1',
  email = ADA,
  password = PASSWORD,
  cookie = '',
  through = client,
}: Try = {}) =>
  through.post('/api/login', { email, password }, { 'x-forwarded-for': from, ...(cookie && { cookie }) });
const statuses = (answers: readonly Answer[]): number[] => answers.map(({ status }) => status);
/** Two at a time, since no more are hashed at a time, and a try that waits too long is refused. */
const wrongTries = async (times: number, one: Try = {}): Promise<number[]> => {
  const found: number[] = [];
  while (found.length < times) {
    const some = Array.from({ length: Math.min(2, times - found.length) }, () =>
      login({ password: 'wrong', ...one }),
    );
    found.push(...statuses(await Promise.all(some)));
  }
  return found;
};
const deviceOf = ({ headers }: Answer): string =>
  headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0]!)
    .find((cookie) => cookie.startsWith('baton_device='))!;
/** Counts as others would have brought them about, since hundreds of hashes take long. */
const setCounts = async (points: number): Promise<void> => {
  await gateway.database.database.rows('update login_limits set points = $1', [points]);
};
const endWindows = async (): Promise<void> => {
  await gateway.database.database.rows('update login_limits set expire = 1');
};

describe('tries to log in', () => {
  it('are refused after ten of one network for one account, in every process, until the window has passed', async () => {
    const other = await gateway.start({ TRUSTED_PROXIES: '1' });
    try {
      await gateway.addUser(BOB);
      const through = httpClient(other.url);
      const both = await Promise.all([wrongTries(6), wrongTries(6, { through })]);
      expect(both.flat().sort()).toEqual([...Array<number>(10).fill(401), 429, 429]);
      const refused = await login();
      expect([refused.status, refused.body.code]).toEqual([429, 'too-many']);
      const seconds = Number(refused.headers.get('retry-after'));
      expect(seconds).toBeGreaterThan(600);
      expect(seconds).toBeLessThanOrEqual(900);
      expect((await login({ email: BOB })).status).toBe(200);
      expect((await login({ from: '192.0.2.2' })).status).toBe(200);
      await endWindows();
      expect((await login()).status).toBe(200);
    } finally {
      await other.stop();
    }
  });

  it.each([
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', '2001:db8:1:3::1'],
    ['192.0.2.7', '::ffff:192.0.2.7', '192.0.2.8'],
  ])('count %s and %s as one network, %s as another', async (one, same, different) => {
    await wrongTries(5, { from: one });
    await wrongTries(5, { from: same });
    expect((await login({ from: one })).status).toBe(429);
    expect((await login({ from: different })).status).toBe(200);
  });

  it('count from zero for the network and account after the right password', async () => {
    await wrongTries(9);
    expect((await login()).status).toBe(200);
    expect(await wrongTries(9)).toEqual(Array(9).fill(401));
    expect((await login()).status).toBe(200);
  });

  it('are refused for an account over all networks, unknown accounts too', async () => {
    for (const email of [ADA, 'nobody@baton.example']) {
      for (let network = 0; network < 6; network += 1)
        await wrongTries(5, { email, from: `198.51.100.${network}` });
      expect((await login({ email, from: '203.0.113.1' })).status).toBe(429);
    }
    await gateway.addUser(BOB);
    expect((await login({ email: BOB, from: '203.0.113.1' })).status).toBe(200);
  });

  it('are refused for a day after a hundred', async () => {
    await wrongTries(1);
    await gateway.database.database.rows(
      `update login_limits set points = 100 where key like 'accountDay:%'`,
    );
    await gateway.database.database.rows(`update login_limits set expire = 1 where key like 'account:%'`);
    const refused = await login({ from: '203.0.113.1' });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(20 * 60 * 60);
  });

  it('of one network use up a fifth of the tries that an account has in a day, and no more', async () => {
    const others = (await wrongTries(1, { from: '192.0.2.9' })).length;
    for (let round = 0; round < 4; round += 1) {
      await wrongTries(10);
      await gateway.database.database.rows(
        `update login_limits set expire = 1 where key like 'pair:%' or key like 'account:%'`,
      );
    }
    expect((await login()).status).toBe(429);
    expect((await login({ from: '192.0.2.2' })).status).toBe(200);
    const [counted] = await gateway.database.database.rows<{ points: number }>(
      `select points from login_limits where key like 'accountDay:%'`,
    );
    expect(counted!.points).toBe(20 + others);
  });

  it('are refused for a network that tries many accounts; those that succeed do not count', async () => {
    await gateway.addUser(BOB);
    await login();
    await gateway.database.database.rows(`update login_limits set points = 299 where key like 'network:%'`);
    expect((await login({ email: BOB })).status).toBe(200);
    expect((await login({ email: BOB })).status).toBe(200);
    expect((await login({ email: 'x@baton.example' })).status).toBe(401);
    expect((await login({ email: BOB })).status).toBe(429);
    expect((await login({ email: BOB, from: '192.0.2.2' })).status).toBe(200);
  });

  it('keep no address and no account in the table', async () => {
    await wrongTries(1, { from: '203.0.113.77' });
    const rows = await gateway.database.database.rows<{ key: string }>('select key from login_limits');
    expect(rows.length).toBeGreaterThan(2);
    expect(JSON.stringify(rows)).not.toMatch(/ada|203\.0/);
  });
});

describe('a known browser', () => {
  it('logs in while others are refused for its account and its network', async () => {
    const cookie = deviceOf(await login());
    await wrongTries(1);
    await setCounts(10_000);
    expect((await login()).status).toBe(429);
    const known = await login({ cookie });
    expect([known.status, deviceOf(known)]).toEqual([200, cookie]);
  });

  it('has a limit of its own: beyond it is as unknown', async () => {
    const cookie = deviceOf(await login());
    expect(await wrongTries(10, { cookie })).toEqual(Array(10).fill(401));
    expect(await wrongTries(10, { cookie })).toEqual(Array(10).fill(401));
    expect((await login({ cookie })).status).toBe(429);
  });

  it('is known for its own users only', async () => {
    await gateway.addUser(BOB);
    const cookie = deviceOf(await login());
    await wrongTries(10, { email: BOB });
    expect((await login({ email: BOB, cookie })).status).toBe(429);
    const shared = await login({ email: BOB, cookie, from: '192.0.2.2' });
    expect([shared.status, deviceOf(shared)]).toEqual([200, cookie]);
    expect((await login({ email: BOB, cookie })).status).toBe(200);
  });

  it.each(['baton_device=invented', 'baton_device=', `baton_device=${'x'.repeat(43)}`])(
    'is not one that says %s, and gets another token',
    async (cookie) => {
      await wrongTries(10);
      expect((await login({ cookie })).status).toBe(429);
      const answer = await login({ cookie, from: '192.0.2.2' });
      expect(deviceOf(answer)).toMatch(/^baton_device=[\w-]{43}$/);
      expect(deviceOf(answer)).not.toBe(cookie);
    },
  );

  it('is unknown after a new password was set by a link, but for the one that set it', async () => {
    const { body: list } = await gateway.client.get('/api/users', admin);
    const cookie = deviceOf(await login());
    const { body } = await gateway.client.post(`/api/users/${list.items[0].id}/link`, {}, admin);
    const token = new URL(body.url as string).hash.slice(1);
    const password = 'staple battery horse';
    const own = deviceOf(await gateway.client.put('/api/password-link', { token, password }));
    await wrongTries(10);
    expect((await login({ cookie, password })).status).toBe(429);
    expect((await login({ cookie: own, password })).status).toBe(200);
  });
});
