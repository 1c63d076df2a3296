import { Clock, DomainError, type User } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { isInScope } from './token-scope.js';
import { TokenUses } from './token-uses.job.js';
import { TokenStore } from './token.store.js';

/** What a request with an API token may do. */
@Injectable()
export class TokenAccess {
  constructor(
    private readonly tokens: TokenStore,
    private readonly uses: TokenUses,
    private readonly clock: Clock,
  ) {}

  /**
   * The user of the token; undefined for an unknown one.
   *
   * @throws DomainError `unauthenticated` for a token that has ended, `forbidden` for a request outside its scope
   */
  async userOf(token: string, { method, url }: FastifyRequest): Promise<User | undefined> {
    const known = await this.tokens.find(token);
    if (!known) return undefined;
    const { user, prefix, scope, expiresAt, revokedAt, suspended } = known;
    const now = this.clock.now();
    if (revokedAt !== null)
      throw new DomainError('unauthenticated', `The API token ${prefix}… was revoked; use another one.`);
    if (expiresAt !== null && expiresAt <= now)
      throw new DomainError(
        'unauthenticated',
        `The API token ${prefix}… expired at ${expiresAt.toISOString()}; use another one.`,
      );
    if (suspended)
      throw new DomainError(
        'unauthenticated',
        `Whoever made the API token ${prefix}… is disabled or no administrator any more. An administrator can take it over on the Access page.`,
      );
    this.uses.add(user.id, now);
    if (!isInScope(scope, method, url))
      throw new DomainError('forbidden', 'This API token may only read: its scope is "read".');
    return user;
  }
}
