import { Database } from '@baton/bus';
import { Clock, type Role, type User } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { hashOf, newToken } from './secret-token.js';

/** Lifetime of a session after its last use, ms. */
export const SESSION_MS = 12 * 60 * 60 * 1_000;
/** Minimum interval between extensions of a session, ms, so that not every request writes. */
const EXTEND_AFTER_MS = 10 * 60 * 1_000;

@Injectable()
export class SessionStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @returns the token of a new session */
  async open(userId: string): Promise<string> {
    const token = newToken();
    const now = this.clock.now();
    await this.database.rows('delete from sessions where expires_at < $1', [now]);
    await this.database.rows('insert into sessions (token_hash, user_id, expires_at) values ($1, $2, $3)', [
      hashOf(token),
      userId,
      new Date(now.getTime() + SESSION_MS),
    ]);
    return token;
  }

  /** The user of a session that has not ended. */
  async userOf(token: string): Promise<User | undefined> {
    const now = this.clock.now();
    const [row] = await this.database.rows<{ id: string; name: string; role: Role; expires_at: Date }>(
      `select u.id, u.name, u.role, s.expires_at from sessions s join users u on u.id = s.user_id
       where s.token_hash = $1 and s.expires_at > $2`,
      [hashOf(token), now],
    );
    if (!row) return undefined;
    const end = now.getTime() + SESSION_MS;
    if (end - row.expires_at.getTime() > EXTEND_AFTER_MS) {
      await this.database.rows('update sessions set expires_at = $2 where token_hash = $1', [
        hashOf(token),
        new Date(end),
      ]);
    }
    return { id: row.id, name: row.name, role: row.role };
  }

  async close(token: string): Promise<void> {
    await this.database.rows('delete from sessions where token_hash = $1', [hashOf(token)]);
  }
}
