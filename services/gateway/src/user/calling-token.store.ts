import type { Transaction } from '@baton/bus';
import { DomainError, type User } from '@baton/platform';

/** The API token of the program that makes a request. */
export interface CallingToken {
  readonly id: string;
  readonly expiresAt: Date | null;
  /** Of the user who stands for it. */
  readonly createdById: string | null;
}

/** Who gives a user access. */
export interface Giver {
  /** The person, or the one who stands for the token. */
  readonly personId: string | null;
  /** The token, or those that gave the person their own access: so nobody passes it on as theirs. */
  readonly tokenIds: readonly string[];
}

/**
 * The token by which another token, a user or a one-time link is made, so that its revocation finds them. Locked until the end of the
 * transaction: a revocation at the same moment waits.
 *
 * @returns undefined for a person, and for the token of the environment, which is not stored
 * @throws DomainError `unauthenticated` when it was revoked since the request began
 */
export const lockCallingToken = async (
  tx: Transaction,
  { id, kind }: User,
): Promise<CallingToken | undefined> => {
  if (kind !== 'program') return undefined;
  const [token] = await tx.rows<CallingToken & { revokedAt: Date | null }>(
    `select id, expires_at as "expiresAt", created_by_id as "createdById", revoked_at as "revokedAt" from tokens where id = $1 for share`,
    [id],
  );
  if (token?.revokedAt) throw new DomainError('unauthenticated', 'The API token was revoked.');
  return token;
};

/** As `lockCallingToken`, with the person. @throws DomainError `unauthenticated` for a token that was revoked since the request began */
export const lockGiver = async (tx: Transaction, by: User): Promise<Giver> => {
  if (by.kind === 'program') {
    const token = await lockCallingToken(tx, by);
    return { personId: token?.createdById ?? null, tokenIds: token ? [token.id] : [] };
  }
  const [person] = await tx.rows<{ tokenIds: string[] }>(
    'select access_by_tokens as "tokenIds" from users where id = $1 for share',
    [by.id],
  );
  return { personId: by.id, tokenIds: person?.tokenIds ?? [] };
};
