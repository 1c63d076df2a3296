import { Database, type Transaction } from '@baton/bus';
import { Clock, DomainError, type Role, type User } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { QueryFailedError, type EntityManager } from 'typeorm';
import { lockGiver, type Giver } from './calling-token.store.js';
import { normalEmail } from './email-address.js';
import { UserAccount } from './user.entity.js';

const UNIQUE_VIOLATION = '23505';

export type NewAccount = Pick<UserAccount, 'email' | 'name' | 'role' | 'password'> & {
  readonly id?: string | undefined;
  readonly accessByTokens?: string[];
};

export interface ChangedAccount {
  readonly before: UserAccount;
  readonly after: UserAccount;
}

@Injectable()
export class UserStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `conflict` when the address or the id is taken */
  add(account: NewAccount, by: User): Promise<UserAccount> {
    return this.database.transaction(async (tx) => {
      const { tokenIds } = await lockGiver(tx, by);
      return addUser(tx.manager, { ...account, accessByTokens: [...tokenIds] });
    });
  }

  /** Whether somebody can log in as an administrator. */
  administratorExists(): Promise<boolean> {
    return administratorExists(this.database);
  }

  byEmail(email: string): Promise<UserAccount | null> {
    return this.database.source.getRepository(UserAccount).findOneBy({ email: normalEmail(email) });
  }

  byId(id: string): Promise<UserAccount | null> {
    return this.database.source.getRepository(UserAccount).findOneBy({ id });
  }

  /** The account of the user of a request. @throws DomainError `forbidden` for a program, which has none */
  async ownAccount(id: string): Promise<UserAccount> {
    const account = await this.byId(id);
    if (!account) throw new DomainError('forbidden', 'A program has no account of its own.');
    return account;
  }

  /** All users, by name. Not paged: one per colleague. */
  all(): Promise<UserAccount[]> {
    return this.database.source.getRepository(UserAccount).find({ order: { name: 'ASC', id: 'ASC' } });
  }

  /** @throws DomainError `conflict` when the last administrator would lose the role */
  change(id: string, { name, role }: { name: string; role: Role }, by: User): Promise<ChangedAccount> {
    return this.database.transaction(async (tx) => {
      const giver = await lockGiver(tx, by);
      if (role !== 'admin') await requireOtherAdministrator(tx, id);
      const account = await changed(tx, id, { name, role });
      if (account.before.role !== role) await keepGiver(tx, account, giver);
      return account;
    });
  }

  rename(id: string, name: string): Promise<ChangedAccount> {
    return this.database.transaction((tx) => changed(tx, id, { name }));
  }

  /**
   * The user's sessions, open link and logins that wait for a code end; so do the links that they made, see `PasswordLinkStore`.
   * @throws DomainError `conflict` for the last administrator
   */
  disable(id: string): Promise<ChangedAccount> {
    return this.database.transaction(async (tx) => {
      await requireOtherAdministrator(tx, id);
      const account = await changed(tx, id, { disabledAt: this.clock.now() });
      await tx.rows('delete from sessions where user_id = $1', [id]);
      await tx.rows('delete from password_links where user_id = $1', [id]);
      await tx.rows('delete from login_challenges where user_id = $1', [id]);
      return account;
    });
  }

  enable(id: string, by: User): Promise<ChangedAccount> {
    return this.database.transaction(async (tx) => {
      const giver = await lockGiver(tx, by);
      const account = await changed(tx, id, { disabledAt: null });
      await keepGiver(tx, account, giver);
      return account;
    });
  }

  /**
   * Replaces a password, and ends the user's other sessions and the open link.
   *
   * @param keep hash of the token of the session that remains
   * @throws DomainError `conflict` when another request has changed the password since it was checked
   */
  async changePassword(id: string, from: string, to: string, keep: Buffer): Promise<void> {
    await this.database.transaction(async (tx) => {
      const changed = await tx.rows(
        'update users set password = $3 where id = $1 and password = $2 returning id',
        [id, from, to],
      );
      if (changed.length === 0) throw new DomainError('conflict', 'The password has been changed meanwhile.');
      await tx.rows('delete from sessions where user_id = $1 and token_hash <> $2', [id, keep]);
      await tx.rows('delete from password_links where user_id = $1', [id]);
    });
  }
}

/** An administrator who can log in. */
const ADMINISTRATOR = `role = 'admin' and disabled_at is null and (password is not null or oidc_subject is not null)`;

/** Whether somebody can log in as an administrator. */
export const administratorExists = async (database: Pick<Database, 'rows'>): Promise<boolean> =>
  (await database.rows(`select 1 from users where ${ADMINISTRATOR} limit 1`)).length > 0;

/** @throws DomainError `conflict` when the address or the id is taken */
export const addUser = async (manager: EntityManager, { id, ...rest }: NewAccount): Promise<UserAccount> => {
  const users = manager.getRepository(UserAccount);
  const account = { ...rest, email: normalEmail(rest.email) };
  try {
    const { identifiers } = await users.insert(id ? { id, ...account } : account);
    return await users.findOneByOrFail({ id: identifiers[0]!['id'] as string });
  } catch (fault) {
    const taken =
      fault instanceof QueryFailedError && (fault.driverError as { code?: string }).code === UNIQUE_VIOLATION;
    if (taken) throw new DomainError('conflict', 'There is a user with this e-mail address or id already.');
    throw fault;
  }
};

const changed = async (
  { manager }: Transaction,
  id: string,
  change: Partial<UserAccount>,
): Promise<ChangedAccount> => {
  const users = manager.getRepository(UserAccount);
  const before = await users.findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
  if (!before) throw new DomainError('not-found', 'There is no such user.');
  await users.update(id, change);
  return { before, after: await users.findOneByOrFail({ id }) };
};

/** Adds the tokens that gave the user access. */
const keepGiver = async (
  { manager }: Transaction,
  { before: { id, accessByTokens } }: ChangedAccount,
  { tokenIds }: Giver,
): Promise<void> => {
  if (tokenIds.length === 0) return;
  const all = [...new Set([...accessByTokens, ...tokenIds])];
  await manager.getRepository(UserAccount).update(id, { accessByTokens: all });
};

/**
 * Locks all administrators who can log in: of two that disable each other at the same time, the second one waits here, and finds
 * itself the last.
 */
export const requireOtherAdministrator = async (tx: Transaction, id: string): Promise<void> => {
  const administrators = await tx.rows<{ id: string }>(
    `select id from users where ${ADMINISTRATOR} order by id for update`,
  );
  if (administrators.length === 1 && administrators[0]!.id === id)
    throw new DomainError(
      'conflict',
      'This is the last administrator who can log in. Make another user an administrator first.',
    );
};
