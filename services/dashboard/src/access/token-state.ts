import type { ApiToken } from '../api/shapes.js';

const DAY_MS = 86_400_000;
/** A token that ends within so many days is pointed out. */
const SOON_DAYS = 7;

export interface TokenState {
  readonly tone: 'good' | 'warn' | 'plain';
  readonly text: string;
  /** Whether programs can use it. */
  readonly isValid: boolean;
}

/** The state of a token at `now`, ms. */
export const tokenStateOf = (
  { expiresAt, revokedAt }: Pick<ApiToken, 'expiresAt' | 'revokedAt'>,
  now: number,
): TokenState => {
  if (revokedAt !== null) return { tone: 'plain', text: 'Revoked', isValid: false };
  const left = expiresAt === null ? Infinity : Date.parse(expiresAt) - now;
  if (left <= 0) return { tone: 'plain', text: 'Ended', isValid: false };
  return left < SOON_DAYS * DAY_MS
    ? { tone: 'warn', text: 'Ends soon', isValid: true }
    : { tone: 'good', text: 'Valid', isValid: true };
};
