import type { webcrypto } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { ROLES, type Role, type User } from './user.js';

const ISSUER = 'baton-gateway';
const LIFETIME = '60 s';
const CLOCK_SKEW_SECONDS = 5;
const HMAC = { name: 'HMAC', hash: 'SHA-256' };

/** Imported keys by secret (one per process). Importing for each verification took most of its time. */
const keys = new Map<string, Promise<webcrypto.CryptoKey>>();
const keyOf = (secret: string): Promise<webcrypto.CryptoKey> => {
  const bytes = new TextEncoder().encode(secret);
  const key = keys.get(secret) ?? crypto.subtle.importKey('raw', bytes, HMAC, false, ['sign', 'verify']);
  keys.set(secret, key);
  return key;
};

/** Token by which the gateway identifies the user to a service: HS256, valid for 60 s. */
export const signIdentity = async (secret: string, user: User): Promise<string> =>
  new SignJWT({ name: user.name, role: user.role })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(ISSUER)
    .setSubject(user.id)
    .setIssuedAt()
    .setExpirationTime(LIFETIME)
    .sign(await keyOf(secret));

/** The user in a token of `signIdentity`; null when it is forged, expired, of another issuer or of an unknown role. */
export const verifyIdentity = async (secret: string, token: string): Promise<User | null> => {
  try {
    const { payload } = await jwtVerify(token, await keyOf(secret), {
      algorithms: ['HS256'],
      issuer: ISSUER,
      requiredClaims: ['sub', 'exp'],
      clockTolerance: CLOCK_SKEW_SECONDS,
    });
    const { sub, name, role } = payload;
    if (!sub || typeof name !== 'string' || !ROLES.includes(role as Role)) return null;
    return { id: sub, name, role: role as Role };
  } catch (fault) {
    if (fault instanceof errors.JOSEError) return null;
    throw fault;
  }
};
