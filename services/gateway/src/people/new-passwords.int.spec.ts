import type { Answer } from '@baton/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { admin, bootstrap, cookieOf, PASSWORD, TestGateway } from '../gateway.example.js';

const ADA = { name: 'Ada Lovelace', email: 'ada.byron@analytical.example' };
const ORGANISATION = {
  name: 'Difference Engines',
  timeZone: 'Europe/London',
  currency: 'GBP',
  workingWeek: [],
};

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await TestGateway.prepare();
}, 60_000);
beforeEach(async () => {
  await gateway.open();
  await gateway.client.put('/api/organisation', ORGANISATION, admin);
});
afterEach(() => gateway.close());
afterAll(() => gateway?.end());

const create = (password: string): Promise<Answer> =>
  gateway.client.post('/api/users', { ...ADA, role: 'seller', password }, admin);
const setUp = (password: string): Promise<Answer> =>
  gateway.client.post(
    '/api/setup',
    { organisation: ORGANISATION, administrator: { ...ADA, password } },
    bootstrap,
  );
const linkToken = async (): Promise<string> => {
  const { body } = await gateway.client.post('/api/invitations', { ...ADA, role: 'seller' }, admin);
  return new URL(body.link.url as string).hash.slice(1);
};
const useLink = async (password: string): Promise<Answer> =>
  gateway.client.put('/api/password-link', { token: await linkToken(), password });
const change = async (password: string): Promise<Answer> => {
  await create(PASSWORD);
  const cookie = cookieOf(await gateway.login(ADA.email));
  return gateway.client.put('/api/me/password', { current: PASSWORD, password }, { ...cookie });
};

const GUESSABLE: readonly (readonly [string, RegExp])[] = [
  ['contortionist', /common password/],
  ['Qwerty123456', /common password/],
  ['Password-2026!', /common password/],
  ['ada ada ada ada ', /repeats/],
  ['my lovelace 1815', /user's name/],
  ['my analytical 1815', /user's name/],
  ['DifferenceEngines', /organisation/],
];

describe.each([
  ['of the first administrator', setUp, '/administrator/password', 201],
  ['of a provisioned user', create, '/password', 201],
  ['set with a link', useLink, '/password', 204],
  ['of the own account', change, '/password', 204],
])('a new password %s', (_, use, pointer, status) => {
  it.each(GUESSABLE)('is refused when it is %s, with what to do', async (password, detail) => {
    const { status: refused, body } = await use(password);
    expect([refused, body.errors?.[0].pointer, body.detail]).toEqual([
      422,
      pointer,
      expect.stringMatching(detail),
    ]);
    expect((await gateway.login(ADA.email, password)).status).toBe(401);
  });

  it('is accepted otherwise', async () => {
    expect((await use('staple battery horse')).status).toBe(status);
  });
});

it('does not use up the link when it is refused', async () => {
  const token = await linkToken();
  expect((await gateway.client.put('/api/password-link', { token, password: 'contortionist' })).status).toBe(
    422,
  );
  expect((await gateway.client.put('/api/password-link', { token, password: PASSWORD })).status).toBe(204);
});
