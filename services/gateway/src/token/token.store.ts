import { timingSafeEqual } from 'node:crypto';
import { Database } from '@baton/bus';
import { type Role, type User } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { GatewayConfig } from '../gateway.config.js';
import { hashOf, newToken } from '../session/secret-token.js';

/** The user of the token from the environment. */
const BOOTSTRAP: User = { id: '00000000-0000-4000-8000-000000000000', name: 'admin token', role: 'admin' };

/** API tokens of programs. */
@Injectable()
export class TokenStore {
  private readonly bootstrap: Buffer;

  constructor(
    private readonly database: Database,
    config: GatewayConfig,
  ) {
    this.bootstrap = hashOf(config.adminToken);
  }

  /** @returns the token, which is stored only as a hash */
  async create(name: string, role: Role): Promise<{ id: string; token: string }> {
    const token = newToken();
    const [row] = await this.database.rows<{ id: string }>(
      'insert into tokens (token_hash, name, role) values ($1, $2, $3) returning id',
      [hashOf(token), name, role],
    );
    return { id: row!.id, token };
  }

  async userOf(token: string): Promise<User | undefined> {
    const hash = hashOf(token);
    if (timingSafeEqual(hash, this.bootstrap)) return BOOTSTRAP;
    const [row] = await this.database.rows<User>('select id, name, role from tokens where token_hash = $1', [
      hash,
    ]);
    return row;
  }
}
