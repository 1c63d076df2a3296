import { SignJWT } from 'jose';
import { describe, expect, it } from '@jest/globals';
import { signIdentity, verifyIdentity } from './token.js';

const SECRET = 'a secret of more than thirty-two characters';
const ADA = { id: 'u-1', name: 'Ada', role: 'seller' } as const;

/** A token as `signIdentity` makes it, with overridden members. */
const token = async ({
  claims = {},
  issuer = 'baton-gateway',
  expires = '60 s',
  secret = SECRET,
  alg = 'HS256',
} = {}): Promise<string> =>
  new SignJWT({ name: 'Ada', role: 'seller', ...claims })
    .setProtectedHeader({ alg })
    .setIssuer(issuer)
    .setSubject('u-1')
    .setExpirationTime(expires)
    .sign(new TextEncoder().encode(secret));

const unsigned = (): string => {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const payload = { iss: 'baton-gateway', sub: 'u-1', name: 'Ada', role: 'admin', exp: 9_999_999_999 };
  return `${part({ alg: 'none' })}.${part(payload)}.`;
};

describe('an identity', () => {
  it('is the signed user', async () => {
    expect(await verifyIdentity(SECRET, await signIdentity(SECRET, ADA))).toEqual(ADA);
    expect(await verifyIdentity(SECRET, await token())).toEqual(ADA);
  });

  it.each([
    ['signed with another secret', () => token({ secret: 'another secret of thirty-two characters' })],
    ['of another issuer', () => token({ issuer: 'another-issuer' })],
    ['that has expired', () => token({ expires: '-10 s' })],
    ['of a role that does not exist', () => token({ claims: { role: 'owner' } })],
    ['without a name', () => token({ claims: { name: undefined } })],
    ['of another algorithm', () => token({ alg: 'HS512', secret: SECRET.repeat(2) })],
    ['unsigned', () => Promise.resolve(unsigned())],
    ['that is no token', () => Promise.resolve('nonsense')],
  ])('%s yields no user', async (_, forged) => {
    expect(await verifyIdentity(SECRET, await forged())).toBeNull();
  });
});
