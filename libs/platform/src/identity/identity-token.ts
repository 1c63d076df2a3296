import type { LedSellers } from './user.js';

/** What the token of an identity says (RFC 7519), and how it is signed. */
export interface IdentityClaims {
  readonly iss: string;
  /** Name of the one service that accepts it. */
  readonly aud: string;
  readonly sub: string;
  readonly name: string;
  readonly role: string;
  readonly kind: string;
  readonly leads?: LedSellers;
  /** Seconds. */
  readonly iat: number;
  /** Seconds. */
  readonly exp: number;
}

export const ISSUER = 'baton-gateway';
/** The name of Ed25519 in RFC 9864; no other algorithm is accepted. */
export const ALGORITHM = 'Ed25519';
export const LIFETIME_SECONDS = 60;
export const CLOCK_SKEW_SECONDS = 5;
