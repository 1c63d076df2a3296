import { Database } from '@baton/bus';
import { Clock } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { hashOf } from '../session/secret-token.js';
import { MAX_LOGIN_MS } from './login-secrets.js';

/** Tokens of logins whose response has arrived: each is accepted once in all processes. */
@Injectable()
export class UsedLoginsStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @returns whether it is the first use */
  async use(token: string): Promise<boolean> {
    const now = this.clock.now();
    await this.database.rows('delete from used_logins where expires_at < $1', [now]);
    const used = await this.database.rows(
      `insert into used_logins (token_hash, expires_at) values ($1, $2) on conflict do nothing returning token_hash`,
      // Twice the time: a token is refused for its age before its row is gone.
      [hashOf(token), new Date(now.getTime() + 2 * MAX_LOGIN_MS)],
    );
    return used.length > 0;
  }
}
