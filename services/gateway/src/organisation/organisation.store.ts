import { Database, type Transaction } from '@baton/bus';
import { DomainError } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { addUser, administratorExists, type NewAccount } from '../user/user.store.js';
import type { UserAccount } from '../user/user.entity.js';
import type { WorkingHours } from './working-week.js';

export interface Organisation {
  readonly name: string;
  /** Name in the IANA database. */
  readonly timeZone: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly workingWeek: readonly WorkingHours[];
}

const SELECT =
  'select name, time_zone as "timeZone", currency, working_week as "workingWeek" from organisation';

@Injectable()
export class OrganisationStore {
  constructor(private readonly database: Database) {}

  async get(): Promise<Organisation> {
    const [organisation] = await this.database.rows<Organisation>(SELECT);
    return organisation!;
  }

  /** @returns the organisation as it was */
  change(organisation: Organisation): Promise<Organisation> {
    return this.database.transaction(async (tx) => {
      const [before] = await tx.rows<Organisation>(`${SELECT} for update`);
      await write(tx, organisation);
      return before!;
    });
  }

  /**
   * Creates the first administrator, and the organisation.
   * @throws DomainError `conflict` when there is an administrator, for all but the first of concurrent calls too
   */
  setUp(organisation: Organisation, administrator: NewAccount): Promise<UserAccount> {
    return this.database.transaction(async (tx) => {
      // The lock of the one row lets concurrent calls pass one after the other.
      await write(tx, organisation);
      if (await administratorExists(tx))
        throw new DomainError('conflict', 'There is an administrator already. Log in instead.');
      return addUser(tx.manager, administrator);
    });
  }
}

const write = async (
  tx: Transaction,
  { name, timeZone, currency, workingWeek }: Organisation,
): Promise<void> => {
  await tx.rows('update organisation set name = $1, time_zone = $2, currency = $3, working_week = $4', [
    name,
    timeZone,
    currency,
    JSON.stringify(workingWeek),
  ]);
};
