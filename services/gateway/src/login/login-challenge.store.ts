import { Database } from '@baton/bus';
import { Clock } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { hashOf, newToken } from '../session/secret-token.js';

/** Lifetime of a challenge, ms. */
const CHALLENGE_MS = 5 * 60 * 1_000;

export interface LoginChallenge {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  /** Hash of the password that was right. */
  readonly password: string;
}

/** Logins whose password was right and whose code is still to come. A challenge gives access to nothing but the check of a code. */
@Injectable()
export class LoginChallengeStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * @param password its hash
   * @returns the token of a challenge, undefined for a user without a second factor
   */
  async openFor(userId: string, password: string): Promise<string | undefined> {
    const token = newToken();
    const now = this.clock.now();
    const opened = await this.database.rows(
      `insert into login_challenges (token_hash, user_id, password, expires_at)
       select $2, user_id, $3, $4 from second_factors where user_id = $1 and confirmed_at is not null
       returning user_id`,
      [userId, hashOf(token), password, new Date(now.getTime() + CHALLENGE_MS)],
    );
    if (opened.length === 0) return undefined;
    await this.database.rows('delete from login_challenges where expires_at < $1', [now]);
    return token;
  }

  /** A challenge that was not used, has not expired, and whose password is still the user's. */
  async find(token: string): Promise<LoginChallenge | undefined> {
    const [found] = await this.database.rows<LoginChallenge>(
      `select u.id as "userId", u.email, u.name, c.password
       from login_challenges c join users u on u.id = c.user_id and u.password = c.password and u.disabled_at is null
       where c.token_hash = $1 and c.expires_at > $2`,
      [hashOf(token), this.clock.now()],
    );
    return found;
  }

  /** @returns whether it is the first use */
  async use(token: string): Promise<boolean> {
    const used = await this.database.rows<object>(
      'with used as (delete from login_challenges where token_hash = $1 returning user_id) select user_id from used',
      [hashOf(token)],
    );
    return used.length > 0;
  }
}
