import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestGateway } from '../gateway.example.js';

const SETTINGS = {
  OIDC_ISSUER: 'https://id.example',
  OIDC_CLIENT_ID: 'baton',
  OIDC_CLIENT_SECRET: 'the-secret-of-the-client',
  OIDC_ROLES: 'sales=seller',
};

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await TestGateway.prepare();
}, 60_000);
afterAll(() => gateway?.end());

describe('login by OpenID Connect', () => {
  it('is optional', async () => {
    const { url, stop } = await gateway.start();
    try {
      expect(await (await fetch(`${url}/api/oidc`)).json()).toEqual({ name: null });
      for (const path of ['login', 'callback'])
        expect((await fetch(`${url}/api/oidc/${path}`)).status).toBe(404);
    } finally {
      await stop();
    }
  });

  it('starts without the provider', async () => {
    const { url, stop } = await gateway.start({ ...SETTINGS, OIDC_NAME: 'Example ID' });
    try {
      expect(await (await fetch(`${url}/api/oidc`)).json()).toEqual({ name: 'Example ID' });
    } finally {
      await stop();
    }
  });

  it.each([
    ['OIDC_ISSUER', 'http://id.example', /OIDC_ISSUER must be an https URL/],
    ['OIDC_CLIENT_ID', '', /OIDC_CLIENT_ID is not set/],
    ['OIDC_CLIENT_SECRET', '', /OIDC_CLIENT_SECRET is not set/],
    ['OIDC_ROLES', 'sales=boss', /OIDC_ROLES must be value=role/],
    ['OIDC_ROLES', '', /OIDC_ROLES is not set/],
    ['OIDC_SCOPES', 'email', /OIDC_SCOPES must begin with openid/],
  ])('with %s=%s is refused at the start', async (name, value, message) => {
    await expect(gateway.start({ ...SETTINGS, [name]: value })).rejects.toThrow(message);
  });
});
