import { Database } from '@baton/bus';
import { Clock, DomainError, type User } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { hashOf, newToken } from '../session/secret-token.js';
import { lockGiver } from '../user/calling-token.store.js';

/** Lifetime of a link, ms. */
const LINK_MS = 7 * 24 * 60 * 60 * 1_000;

/** The condition on a link `l`. Nobody is known of links made before, and of those of the token of the environment. */
const MAKER_IS_ADMINISTRATOR = `(l.made_by is null or exists (
  select from users maker where maker.id = l.made_by and maker.disabled_at is null and maker.role = 'admin'))`;

export interface PasswordLink {
  readonly token: string;
  readonly expiresAt: Date;
}

export interface LinkedUser {
  readonly name: string;
  readonly email: string;
  /** Without a password so far: the link is an invitation. */
  readonly invited: boolean;
}

/**
 * Links that let a person set a password once. At most one per user. A link is valid while whoever made it, or stands for the token that
 * did, is an administrator.
 */
@Injectable()
export class PasswordLinkStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * A new link, in place of an earlier one. The present password stays valid until the link is used.
   * @throws DomainError `conflict` for a disabled user, `not-found`
   */
  async create(userId: string, by: User): Promise<PasswordLink> {
    const token = newToken();
    const expiresAt = new Date(this.clock.now().getTime() + LINK_MS);
    const created = await this.database.transaction(async (tx) => {
      const { personId, tokenIds } = await lockGiver(tx, by);
      // The lock waits for a concurrent disable, which deletes links.
      return tx.rows(
        `insert into password_links (user_id, token_hash, expires_at, made_by_tokens, made_by)
         select id, $2, $3, $4::uuid[], $5 from users where id = $1 and disabled_at is null for share
         on conflict (user_id) do update set
           token_hash = excluded.token_hash, expires_at = excluded.expires_at, made_by_tokens = excluded.made_by_tokens,
           made_by = excluded.made_by
         returning user_id`,
        [userId, hashOf(token), expiresAt, tokenIds, personId],
      );
    });
    if (created.length > 0) return { token, expiresAt };
    const [user] = await this.database.rows('select id from users where id = $1', [userId]);
    throw user
      ? new DomainError('conflict', 'The user is disabled; enable the user first.')
      : new DomainError('not-found', 'There is no such user.');
  }

  /** @throws DomainError `not-found` when the link was used, replaced, or has expired */
  async userOf(token: string): Promise<LinkedUser> {
    const [found] = await this.database.rows<LinkedUser & { expired: boolean }>(
      `select u.name, u.email, u.password is null as invited, l.expires_at <= $2 as expired
       from password_links l join users u on u.id = l.user_id and u.disabled_at is null
       where l.token_hash = $1 and ${MAKER_IS_ADMINISTRATOR}`,
      [hashOf(token), this.clock.now()],
    );
    if (!found) throw unknownLink();
    const { expired, ...user } = found;
    if (expired) throw expiredLink();
    return user;
  }

  /**
   * Sets the password and ends every session of the user; browsers known before are known no longer.
   * @returns the user
   * @throws DomainError `not-found`, for all but the first of concurrent uses too
   */
  async use(token: string, password: string): Promise<{ readonly id: string; readonly name: string }> {
    return this.database.transaction(async (tx) => {
      // Users are locked before their links everywhere, or two transactions could wait for each other.
      const [user] = await tx.rows<{ id: string; name: string }>(
        `select u.id, u.name from password_links l join users u on u.id = l.user_id
         where l.token_hash = $1 for update of u`,
        [hashOf(token)],
      );
      const [link] = await tx.rows<{ madeByTokens: string[] }>(
        `delete from password_links l where token_hash = $1 and expires_at > $2 and ${MAKER_IS_ADMINISTRATOR}
         returning made_by_tokens as "madeByTokens"`,
        [hashOf(token), this.clock.now()],
      );
      if (!user || !link) throw unknownLink();
      await tx.rows(
        `update users set password = $2,
           access_by_tokens = array(select distinct unnest(access_by_tokens || $3::uuid[])) where id = $1`,
        [user.id, password, link.madeByTokens],
      );
      await tx.rows('delete from sessions where user_id = $1', [user.id]);
      await tx.rows('delete from known_devices where user_id = $1', [user.id]);
      return user;
    });
  }
}

const unknownLink = (): DomainError =>
  new DomainError(
    'not-found',
    'This link was used already, was replaced by a newer one, was made by somebody who is no administrator any more, or never existed. Ask an administrator for a new one.',
  );

const expiredLink = (): DomainError =>
  new DomainError('not-found', 'This link has expired. Ask an administrator for a new one.');
