import type { Database, Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';

const AHEAD = 12;

/** The months in which the activities are kept: each a partition of its own. */
@Injectable()
export class MonthStore {
  /**
   * Makes the partitions of this month, the one before and the next twelve, where they are missing. What falls outside goes to the
   * default partition; a month that has begun there stays there, for rows cannot be moved while they are read.
   */
  async prepare(database: Database, now: Date): Promise<void> {
    await database.transaction(async (tx) => {
      // Processes that start together would make the same partition twice.
      await tx.rows(`select pg_advisory_xact_lock(hashtext(current_schema() || '.activities'))`);
      for (let month = -1; month <= AHEAD; month += 1) {
        const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + month));
        const to = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + month + 1));
        await this.make(tx, from.toISOString(), to.toISOString());
      }
    });
  }

  private async make(tx: Transaction, from: string, to: string): Promise<void> {
    const table = `activities_${from.slice(0, 7).replace('-', '_')}`;
    const [taken] = await tx.rows(
      `select where to_regclass($1) is not null
         or exists (select from activities_default where occurred_at >= $2 and occurred_at < $3)`,
      [table, from, to],
    );
    if (taken) return;
    await tx.rows(`create table ${table} partition of activities for values from ('${from}') to ('${to}')`);
  }
}
