import { Database } from '@baton/bus';
import { DomainError } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import { UserAccount } from './user.entity.js';

const UNIQUE_VIOLATION = '23505';

@Injectable()
export class UserStore {
  constructor(private readonly database: Database) {}

  /** @throws DomainError `conflict` when the address or the id is taken */
  async add(
    account: Omit<UserAccount, 'id' | 'createdAt'> & { id?: string | undefined },
  ): Promise<UserAccount> {
    const users = this.database.source.getRepository(UserAccount);
    const { id, ...rest } = account;
    try {
      const { identifiers } = await users.insert(id ? { id, ...rest } : rest);
      return await users.findOneByOrFail({ id: identifiers[0]!['id'] as string });
    } catch (fault) {
      const taken =
        fault instanceof QueryFailedError &&
        (fault.driverError as { code?: string }).code === UNIQUE_VIOLATION;
      if (taken) throw new DomainError('conflict', 'There is a user with this e-mail address or id already.');
      throw fault;
    }
  }

  byEmail(email: string): Promise<UserAccount | null> {
    return this.database.source.getRepository(UserAccount).findOneBy({ email: normalEmail(email) });
  }

  byId(id: string): Promise<UserAccount | null> {
    return this.database.source.getRepository(UserAccount).findOneBy({ id });
  }

  /** All users, by name. Not paged: one per colleague. */
  all(): Promise<UserAccount[]> {
    return this.database.source.getRepository(UserAccount).find({ order: { name: 'ASC', id: 'ASC' } });
  }
}

export const normalEmail = (email: string): string => email.trim().toLowerCase();
