import { timingSafeEqual } from 'node:crypto';
import { Database, type Transaction } from '@baton/bus';
import { Clock, DomainError, type Role, type User } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { GatewayConfig } from '../gateway.config.js';
import { hashOf, newToken } from '../session/secret-token.js';
import { lockCallingToken, lockGiver } from '../user/calling-token.store.js';
import { administratorExists } from '../user/user.store.js';
import type { Scope } from './token-scope.js';

/** A token as it is found by its text. */
export interface KnownToken {
  readonly user: User;
  readonly prefix: string;
  readonly scope: Scope;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  /** Whoever stands for it is disabled or no longer an administrator. */
  readonly suspended: boolean;
}

export interface ApiToken extends Omit<KnownToken, 'user'> {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: Date;
  /** Name of the user who made it, or took it over. */
  readonly createdBy: string | null;
  readonly usedAt: Date | null;
  readonly revokedBy: string | null;
}

export interface ChangedToken {
  readonly before: ApiToken;
  readonly after: ApiToken;
}

export interface RevokedToken extends ChangedToken {
  /** Users whose access it gave, or a token that it made, and who can log in. */
  readonly users: readonly GivenAccess[];
}

export type GivenAccess = Readonly<Record<'id' | 'name' | 'email', string>>;

export type NewToken = Pick<ApiToken, 'name' | 'role' | 'scope' | 'expiresAt'>;
/** Place in the list, which is newest first. */
export type TokenPosition = Readonly<Record<'createdAt' | 'id', string>>;

/** Characters of a token by which people recognise it in lists. 36 bits of 256 are no help to guess the rest. */
const PREFIX = 'bt_'.length + 6;
/** Minimum interval between writes of the last use of a token, by all processes together. */
const USE_INTERVAL_MS = 60_000;
/** The condition on a row of `tokens` that whoever stands for it may make none. */
export const TOKEN_IS_SUSPENDED = `exists (
  select from users where users.id = created_by_id and (disabled_at is not null or users.role <> 'admin'))`;
/** `made`: token $1 and those that it made, over any number of steps. */
const WITH_MADE = `with recursive made as (
  select id from tokens where id = $1 union select tokens.id from tokens join made on tokens.made_by_token = made.id)`;
const COLUMNS = `id, name, role, prefix, scope, created_at as "createdAt", created_by as "createdBy",
  expires_at as "expiresAt", used_at as "usedAt", revoked_at as "revokedAt", revoked_by as "revokedBy",
  ${TOKEN_IS_SUSPENDED} as suspended`;

/** The token from the environment, for the time before there is an administrator. */
export const BOOTSTRAP: KnownToken = {
  user: { id: '00000000-0000-4000-8000-000000000000', name: 'admin token', role: 'admin', kind: 'program' },
  prefix: 'ADMIN_TOKEN',
  scope: 'write',
  expiresAt: null,
  revokedAt: null,
  suspended: false,
};

/** API tokens of programs. Read for every request: a revoked one is refused by every process at its next request. */
@Injectable()
export class TokenStore {
  private readonly bootstrap: Buffer;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    config: GatewayConfig,
  ) {
    this.bootstrap = hashOf(config.adminToken);
  }

  /**
   * A token that a token makes ends with it: it rests with the same person, expires no later, and is revoked with it, until a person takes
   * it over.
   *
   * @returns the token, which is stored only as a hash
   */
  async create({ name, role, scope, expiresAt }: NewToken, by: User): Promise<ApiToken & { token: string }> {
    const token = `bt_${newToken()}`;
    return this.database.transaction(async (tx) => {
      const maker = await lockCallingToken(tx, by);
      const [row] = await tx.rows<ApiToken>(
        `insert into tokens (token_hash, prefix, name, role, scope, expires_at, created_by, created_at, created_by_id, made_by_token)
         values ($1, $2, $3, $4, $5, least($6::timestamptz, $7), $8, $9, $10, $11) returning ${COLUMNS}`,
        [
          ...[hashOf(token), token.slice(0, PREFIX), name, role, scope, expiresAt, maker?.expiresAt ?? null],
          ...[by.name, this.clock.now(), by.kind === 'program' ? maker?.createdById : by.id, maker?.id],
        ],
      );
      return { ...row!, token };
    });
  }

  /**
   * A token that exists; it may have ended.
   * @throws DomainError `unauthenticated` for the token of the environment once there is an administrator
   */
  async find(token: string): Promise<KnownToken | undefined> {
    const hash = hashOf(token);
    if (timingSafeEqual(hash, this.bootstrap)) {
      if (!(await administratorExists(this.database))) return BOOTSTRAP;
      throw new DomainError(
        'unauthenticated',
        'ADMIN_TOKEN is valid only until there is an administrator. Log in, or use an API token of the Access page.',
      );
    }
    const [row] = await this.database.rows<ApiToken>(`select ${COLUMNS} from tokens where token_hash = $1`, [
      hash,
    ]);
    return row && { ...row, user: { id: row.id, name: row.name, role: row.role, kind: 'program' } };
  }

  /** At most `limit` tokens older than `before`, newest first; those that ended before `since` are left out. */
  list(before: TokenPosition | undefined, since: Date, limit: number): Promise<ApiToken[]> {
    return this.database.rows<ApiToken>(
      `select ${COLUMNS} from tokens
       where ($1::timestamptz is null or (created_at, id) < ($1, $2::uuid))
         and coalesce(least(revoked_at, expires_at), 'infinity') > $3
       order by created_at desc, id desc limit $4`,
      [before ? new Date(before.createdAt) : null, before?.id ?? null, since, limit],
    );
  }

  /** Another person stands for it from now on, and it ends no more with the token that made it. @throws DomainError `not-found`, `forbidden` */
  takeOver(id: string, by: User): Promise<ChangedToken> {
    if (by.kind === 'program')
      throw new DomainError('forbidden', 'A person takes over a token: log in first.');
    return this.change(id, async (tx) => {
      // Of a person whose own access a token gave it remains one that the token made.
      const { tokenIds } = await lockGiver(tx, by);
      await tx.rows(
        `update tokens set created_by = $2, created_by_id = $3, made_by_token = case when $4 then made_by_token end where id = $1`,
        [id, by.name, by.id, tokenIds.length > 0],
      );
    });
  }

  /**
   * Revokes the tokens that it made, too, and ends the one-time links that they made. Users whose access they gave keep it, since a
   * program for provisioning gets a new token now and then. Again has no effect.
   *
   * @throws DomainError `not-found`
   */
  async revoke(id: string, by: User): Promise<RevokedToken> {
    let users: GivenAccess[] = [];
    const token = await this.change(id, async (tx) => {
      const revokeMade = () =>
        tx.rows(
          `${WITH_MADE} update tokens set revoked_at = $2, revoked_by = $3 from made
           where tokens.id = made.id and revoked_at is null returning tokens.id`,
          [id, this.clock.now(), by.name],
        );
      // Waits for one that makes another at this moment, which is found the next time; a revoked one makes none.
      while ((await revokeMade()).length > 0);
      await tx.rows(
        `${WITH_MADE} delete from password_links using made where made.id = any(made_by_tokens)`,
        [id],
      );
      users = await tx.rows<GivenAccess>(
        `${WITH_MADE} select distinct users.id, name, email from users join made on made.id = any(access_by_tokens)
         where disabled_at is null order by name, users.id`,
        [id],
      );
    });
    return { ...token, users };
  }

  private change(id: string, change: (tx: Transaction) => Promise<void>): Promise<ChangedToken> {
    return this.database.transaction(async (tx) => {
      const read = () => tx.rows<ApiToken>(`select ${COLUMNS} from tokens where id = $1 for update`, [id]);
      const [before] = await read();
      if (!before) throw new DomainError('not-found', 'There is no such API token.');
      await change(tx);
      const [after] = await read();
      return { before, after: after! };
    });
  }

  /** Writes when tokens were used last, of each at most once a minute. */
  async writeUses(uses: ReadonlyMap<string, Date>): Promise<void> {
    await this.database.rows(
      `update tokens set used_at = use.at
       from unnest($1::uuid[], $2::timestamptz[]) as use(id, at)
       where tokens.id = use.id
         and (used_at is null or used_at <= use.at - $3 * interval '1 millisecond')`,
      [[...uses.keys()], [...uses.values()], USE_INTERVAL_MS],
    );
  }
}
