import { createHash, randomBytes } from 'node:crypto';

/** An opaque secret nobody can guess: 256 random bits. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What is kept of it: a thief of the table has nothing to show at the door. The token is random, so no salt is needed. */
export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
