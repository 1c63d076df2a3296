import type { Transaction } from '@baton/bus';
import { leadsSeenBy, type User } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { Owner } from './lead.js';

/** An event of a hand-off: whose the lead is from then on. */
export interface LeadSeller {
  readonly leadId: string;
  readonly sellerId: string;
  readonly handoffId: string;
  readonly sequence: number;
  /** Null after a rejection. */
  readonly owner: Owner | null;
}

/** Who was ever offered a lead, and who owned it when. Rows are only added, so that neither the order nor the repetition of events matters. */
@Injectable()
export class LeadSellersStore {
  /** `now`: the time of the decisions, as of the stages they lead to. */
  async add(tx: Transaction, offers: readonly LeadSeller[], now: Date): Promise<void> {
    await tx.rows(
      `insert into lead_sellers (seller_id, lead_id)
       select distinct * from unnest($1::uuid[], $2::uuid[]) order by 1, 2 on conflict do nothing`,
      [offers.map(({ sellerId }) => sellerId), offers.map(({ leadId }) => leadId)],
    );
    await tx.rows(
      `insert into owner_changes (handoff_id, sequence, lead_id, owner_id, owner_name, at)
       select distinct on (1, 2) *, $6::timestamptz from unnest($1::uuid[], $2::integer[], $3::uuid[], $4::uuid[], $5::text[])
       order by 1, 2 on conflict do nothing`,
      [
        offers.map(({ handoffId }) => handoffId),
        offers.map(({ sequence }) => sequence),
        offers.map(({ leadId }) => leadId),
        offers.map(({ owner }) => owner?.id ?? null),
        offers.map(({ owner }) => owner?.name ?? null),
        now.toISOString(),
      ],
    );
  }
}

/** Binds a parameter of a query. @returns its placeholder */
export type Bind = (value: unknown) => string;

/** The condition on a row of `leads` that the user sees this lead: every query of leads for people has it. */
export const visibleTo = (user: User, bind: Bind): string => {
  const seen = leadsSeenBy(user);
  if (!seen) return 'true';
  const isSeen = `seller_id = any(${bind(seen.sellers)}::uuid[])`;
  // From the few leads of a seller to the row, or from each row to the offers of its lead and of those merged into it.
  return seen.unoffered
    ? `coalesce((
        select bool_or(${isSeen}) from lead_sellers
        where lead_id = any(array(select leads.id union all select id from leads m where m.merged_into = leads.id))), true)`
    : `leads.id in (
        select coalesce(merged_into, id) from leads offered join lead_sellers on lead_id = offered.id where ${isSeen})`;
};
