import { Database, type Transaction } from '@baton/bus';
import { DomainError } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { requireOtherAdministrator } from '../user/user.store.js';
import type { ClaimedPerson } from './claimed-person.js';
import { LoginRefused } from './login-refusal.js';

export interface LinkedAccount {
  readonly id: string;
  readonly name: string;
  /** Undefined for a new account. */
  readonly formerRole: string | undefined;
  readonly role: string;
}

interface Account {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly isNew?: boolean;
  readonly subject: string | null;
  readonly disabled: boolean;
}

const ACCOUNT =
  'select id, name, role, oidc_subject as subject, disabled_at is not null as disabled from users';

/** Accounts of people who log in by OpenID Connect. An account is linked to one issuer and subject at most. */
@Injectable()
export class LinkedAccountStore {
  constructor(private readonly database: Database) {}

  /**
   * The account of a person: the linked one; else the one with the same address, which is linked, if the provider vouches for the
   * address and no other identity is linked; else a new one. Its role becomes the provider's.
   *
   * @throws LoginRefused
   */
  async accountOf(issuer: string, person: ClaimedPerson): Promise<LinkedAccount> {
    const account = await this.linked(issuer, person);
    if (account.disabled) throw new LoginRefused('disabled');
    if (person.role === undefined) {
      // What the provider took away is taken away here, too.
      await this.database.rows('delete from sessions where user_id = $1 and id_token is not null', [
        account.id,
      ]);
      throw new LoginRefused('no-role');
    }
    if (person.role !== account.role) await this.changeRole(account.id, person.role);
    const { id, name, role, isNew } = account;
    return { id, name, formerRole: isNew ? undefined : role, role: person.role };
  }

  /** The user logs in with a password, and is linked at the next login by OpenID Connect. Ends the sessions that began by it. */
  async unlink(userId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await requireOtherAdministrator(tx, userId);
      await tx.rows('update users set oidc_issuer = null, oidc_subject = null where id = $1', [userId]);
      await tx.rows('delete from sessions where user_id = $1 and id_token is not null', [userId]);
    });
  }

  private async linked(issuer: string, person: ClaimedPerson): Promise<Account> {
    return this.database.transaction(async (tx) => {
      const known = await bySubject(tx, issuer, person.subject);
      if (known) return known;
      const [same] = await tx.rows<Account>(`${ACCOUNT} where email = $1 for update`, [person.email]);
      if (same) return link(tx, same, issuer, person);
      if (person.role === undefined) throw new LoginRefused('no-role');
      const [created] = await tx.rows<Account>(
        `insert into users (email, name, role, oidc_issuer, oidc_subject) values ($1, $2, $3, $4, $5)
         on conflict do nothing
         returning id, name, role, oidc_subject as subject, false as disabled, true as "isNew"`,
        [person.email, person.name, person.role, issuer, person.subject],
      );
      // A concurrent first login has created it.
      const account = created ?? (await bySubject(tx, issuer, person.subject));
      if (!account) throw new LoginRefused('taken');
      return account;
    });
  }

  private async changeRole(id: string, role: string): Promise<void> {
    try {
      await this.database.transaction(async (tx) => {
        if (role !== 'admin') await requireOtherAdministrator(tx, id);
        await tx.rows('update users set role = $2 where id = $1', [id, role]);
      });
    } catch (fault) {
      if (fault instanceof DomainError && fault.code === 'conflict')
        throw new LoginRefused('last-administrator', { cause: fault });
      throw fault;
    }
  }
}

const bySubject = async (tx: Transaction, issuer: string, subject: string): Promise<Account | undefined> => {
  const [account] = await tx.rows<Account>(`${ACCOUNT} where oidc_issuer = $1 and oidc_subject = $2`, [
    issuer,
    subject,
  ]);
  return account;
};

const link = async (
  tx: Transaction,
  account: Account,
  issuer: string,
  { subject, vouched, role }: ClaimedPerson,
): Promise<Account> => {
  if (account.subject !== null || !vouched) throw new LoginRefused('taken');
  // Not linked by a login that is refused.
  if (account.disabled) throw new LoginRefused('disabled');
  if (role === undefined) throw new LoginRefused('no-role');
  await tx.rows('update users set oidc_issuer = $2, oidc_subject = $3 where id = $1', [
    account.id,
    issuer,
    subject,
  ]);
  return account;
};
