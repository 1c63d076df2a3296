import type { Received, Transaction } from '@baton/bus';
import type { LeadMergedV1, LeadUnmergedV1 } from '@baton/contracts';
import { Injectable } from '@nestjs/common';

interface Link {
  readonly leadId: string;
  /** Null: a lead of its own again. */
  readonly intoLeadId: string | null;
  readonly sequence: number;
}

/** Whose a profile is since a change. */
interface Home {
  readonly profileId: string;
  readonly leadId: string;
  readonly at: string;
  /** 0 in events of before there were revisions, which are ordered by their instants. */
  readonly revision: number;
}

/**
 * Which leads are one person. Events of different leads come in any order, so each fact is kept in a form in which order does not matter: the
 * newest link of a lead by its own sequence, the newest home of a profile by the revision of the change, and the newest retraction of a stage by
 * its time. A home is kept for merges as well: touches are published with the lead that the profile belonged to then, and a profile that was divided
 * from it may be told of as merged into another.
 */
@Injectable()
export class LeadMergesStore {
  /** @returns the leads whose people may change */
  async add(
    tx: Transaction,
    merged: readonly Received<LeadMergedV1>[],
    unmerged: readonly Received<LeadUnmergedV1>[],
  ): Promise<string[]> {
    const links: Link[] = [
      ...merged.map(({ data, sequence = 0 }) => ({ ...data, sequence })),
      ...unmerged.map(({ data, sequence = 0 }) => ({ leadId: data.leadId, intoLeadId: null, sequence })),
    ];
    if (links.length === 0) return [];
    const leadIds = links.flatMap(({ leadId, intoLeadId }) => [leadId, intoLeadId ?? leadId]);
    const before = await this.linkedNow(tx, leadIds);
    await this.link(tx, links);
    const undone = unmerged.map(({ data }) => data);
    await this.retract(tx, undone);
    const homes = [
      ...merged.map(({ data }) => ({ ...data, leadId: data.intoLeadId, at: data.mergedAt })),
      ...undone.map((data) => ({ ...data, at: data.unmergedAt })),
    ].flatMap(({ leadId, profileIds, at, revision = 0 }) =>
      profileIds.map((profileId) => ({ profileId, leadId, at, revision })),
    );
    return [
      ...leadIds,
      ...before,
      ...undone.map(({ fromLeadId }) => fromLeadId),
      ...(await this.rehome(tx, homes)),
    ];
  }

  /** What the leads were merged into until now: those lose what moves elsewhere. */
  private async linkedNow(tx: Transaction, leadIds: readonly string[]): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>(
      'select into_lead_id as id from lead_links where lead_id = any($1::uuid[]) and into_lead_id is not null',
      [leadIds],
    );
    return rows.map(({ id }) => id);
  }

  private async link(tx: Transaction, links: readonly Link[]): Promise<void> {
    await tx.rows(
      `insert into lead_links as l (lead_id, into_lead_id, sequence)
       select distinct on (lead_id) * from unnest($1::uuid[], $2::uuid[], $3::bigint[]) as given (lead_id, into_lead_id, sequence)
       order by lead_id, sequence desc
       on conflict (lead_id) do update set into_lead_id = excluded.into_lead_id, sequence = excluded.sequence
       where excluded.sequence > l.sequence`,
      [
        links.map(({ leadId }) => leadId),
        links.map(({ intoLeadId }) => intoLeadId),
        links.map(({ sequence }) => sequence),
      ],
    );
  }

  private async retract(tx: Transaction, undone: readonly LeadUnmergedV1[]): Promise<void> {
    const stages = undone.flatMap(({ fromLeadId, stagesNotReached, unmergedAt }) =>
      stagesNotReached.map((stage) => ({ fromLeadId, stage, unmergedAt })),
    );
    if (stages.length === 0) return;
    await tx.rows(
      `insert into stage_retractions as r (lead_id, stage, until)
       select lead_id, stage, max(until) from unnest($1::uuid[], $2::text[], $3::timestamptz[]) as given (lead_id, stage, until)
       group by 1, 2 order by 1, 2
       on conflict (lead_id, stage) do update set until = excluded.until where excluded.until > r.until`,
      [
        stages.map(({ fromLeadId }) => fromLeadId),
        stages.map(({ stage }) => stage),
        stages.map(({ unmergedAt }) => unmergedAt),
      ],
    );
  }

  /** @returns the leads that touches of the moved profiles were published with, and those the profiles belonged to */
  private async rehome(tx: Transaction, homes: readonly Home[]): Promise<string[]> {
    if (homes.length === 0) return [];
    const profileIds = homes.map(({ profileId }) => profileId);
    const owners = await tx.rows<{ id: string }>(
      `select lead_id as id from touches where profile_id = any($1::uuid[])
       union select lead_id from profile_homes where profile_id = any($1::uuid[])`,
      [profileIds],
    );
    await tx.rows(
      `insert into profile_homes as h (profile_id, lead_id, changed_at, revision)
       select distinct on (profile_id) * from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::bigint[])
         as given (profile_id, lead_id, changed_at, revision)
       order by profile_id, revision desc, changed_at desc, lead_id
       on conflict (profile_id) do update
         set lead_id = excluded.lead_id, changed_at = excluded.changed_at, revision = excluded.revision
         where (excluded.revision, excluded.changed_at) > (h.revision, h.changed_at)
           or (excluded.revision, excluded.changed_at) = (h.revision, h.changed_at) and excluded.lead_id < h.lead_id`,
      [
        profileIds,
        homes.map(({ leadId }) => leadId),
        homes.map(({ at }) => at),
        homes.map(({ revision }) => revision),
      ],
    );
    return owners.map(({ id }) => id);
  }
}
