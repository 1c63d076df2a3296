import { Database } from '@baton/bus';
import { Clock, type Role } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { TOKEN_IS_SUSPENDED } from '../token/token.store.js';

/** The roles that sessions and API tokens give now. */
@Injectable()
export class StreamCredentialsStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * By the hex of the hash of a credential, in one query for all. One that has ended is missing. Does not count as a use: an open
   * page alone does not extend a session.
   */
  async rolesOf(credentials: readonly Buffer[]): Promise<Map<string, Role>> {
    const rows = await this.database.rows<{ credential: string; role: Role }>(
      `select encode(s.token_hash, 'hex') as credential, u.role from sessions s join users u on u.id = s.user_id
       where s.token_hash = any($1::bytea[]) and s.expires_at > $2 and s.ends_at > $2 and u.disabled_at is null
       union all
       select encode(token_hash, 'hex'), role from tokens
       where token_hash = any($1::bytea[]) and revoked_at is null and coalesce(expires_at, 'infinity') > $2
         and not ${TOKEN_IS_SUSPENDED}`,
      [credentials, this.clock.now()],
    );
    return new Map(rows.map(({ credential, role }) => [credential, role]));
  }
}
