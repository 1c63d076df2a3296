import { randomBytes } from 'node:crypto';
import { httpClient, type Answer } from '@baton/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import { admin, cookieOf, PASSWORD, SECOND_FACTOR_KEY, TestGateway } from '../gateway.example.js';

const ADA = 'ada@baton.example';
const STEP = 30_000;
const PATH = '/api/me/second-factor';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await TestGateway.prepare();
}, 60_000);
beforeEach(async () => {
  await gateway.open();
  await gateway.addUser(ADA);
});
afterEach(() => gateway.close());
afterAll(() => gateway?.end());

const codeOf = (secret: string, steps = 0): string =>
  TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: gateway.now + steps * STEP });
const begin = (cookie: object, password = PASSWORD) => gateway.client.post(PATH, { password }, { ...cookie });
const confirm = (cookie: object, code: string) =>
  gateway.client.post(`${PATH}/confirm`, { code }, { ...cookie });
const turnOff = (cookie: object, code: string, password = PASSWORD) =>
  gateway.client.post(`${PATH}/off`, { password, code }, { ...cookie });
const challengeOf = ({ body }: Answer): string => (body as { challenge: string }).challenge;
const sendCode = (challenge: string, code: string, client = gateway.client) =>
  client.post('/api/login/code', { challenge, code });
/** Password, then a code. */
const loginWith = async (code: string): Promise<Answer> =>
  sendCode(challengeOf(await gateway.login(ADA)), code);

/** A user with a second factor, its secret and recovery codes; the code of the present step is used. */
const setUp = async () => {
  const cookie = cookieOf(await gateway.login(ADA));
  const { secret } = (await begin(cookie)).body as { secret: string };
  const { codes } = (await confirm(cookie, codeOf(secret))).body as { codes: string[] };
  return { cookie, secret, codes };
};

describe('setting up a second factor', () => {
  it('needs the password and a code of the app; only then do logins ask for one', async () => {
    const cookie = cookieOf(await gateway.login(ADA));
    expect((await begin(cookie, 'wrong')).status).toBe(422);
    const begun = await begin(cookie);
    const { secret, uri } = begun.body as { secret: string; uri: string };
    expect(begun.status).toBe(201);
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(uri).toContain(`secret=${secret}`);
    expect((await confirm(cookie, codeOf(secret, 5))).status).toBe(422);
    expect((await gateway.login(ADA)).status).toBe(200);
    const confirmed = await confirm(cookie, codeOf(secret));
    expect([confirmed.status, new Set(confirmed.body.codes as string[]).size]).toEqual([200, 10]);
    expect((await gateway.client.get(PATH, cookie)).body).toEqual({
      on: true,
      confirmedAt: new Date(gateway.now).toISOString(),
      recoveryCodesLeft: 10,
      available: true,
    });
    const answer = await gateway.login(ADA);
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([401, []]);
    expect(challengeOf(answer)).toMatch(/^[\w-]{43}$/);
  });

  it('ends the other sessions, which began without a code', async () => {
    const other = cookieOf(await gateway.login(ADA));
    const { cookie } = await setUp();
    expect((await gateway.client.get('/api/me', other)).status).toBe(401);
    expect((await gateway.client.get('/api/me', cookie)).status).toBe(200);
  });

  it('begins anew with another secret, ends after 30 minutes, and is done once', async () => {
    const cookie = cookieOf(await gateway.login(ADA));
    const first = (await begin(cookie)).body.secret as string;
    const second = (await begin(cookie)).body.secret as string;
    expect((await confirm(cookie, codeOf(first))).status).toBe(422);
    gateway.now += 30 * 60_000;
    expect((await confirm(cookie, codeOf(second))).status).toBe(409);
    const third = (await begin(cookie)).body.secret as string;
    const both = await Promise.all([confirm(cookie, codeOf(third)), confirm(cookie, codeOf(third))]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await begin(cookie)).status).toBe(409);
  });

  it('is not for programs, and its secret and codes are in no answer and no log of changes', async () => {
    for (const answer of [
      await gateway.client.get(PATH, admin),
      await begin(admin),
      await confirm(admin, '1'),
    ])
      expect(answer.status).toBe(403);
    const { secret, codes, cookie } = await setUp();
    const kept = await gateway.database.database.rows(
      'select r::text from recovery_codes r union all select e::text from audit_entries e',
    );
    const shown = [
      await gateway.client.get('/api/users', admin),
      await gateway.client.get('/api/me', cookie),
    ];
    const all = JSON.stringify([kept, shown.map(({ body }) => body as object)]);
    for (const hidden of [secret, ...codes]) expect(all).not.toContain(hidden);
    expect(JSON.stringify(kept)).toContain('POST /api/me/second-factor/confirm');
  });
});

describe('logging in with a second factor', () => {
  it.each([-1, 0, 1])('accepts a code within one step of clock drift: %i', async (drift) => {
    const { secret } = await setUp();
    gateway.now += 10 * STEP;
    const answer = await loginWith(codeOf(secret, drift));
    expect([answer.status, answer.body.email]).toEqual([200, ADA]);
    expect((await gateway.client.get('/api/me', cookieOf(answer))).status).toBe(200);
  });

  it.each([-2, 2])('refuses a code of another step: %i', async (drift) => {
    const { secret } = await setUp();
    gateway.now += 10 * STEP;
    const answer = await loginWith(codeOf(secret, drift));
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([422, []]);
  });

  it('refuses the code that confirmed it, a code again, and one before it', async () => {
    const { secret } = await setUp();
    expect((await loginWith(codeOf(secret))).status).toBe(422);
    gateway.now += 10 * STEP;
    expect((await loginWith(codeOf(secret))).status).toBe(200);
    expect((await loginWith(codeOf(secret))).status).toBe(422);
    expect((await loginWith(codeOf(secret, -1))).status).toBe(422);
    expect((await loginWith(codeOf(secret, 1))).status).toBe(200);
  });

  it('accepts a code once in two processes at the same time', async () => {
    const { secret, codes } = await setUp();
    const other = await gateway.start();
    try {
      const clients = [gateway.client, httpClient(other.url)];
      gateway.now += 10 * STEP;
      for (const code of [codeOf(secret), codes[0]!]) {
        const challenges = await Promise.all(
          [0, 1, 2, 3].map(async () => challengeOf(await gateway.login(ADA))),
        );
        const answers = await Promise.all(
          challenges.map((challenge, index) => sendCode(challenge, code, clients[index % 2])),
        );
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422, 422]);
      }
    } finally {
      await other.stop();
    }
  });

  it('uses a challenge once, within five minutes, with the password that was right', async () => {
    const { secret, codes, cookie } = await setUp();
    const challenge = challengeOf(await gateway.login(ADA));
    const late = challengeOf(await gateway.login(ADA));
    expect((await sendCode(challenge, '000 000')).status).toBe(422);
    expect((await sendCode(challenge, codes[0]!)).status).toBe(200);
    expect((await sendCode(challenge, codes[1]!)).status).toBe(401);
    gateway.now += 5 * 60_000;
    expect((await sendCode(late, codeOf(secret))).status).toBe(401);
    expect((await sendCode('x'.repeat(43), codeOf(secret))).status).toBe(401);
    const before = challengeOf(await gateway.login(ADA));
    await gateway.client.put('/api/me/password', { current: PASSWORD, password: 'staple battery' }, cookie);
    expect((await sendCode(before, codeOf(secret))).status).toBe(401);
  });

  it('refuses a user who was disabled meanwhile', async () => {
    const { codes } = await setUp();
    const challenge = challengeOf(await gateway.login(ADA));
    const { body } = await gateway.client.get('/api/users', admin);
    await gateway.client.post(`/api/users/${body.items[0].id}/disable`, {}, admin);
    expect((await sendCode(challenge, codes[0]!)).status).toBe(401);
    expect((await gateway.login(ADA)).status).toBe(403);
    await gateway.client.post(`/api/users/${body.items[0].id}/enable`, {}, admin);
    expect((await sendCode(challenge, codes[0]!)).status).toBe(401);
  });

  it('accepts each recovery code once, however it is written', async () => {
    const { codes, cookie } = await setUp();
    expect((await loginWith(codes[0]!)).status).toBe(200);
    expect((await loginWith(codes[0]!)).status).toBe(422);
    expect((await loginWith(codes[1]!.toUpperCase().replaceAll('-', ' '))).status).toBe(200);
    expect((await gateway.client.get(PATH, cookie)).body.recoveryCodesLeft).toBe(8);
  });

  it('limits the tries of codes, whether or not the right password is sent between them', async () => {
    const { secret } = await setUp();
    gateway.now += 10 * STEP;
    const found: number[] = [];
    for (let tried = 0; tried < 10; tried += 1) found.push((await loginWith('000000')).status);
    expect(found).toEqual(Array(10).fill(422));
    const refused = await gateway.login(ADA);
    expect([refused.status, refused.body.code]).toEqual([429, 'too-many']);
    expect(codeOf(secret)).not.toBe('000000');
  });

  it('limits them in a known browser too', async () => {
    const device = (await gateway.login(ADA)).headers.getSetCookie()[1]!.split(';')[0]!;
    await setUp();
    const challenge = challengeOf(await gateway.login(ADA));
    const known = { cookie: device };
    const login = () => gateway.client.post('/api/login', { email: ADA, password: PASSWORD }, known);
    const found: number[] = [];
    for (let tried = 0; tried < 20; tried += 1) {
      await login();
      found.push((await gateway.client.post('/api/login/code', { challenge, code: '000000' }, known)).status);
    }
    // Ten of the browser, then ten of its network.
    expect(found).toEqual(Array(20).fill(422));
    expect((await login()).status).toBe(429);
  });
});

describe('turning a second factor off', () => {
  it.each(['code', 'recovery code'])('needs the password and a %s', async (kind) => {
    const { secret, codes, cookie } = await setUp();
    gateway.now += 10 * STEP;
    const code = kind === 'code' ? codeOf(secret) : codes[3]!;
    expect((await turnOff(cookie, code, 'wrong')).status).toBe(422);
    expect((await turnOff(cookie, '000000')).status).toBe(422);
    expect((await gateway.login(ADA)).status).toBe(401);
    expect((await turnOff(cookie, code)).status).toBe(204);
    expect((await gateway.login(ADA)).status).toBe(200);
    const [left] = await gateway.database.database.rows('select code_hash from recovery_codes');
    expect(left).toBeUndefined();
  });

  it('limits the tries, whether or not the password is proven between them', async () => {
    const { cookie } = await setUp();
    for (let tried = 0; tried < 10; tried += 1) {
      await begin(cookie);
      expect((await turnOff(cookie, '000000')).status).toBe(422);
    }
    expect((await turnOff(cookie, '000000')).status).toBe(429);
  });

  it('is done by an administrator for a user who lost everything, and that is recorded', async () => {
    const { cookie } = await setUp();
    const { body } = await gateway.client.get('/api/users', admin);
    const { id } = body.items[0] as { id: string };
    const path = `/api/users/${id}/second-factor`;
    expect((await gateway.client.delete(path, cookie)).status).toBe(403);
    expect((await gateway.client.delete(path, admin)).status).toBe(204);
    expect((await gateway.login(ADA)).status).toBe(200);
    const audit = await gateway.client.get(`/api/audit?objectId=${id}`, admin);
    expect(audit.body.items).toContainEqual(
      expect.objectContaining({ action: 'DELETE /api/users/{id}/second-factor', status: 204 }),
    );
  });
});

describe('the stored secret', () => {
  const stored = async (): Promise<string> => {
    const [row] = await gateway.database.database.rows<{ secret: string }>(
      'select secret from second_factors',
    );
    return row!.secret;
  };
  const store = (secret: string) =>
    gateway.database.database.rows('update second_factors set secret = $1', [secret]);
  /** Starts the gateway anew with these keys. */
  const restartWith = async (...keys: string[]): Promise<void> => {
    await gateway.running.stop();
    gateway.running = await gateway.start({ SECOND_FACTOR_KEYS: keys.join(',') });
    gateway.now += 10 * STEP;
  };
  const otherKey = randomBytes(32).toString('base64');

  it('is encrypted before and after it is confirmed, and in the row of another user opens nothing', async () => {
    const cookie = cookieOf(await gateway.login(ADA));
    const { secret } = (await begin(cookie)).body as { secret: string };
    expect(await stored()).not.toContain(secret);
    expect(Buffer.from((await stored()).split('.')[1]!, 'base64url').toString('latin1')).not.toContain(
      secret,
    );
    await confirm(cookie, codeOf(secret));
    const first = await stored();
    await gateway.addUser('bob@baton.example');
    await gateway.database.database.rows(
      `insert into second_factors (user_id, secret, begun_at, confirmed_at)
       select id, $1, now(), now() from users where email = 'bob@baton.example'`,
      [first],
    );
    gateway.now += 10 * STEP;
    const challenge = challengeOf(await gateway.login('bob@baton.example'));
    expect((await sendCode(challenge, codeOf(secret))).status).toBe(500);
    expect((await loginWith(codeOf(secret))).status).toBe(200);
  });

  it('of the time before encryption works, and is encrypted by the next start', async () => {
    const { secret } = await setUp();
    await store(secret);
    gateway.now += 10 * STEP;
    expect((await loginWith(codeOf(secret))).status).toBe(200);
    await restartWith(SECOND_FACTOR_KEY);
    expect(await stored()).not.toContain(secret);
    expect((await loginWith(codeOf(secret))).status).toBe(200);
  });

  it('is encrypted with the first key when keys are replaced, after which the old one is not needed', async () => {
    const { secret } = await setUp();
    const before = await stored();
    await restartWith(SECOND_FACTOR_KEY, otherKey);
    expect(await stored()).toBe(before);
    await restartWith(otherKey, SECOND_FACTOR_KEY);
    expect((await stored()).split('.')[0]).not.toBe(before.split('.')[0]);
    await restartWith(otherKey);
    expect((await loginWith(codeOf(secret))).status).toBe(200);
  });

  it('whose key is lost leaves the recovery codes, and works again with the key', async () => {
    const { secret, codes } = await setUp();
    await restartWith(otherKey);
    const refused = await loginWith(codeOf(secret));
    expect([refused.status, refused.body.detail]).toEqual([503, expect.stringContaining('recovery code')]);
    expect((await loginWith(codes[0]!)).status).toBe(200);
    await restartWith(otherKey, SECOND_FACTOR_KEY);
    expect((await loginWith(codeOf(secret))).status).toBe(200);
  });
});
