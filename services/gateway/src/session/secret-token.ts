import { createHash, randomBytes } from 'node:crypto';

/** An opaque secret of 256 random bits. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** Stored in place of the token: a leaked table contains only hashes. The token is random, so no salt is needed. */
export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
