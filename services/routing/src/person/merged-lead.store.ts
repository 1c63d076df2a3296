import type { Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import { currentLeadOf } from './same-person.js';

/** A lead that is part of another now. */
export interface Merged {
  readonly leadId: string;
  readonly intoLeadId: string;
  readonly mergedAt: string;
}

/** A lead that is one of its own again, or for the first time. */
export interface Divided {
  readonly leadId: string;
  readonly fromLeadId: string;
  /** Leads, by their ids, that are part of it now. */
  readonly profileIds: readonly string[];
}

/** Which leads are one person, as scoring says. Each row points at a lead that is not merged itself, as far as events arrived. */
@Injectable()
export class MergedLeadStore {
  /**
   * Makes transactions that offer or end hand-offs of one person wait for one another until they end; the persons are those of the
   * leads. Before anything else is locked.
   */
  async lockPersons(tx: Transaction, leadIds: readonly string[]): Promise<void> {
    await tx.rows(
      `select pg_advisory_xact_lock(hashtextextended('person ' || person, 0))
       from (select distinct ${currentLeadOf('asked.id')} as person from unnest($1::uuid[]) as asked(id) order by 1) persons`,
      [leadIds],
    );
  }

  /**
   * Events of two leads are in no order: one that says the opposite of a merge before was made after that was undone, or before it was
   * made. The newer one counts, and finds the undo still to come or gone by.
   */
  async merge(tx: Transaction, { leadId, intoLeadId, mergedAt }: Merged): Promise<void> {
    await tx.rows(
      `with undone as (
         delete from merged_leads where lead_id = $2 and into_id = $1 and merged_at < $3 returning lead_id
       ), target as (
         select coalesce((select lead_id from undone), ${currentLeadOf('$2::uuid')}) as id
       ), others as (
         update merged_leads set into_id = target.id from target where into_id = $1 and lead_id <> target.id
       )
       insert into merged_leads (lead_id, into_id, merged_at) select $1, target.id, $3 from target where target.id <> $1
       on conflict (lead_id) do update set into_id = excluded.into_id, merged_at = excluded.merged_at`,
      [leadId, intoLeadId, mergedAt],
    );
  }

  /** Leads that were merged into the divided one, and whose profiles did not go with it, are part of the other from now on. */
  async divide(tx: Transaction, { leadId, fromLeadId, profileIds }: Divided): Promise<void> {
    await tx.rows(
      `with target as (select ${currentLeadOf('$2::uuid')} as id),
       left_behind as (
         update merged_leads set into_id = target.id from target
         where into_id = $1 and lead_id <> all ($3::uuid[]) and target.id <> $1
       ),
       taken as (update merged_leads set into_id = $1 where lead_id = any ($3::uuid[]) and lead_id <> $1 and into_id <> $1)
       delete from merged_leads where lead_id = $1`,
      [leadId, fromLeadId, profileIds],
    );
  }
}
