import type { Database, Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';

const MONTHS_AHEAD = 12;

/** Creates the monthly partitions of `activities`. */
@Injectable()
export class ActivityPartitions {
  /**
   * Creates the missing partitions from last month to twelve months ahead. Rows of other months are stored in the default partition; a
   * month that already has rows there stays there, because moving them would block readers.
   */
  async ensure(database: Database, now: Date): Promise<void> {
    await database.transaction(async (tx) => {
      // Processes that start at the same time would create the same partition twice.
      await tx.rows(`select pg_advisory_xact_lock(hashtext(current_schema() || '.activities'))`);
      for (let month = -1; month <= MONTHS_AHEAD; month += 1) {
        const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + month));
        const to = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + month + 1));
        await this.create(tx, from.toISOString(), to.toISOString());
      }
    });
  }

  private async create(tx: Transaction, from: string, to: string): Promise<void> {
    const table = `activities_${from.slice(0, 7).replace('-', '_')}`;
    const [skipped] = await tx.rows(
      `select where to_regclass($1) is not null
         or exists (select from activities_default where occurred_at >= $2 and occurred_at < $3)`,
      [table, from, to],
    );
    if (skipped) return;
    await tx.rows(`create table ${table} partition of activities for values from ('${from}') to ('${to}')`);
  }
}
