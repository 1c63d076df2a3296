import type { ApiToken } from '../api/shapes.js';

const DAY_MS = 86_400_000;
/** A token that ends within so many days is pointed out. */
const SOON_DAYS = 7;

export interface TokenState {
  readonly tone: 'good' | 'warn' | 'plain';
  readonly text: string;
  /** Whether it has not ended. */
  readonly isValid: boolean;
}

/** The state of a token at `now`, ms. */
export const tokenStateOf = (
  { expiresAt, revokedAt, suspended }: Pick<ApiToken, 'expiresAt' | 'revokedAt' | 'suspended'>,
  now: number,
): TokenState => {
  if (revokedAt !== null) return { tone: 'plain', text: 'Revoked', isValid: false };
  const left = expiresAt === null ? Infinity : Date.parse(expiresAt) - now;
  if (left <= 0) return { tone: 'plain', text: 'Ended', isValid: false };
  if (suspended) return { tone: 'warn', text: 'At rest', isValid: true };
  return left < SOON_DAYS * DAY_MS
    ? { tone: 'warn', text: 'Ends soon', isValid: true }
    : { tone: 'good', text: 'Valid', isValid: true };
};
