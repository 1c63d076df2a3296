import { Database } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import { PeopleStore, type Difference } from './people.store.js';

/** Leads that are compared in one transaction. */
const LEADS_PER_STEP = 2_000;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** What was compared in one step. */
export interface Recounted extends Difference {
  readonly leads: number;
  /** The last lead that was compared; null after the last of all. */
  readonly next: string | null;
}

/** Compares what is stored with what follows from the facts, some leads at a time in the order of their ids. */
@Injectable()
export class RecountStore {
  constructor(
    private readonly database: Database,
    private readonly people: PeopleStore,
  ) {}

  /** The leads after `after`; with `mend` what differs is derived again in the same transaction. */
  step(after = FIRST, mend = false): Promise<Recounted> {
    return this.database.transaction(async (tx) => {
      const rows = await tx.rows<{ id: string }>(
        `(select lead_id as id from lead_facts where lead_id > $1::uuid order by 1 limit ${LEADS_PER_STEP})
         union (select lead_id from people where lead_id > $1::uuid order by 1 limit ${LEADS_PER_STEP})
         order by 1 limit ${LEADS_PER_STEP}`,
        [after],
      );
      const ids = rows.map(({ id }) => id);
      const difference = await this.people.compare(tx, ids, mend);
      return {
        leads: ids.length,
        ...difference,
        next: ids.length < LEADS_PER_STEP ? null : ids.at(-1)!,
      };
    });
  }
}
