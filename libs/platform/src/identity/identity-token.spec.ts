import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { jwtVerify, SignJWT } from 'jose';
import { generateIdentityKeys, keyIdOf, privateKeyIn, publicKeyIn } from './identity-key.js';
import { IdentitySigner } from './identity-signer.js';
import { IdentityVerifier } from './identity-verifier.js';
import { KINDS_OF_USER, ROLES, type User } from './user.js';

const keys = generateIdentityKeys();
const privateKey = privateKeyIn(keys.privateKey)!;
const kid = keyIdOf(privateKey);
const other = generateIdentityKeys();
const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });

const ADA: User = { id: 'u-1', name: 'Ada', role: 'seller', kind: 'person' };
const NOW = Date.now();
const AT = Math.floor(NOW / 1_000);
const HEADER = { alg: 'Ed25519', kid, typ: 'JWT' };
const CLAIMS = {
  iss: 'baton-gateway',
  aud: 'scoring',
  sub: 'u-1',
  name: 'Ada',
  role: 'seller',
  kind: 'person',
  iat: AT,
  exp: AT + 60,
};

const signer = new IdentitySigner(keys.privateKey);
const verifier = new IdentityVerifier([keys.publicKey], 'scoring');
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const signed = (header: unknown, claims: unknown, signature: (text: string) => Buffer): string => {
  const text = `${part(header)}.${part(claims)}`;
  return `${text}.${signature(text).toString('base64url')}`;
};
const byUs = (text: string): Buffer => sign(null, Buffer.from(text), privateKey);
/** A correctly signed token with some claims changed. */
const token = (claims: object = {}, header: object = {}): string =>
  signed({ ...HEADER, ...header }, { ...CLAIMS, ...claims }, byUs);
/** Signed with the public key as the secret of an HMAC, in the encodings in which libraries have taken it. */
const hmac = (secret: string | Buffer): string =>
  signed({ ...HEADER, alg: 'HS256' }, CLAIMS, (text) => createHmac('sha256', secret).update(text).digest());
const publicKey = createPublicKey(privateKey);

describe('an identity', () => {
  it('is the user, whatever the role, the kind and the name', () => {
    const users = fc.record({
      id: fc.string({ minLength: 1, unit: 'grapheme' }),
      name: fc.string({ unit: 'grapheme' }),
      role: fc.constantFrom(...ROLES),
      kind: fc.constantFrom(...KINDS_OF_USER),
    });
    fc.assert(
      fc.property(users, (user) => {
        expect(verifier.userIn(signer.sign(user, 'scoring'))).toEqual(user);
      }),
      { numRuns: 50 },
    );
    expect(verifier.userIn(token())).toEqual(ADA);
  });

  it('is a JWT that another library reads, and reads one of it', async () => {
    const ours = await jwtVerify(signer.sign(ADA, 'scoring', NOW), publicKey, {
      algorithms: ['Ed25519'],
      audience: 'scoring',
    });
    expect(ours.payload).toEqual(CLAIMS);
    expect(ours.protectedHeader).toEqual(HEADER);
    const theirs = await new SignJWT(CLAIMS).setProtectedHeader(HEADER).sign(privateKey);
    expect(verifier.userIn(theirs)).toEqual(ADA);
  });

  it.each<[string, string]>([
    [
      'signed with another key',
      signed(HEADER, CLAIMS, (text) => sign(null, Buffer.from(text), privateKeyIn(other.privateKey)!)),
    ],
    ['of a key that is not listed', new IdentitySigner(other.privateKey).sign(ADA, 'scoring')],
    ['of an unknown key id', token({}, { kid: keyIdOf(privateKeyIn(other.privateKey)!) })],
    ['without a key id', token({}, { kid: undefined })],
    ['of a key id that is no text', token({}, { kid: 0 })],
    [
      'with its own key in the header',
      signed({ ...HEADER, jwk: publicKeyIn(other.publicKey)!.export({ format: 'jwk' }) }, CLAIMS, (text) =>
        sign(null, Buffer.from(text), privateKeyIn(other.privateKey)!),
      ),
    ],
    ['of another issuer', token({ iss: 'another-issuer' })],
    ['without an issuer', token({ iss: undefined })],
    ['for another service', signer.sign(ADA, 'routing')],
    ['for several services', token({ aud: ['scoring', 'routing'] })],
    ['for no service', token({ aud: undefined })],
    ['for a service of a longer name', token({ aud: 'scoring2' })],
    ['that has expired', signer.sign(ADA, 'scoring', NOW - 66_000)],
    ['that never expires', token({ exp: undefined })],
    ['whose end is no number', token({ exp: String(AT + 60) })],
    ['that is valid for more than a minute', token({ exp: AT + 3_600 })],
    ['of the future', signer.sign(ADA, 'scoring', NOW + 20_000)],
    ['of a role that does not exist', token({ role: 'owner' })],
    ['of a role that every object has', token({ role: 'constructor' })],
    ['without a role', token({ role: undefined })],
    ['of a kind that does not exist', token({ kind: 'robot' })],
    ['without a kind', token({ kind: undefined })],
    ['without a name', token({ name: undefined })],
    ['of nobody', token({ sub: '' })],
    ['unsigned', signed({ ...HEADER, alg: 'none' }, CLAIMS, () => Buffer.alloc(0))],
    ['unsigned under the name of the algorithm', signed(HEADER, CLAIMS, () => Buffer.alloc(0))],
    ['signed correctly as algorithm none', token({}, { alg: 'none' })],
    ['signed correctly as HS256', token({}, { alg: 'HS256' })],
    ['signed with HS256 and the public key in DER', hmac(publicKey.export({ format: 'der', type: 'spki' }))],
    ['signed with HS256 and the public key in PEM', hmac(publicKey.export({ format: 'pem', type: 'spki' }))],
    ['signed with HS256 and the setting', hmac(keys.publicKey)],
    [
      'signed with RSA',
      signed({ ...HEADER, alg: 'RS256' }, CLAIMS, (text) =>
        sign('sha256', Buffer.from(text), rsa.privateKey),
      ),
    ],
    [
      'with claims changed after signing',
      token().replace(/\.[^.]+\./, `.${part({ ...CLAIMS, role: 'admin' })}.`),
    ],
    ['with claims that are no object', signed(HEADER, 'admin', byUs)],
    ['with no claims', signed(HEADER, null, byUs)],
    ['with a header that is no JSON', `bm9uc2Vuc2U.${part(CLAIMS)}.${byUs('x').toString('base64url')}`],
    ['of four parts', `${token()}.x`],
    ['that is no token', 'nonsense'],
    ['that is empty', ''],
  ])('%s yields no user', (_, forged) => {
    expect(verifier.userIn(forged)).toBeNull();
  });

  it('survives no change of a single character', () => {
    const good = token();
    const at = fc.nat(good.length - 1);
    const characters = fc.constantFrom(...'ABCxyz019-_.');
    fc.assert(
      fc.property(at, characters, (index, character) => {
        const changed = good.slice(0, index) + character + good.slice(index + 1);
        // The last character of a signature has bits that no byte uses.
        fc.pre(changed !== good && index < good.length - 1);
        expect(verifier.userIn(changed)).toBeNull();
      }),
    );
  });

  it('is valid for 60 s, and 5 s more between clocks that differ', () => {
    const one = signer.sign(ADA, 'scoring', AT * 1_000);
    const validAt = (seconds: number) => verifier.userIn(one, (AT + seconds) * 1_000) !== null;
    expect([-6, -5, 0, 60, 64, 65, 66].filter(validAt)).toEqual([-5, 0, 60, 64]);
  });

  it('is accepted with any listed key, in any order', () => {
    const both = new IdentityVerifier([other.publicKey, keys.publicKey], 'scoring');
    expect(both.userIn(signer.sign(ADA, 'scoring'))).toEqual(ADA);
    expect(both.userIn(new IdentitySigner(other.privateKey).sign(ADA, 'scoring'))).toEqual(ADA);
    expect(new IdentityVerifier([], 'scoring').userIn(token())).toBeNull();
  });
});

describe('a key', () => {
  it('has the id of its public half, as RFC 8037 computes it', () => {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
    const der = createPublicKey({ key: jwk, format: 'jwk' }).export({ format: 'der', type: 'spki' });
    expect(keyIdOf(publicKeyIn(der.toString('base64'))!)).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
    expect(keyIdOf(publicKeyIn(keys.publicKey)!)).toBe(kid);
  });

  it.each([
    ['of another algorithm', rsa.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')],
    [
      'of X25519',
      generateKeyPairSync('x25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    ],
    ['that is public', keys.publicKey],
    [
      'in PEM',
      String(
        createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' })).export({
          format: 'pem',
          type: 'pkcs8',
        }),
      ),
    ],
    ['that is a password', 'a secret of more than thirty-two characters'],
    ['that is empty', ''],
  ])('%s signs nothing', (_, setting) => {
    expect(() => new IdentitySigner(setting)).toThrow('a private key of Ed25519');
  });
});
