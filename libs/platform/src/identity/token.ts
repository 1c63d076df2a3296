import { errors, jwtVerify, SignJWT } from 'jose';
import { ROLES, type Role, type User } from './user.js';

const ISSUER = 'baton-gateway';
const LIFETIME = '60 s';
const CLOCK_SKEW_SECONDS = 5;
const keyOf = (secret: string): Uint8Array => new TextEncoder().encode(secret);

/** The token with which the gateway tells a service who asks: HS256, valid for 60 s. */
export const signIdentity = (secret: string, user: User): Promise<string> =>
  new SignJWT({ name: user.name, role: user.role })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(ISSUER)
    .setSubject(user.id)
    .setIssuedAt()
    .setExpirationTime(LIFETIME)
    .sign(keyOf(secret));

/** The user in a token of `signIdentity`; null for anything else: forged, expired, of another issuer, of an unknown role. */
export const verifyIdentity = async (secret: string, token: string): Promise<User | null> => {
  try {
    const { payload } = await jwtVerify(token, keyOf(secret), {
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
