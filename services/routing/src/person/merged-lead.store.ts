import type { Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import { currentLeadOf } from './same-person.js';

/** What scoring says of a lead that was merged or divided: whose its profiles are from then on. */
export interface IdentityChange {
  readonly leadId: string;
  /** The lead that has the profiles now, and the one that the lead was merged into or divided from. */
  readonly ownerId: string;
  readonly otherId: string;
  readonly profileIds: readonly string[];
  /** Orders changes of one profile; 0 in events of before there were revisions, which are ordered by their instants. */
  readonly revision: number;
  readonly at: string;
}

/**
 * Which leads are one person, as scoring says. Of each profile the newest change counts, so that the rows are the same in whatever order
 * events of several leads arrive. The profile that a lead began with has its id; others are kept too, since they may become leads.
 */
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
   * Locks the persons that changes are about, before and after them; see `lockPersons`.
   */
  async lockChanged(tx: Transaction, changes: readonly IdentityChange[]): Promise<void> {
    await tx.rows(
      `select pg_advisory_xact_lock(hashtextextended('person ' || person, 0)) from (
         select id as person from unnest($1::uuid[]) as named(id)
         union select into_id from merged_leads where lead_id = any($2::uuid[]) order by 1) persons`,
      [
        changes.flatMap(({ leadId, otherId }) => [leadId, otherId]),
        changes.flatMap(({ leadId, otherId, profileIds }) => [leadId, otherId, ...profileIds]),
      ],
    );
  }

  /** Keeps the newest change of each profile; of changes without a revision and of one instant a division, then any, but always the same. */
  async save(tx: Transaction, changes: readonly IdentityChange[]): Promise<void> {
    const rows = changes.flatMap(({ leadId, ownerId, profileIds, revision, at }) =>
      [...new Set([leadId, ...profileIds])].map((id) => ({
        id,
        ownerId,
        revision,
        at,
        isLead: id === leadId,
      })),
    );
    await tx.rows(
      `insert into merged_leads as known (lead_id, into_id, revision, merged_at, is_lead)
       select distinct on (lead_id) lead_id, into_id, revision, merged_at, bool_or(is_lead) over (partition by lead_id)
       from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::timestamptz[], $5::boolean[])
         as given (lead_id, into_id, revision, merged_at, is_lead)
       order by lead_id, revision desc, merged_at desc, (lead_id = into_id) desc, into_id desc
       on conflict (lead_id) do update set
         is_lead = known.is_lead or excluded.is_lead,
         (into_id, revision, merged_at) = (select * from (values
           (known.into_id, known.revision, known.merged_at), (excluded.into_id, excluded.revision, excluded.merged_at)
         ) as change (into_id, revision, merged_at)
         order by revision desc, merged_at desc, (into_id = excluded.lead_id) desc, into_id desc limit 1)`,
      [
        rows.map(({ id }) => id),
        rows.map(({ ownerId }) => ownerId),
        rows.map(({ revision }) => revision),
        rows.map(({ at }) => at),
        rows.map(({ isLead }) => isLead),
      ],
    );
  }
}
