import { Database } from '@baton/bus';
import { Clock, DomainError, type Role, type User } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { hashOf, newToken } from './secret-token.js';

/** Lifetime of a session after its last use, ms. */
const IDLE_MS = 12 * 60 * 60 * 1_000;
/** Lifetime of a session, whatever its use, ms. */
export const MAX_SESSION_MS = 7 * 24 * 60 * 60 * 1_000;
/** Minimum interval between extensions of a session, ms, so that not every request writes. */
const EXTEND_AFTER_MS = 10 * 60 * 1_000;
const MAX_USER_AGENT = 200;

/** A session of a user, as the user sees it. */
export interface OwnSession {
  readonly id: string;
  readonly createdAt: Date;
  /** To within ten minutes. */
  readonly usedAt: Date;
  readonly userAgent: string | null;
  /** Address of the login. */
  readonly address: string | null;
  /** Whether the request belongs to it. */
  readonly current: boolean;
}

export interface NewSession {
  readonly userId: string;
  /** Hash of the password that was checked: a session does not begin with one that was replaced meanwhile. */
  readonly password?: string;
  /** Of a login by OpenID Connect, for the logout there. */
  readonly idToken?: string;
  readonly userAgent: string | undefined;
  readonly address: string;
}

export interface ClosedSession extends Pick<User, 'id' | 'name' | 'role'> {
  /** Of one that began by OpenID Connect. */
  readonly idToken: string | null;
}

@Injectable()
export class SessionStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns the token of a new session
   * @throws DomainError `unauthenticated` when the user was disabled or the password changed since it was checked
   */
  async open({ userId, password, idToken, userAgent, address }: NewSession): Promise<string> {
    const token = newToken();
    const now = this.clock.now();
    await this.database.rows('delete from sessions where expires_at < $1 or ends_at < $1', [now]);
    // The lock waits for a concurrent disable or change of the password, which end the sessions that exist.
    const opened = await this.database.rows(
      `insert into sessions (token_hash, user_id, created_at, used_at, expires_at, ends_at, user_agent, address, id_token)
       select $1, id, $4, $4, $5, $6, $7, $8, $9 from users
       where id = $2 and ($3::text is null or password = $3) and disabled_at is null for share
       returning id`,
      [
        hashOf(token),
        userId,
        password ?? null,
        now,
        new Date(now.getTime() + IDLE_MS),
        new Date(now.getTime() + MAX_SESSION_MS),
        userAgent?.slice(0, MAX_USER_AGENT) ?? null,
        address,
        idToken ?? null,
      ],
    );
    if (opened.length === 0)
      throw new DomainError('unauthenticated', 'The account was changed meanwhile; log in again.');
    await this.seen(userId, now);
    return token;
  }

  /** The user of a session that has not ended. */
  async userOf(token: string): Promise<User | undefined> {
    const now = this.clock.now();
    const [row] = await this.database.rows<{ id: string; name: string; role: Role; used_at: Date }>(
      `select u.id, u.name, u.role, s.used_at
       from sessions s join users u on u.id = s.user_id and u.disabled_at is null
       where s.token_hash = $1 and s.expires_at > $2 and s.ends_at > $2`,
      [hashOf(token), now],
    );
    if (!row) return undefined;
    if (now.getTime() - row.used_at.getTime() > EXTEND_AFTER_MS) {
      await this.database.rows('update sessions set used_at = $2, expires_at = $3 where token_hash = $1', [
        hashOf(token),
        now,
        new Date(now.getTime() + IDLE_MS),
      ]);
      await this.seen(row.id, now);
    }
    return { id: row.id, name: row.name, role: row.role, kind: 'person' };
  }

  /** Sessions that have not ended, last used first. */
  ofUser(userId: string, token: string | undefined): Promise<OwnSession[]> {
    return this.database.rows<OwnSession>(
      `select id, created_at as "createdAt", used_at as "usedAt", user_agent as "userAgent", address,
         token_hash = $2 as current
       from sessions where user_id = $1 and expires_at > $3 and ends_at > $3 order by used_at desc, id`,
      [userId, hashOf(token ?? ''), this.clock.now()],
    );
  }

  /** @returns whose session it was; undefined when there is none */
  async close(token: string): Promise<ClosedSession | undefined> {
    const [closed] = await this.database.rows<ClosedSession>(
      `with closed as (delete from sessions where token_hash = $1 returning user_id, id_token)
       select u.id, u.name, u.role, c.id_token as "idToken" from closed c join users u on u.id = c.user_id`,
      [hashOf(token)],
    );
    return closed;
  }

  /** @throws DomainError `not-found` when the user has no such session */
  async closeOne(userId: string, id: string): Promise<void> {
    const ended = await this.database.rows<object>(
      'with ended as (delete from sessions where user_id = $1 and id = $2 returning id) select id from ended',
      [userId, id],
    );
    if (ended.length === 0)
      throw new DomainError('not-found', 'There is no such session; it may have ended already.');
  }

  /** @param except token of a session that remains */
  async closeAll(userId: string, except?: string): Promise<void> {
    await this.database.rows('delete from sessions where user_id = $1 and token_hash <> $2', [
      userId,
      hashOf(except ?? ''),
    ]);
  }

  private async seen(userId: string, now: Date): Promise<void> {
    await this.database.rows('update users set last_seen_at = $2 where id = $1', [userId, now]);
  }
}
