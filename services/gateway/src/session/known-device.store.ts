import { Database } from '@baton/bus';
import { Clock } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { hashOf, newToken } from './secret-token.js';

/** A browser is known for this long after its last login, ms. */
export const KNOWN_MS = 180 * 24 * 60 * 60 * 1_000;

/**
 * Browsers in which a user has logged in before, by a random token in a cookie. The token gives no access: it keeps the limits on
 * tries of others from this user.
 */
@Injectable()
export class KnownDeviceStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @param email as `normalEmail` makes it */
  async isKnown(token: string, email: string): Promise<boolean> {
    const known = await this.database.rows(
      `select 1 from known_devices d join users u on u.id = d.user_id
       where d.token_hash = $1 and u.email = $2 and d.expires_at > $3`,
      [hashOf(token), email, this.clock.now()],
    );
    return known.length > 0;
  }

  /**
   * @param token the cookie's, which is kept when it was issued here: a browser may be shared by several users
   * @returns the token of the browser from now on
   */
  async remember(userId: string, token: string | undefined): Promise<string> {
    const now = this.clock.now();
    const until = new Date(now.getTime() + KNOWN_MS);
    await this.database.rows('delete from known_devices where expires_at < $1', [now]);
    const kept = await this.database.rows(
      `insert into known_devices (token_hash, user_id, expires_at)
       select $1, $2, $3 where exists (select from known_devices where token_hash = $1)
       on conflict (token_hash, user_id) do update set expires_at = excluded.expires_at
       returning user_id`,
      [hashOf(token ?? ''), userId, until],
    );
    if (token !== undefined && kept.length > 0) return token;
    const issued = newToken();
    await this.database.rows(
      'insert into known_devices (token_hash, user_id, expires_at) values ($1, $2, $3)',
      [hashOf(issued), userId, until],
    );
    return issued;
  }
}
