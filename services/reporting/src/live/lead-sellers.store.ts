import type { Transaction } from '@baton/bus';
import type { HandoffEventData } from '@baton/contracts';
import { Injectable } from '@nestjs/common';
import { ownersBy } from '../person/membership.store.js';

/** The newest by sequence of a lead counts. */
export interface LeadLink {
  readonly leadId: string;
  /** Null: a lead of its own again. */
  readonly intoLeadId: string | null;
  readonly sequence: number;
}

/** Leads and all that they were merged into, one into the other. */
const UP = `
  up (lead_id, person_id) as (
    select lead_id, lead_id from given
    union
    select up.lead_id, l.into_lead_id from up join live_links l on l.lead_id = up.person_id where l.into_lead_id is not null
  )`;
const LINKS_LOCK = `hashtext('baton.live-links'), hashtext(current_schema())`;

/**
 * Who was ever offered a person, as one of the leads that it consists of. Of the reader of the stream, so that an event is never read before
 * those who see it are known. Who saw a lead until its merge was undone sees both.
 */
@Injectable()
export class LeadSellersStore {
  async add(
    tx: Transaction,
    offers: readonly Pick<HandoffEventData, 'leadId' | 'sellerId'>[],
  ): Promise<void> {
    // A merge under way does not see these sellers, nor is it seen here.
    await tx.rows(`select pg_advisory_xact_lock_shared(${LINKS_LOCK})`);
    await tx.rows(
      `with recursive given as (
         select distinct * from unnest($1::uuid[], $2::uuid[]) as given (lead_id, seller_id)
       ), ${UP}
       insert into lead_sellers (lead_id, seller_id)
       select distinct person_id, seller_id from given join up using (lead_id) order by 1, 2 on conflict do nothing`,
      [offers.map(({ leadId }) => leadId), offers.map(({ sellerId }) => sellerId)],
    );
  }

  /** The sellers of a merged lead are sellers of the person from now on. */
  async link(tx: Transaction, links: readonly LeadLink[]): Promise<void> {
    if (links.length === 0) return;
    await tx.rows(`select pg_advisory_xact_lock(${LINKS_LOCK})`);
    await tx.rows(
      `insert into live_links as l (lead_id, into_lead_id, sequence)
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
    await tx.rows(
      `with recursive given as (select unnest($1::uuid[]) as lead_id), ${UP}
       insert into lead_sellers (lead_id, seller_id)
       select distinct person_id, seller_id from up join lead_sellers s using (lead_id) order by 1, 2 on conflict do nothing`,
      [links.map(({ leadId }) => leadId)],
    );
  }

  /** Events with the person that their lead is now. */
  async ofPeople<Event extends { readonly data: { readonly leadId: string } }>(
    tx: Transaction,
    events: readonly Event[],
  ): Promise<Event[]> {
    const leadIds = [...new Set(events.map(({ data }) => data.leadId))];
    if (leadIds.length === 0) return [];
    const rows = await tx.rows<{ lead: string; person: string }>(
      `with recursive ${ownersBy('live_links')} select lead, person from owners where person <> lead`,
      [leadIds],
    );
    const people = new Map(rows.map(({ lead, person }) => [lead, person]));
    return events.map((event) => {
      const leadId = people.get(event.data.leadId);
      return leadId === undefined ? event : { ...event, data: { ...event.data, leadId } };
    });
  }
}
