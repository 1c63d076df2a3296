import type { Transaction } from '@baton/bus';
import { onlySellerSeenBy, type User } from '@baton/platform';
import { Injectable } from '@nestjs/common';

/** An offer of a lead to a seller. */
export interface LeadSeller {
  readonly leadId: string;
  readonly sellerId: string;
}

/** Who was ever offered a lead. Rows are only added, so that neither the order nor the repetition of events matters. */
@Injectable()
export class LeadSellersStore {
  async add(tx: Transaction, offers: readonly LeadSeller[]): Promise<void> {
    await tx.rows(
      `insert into lead_sellers (seller_id, lead_id)
       select distinct * from unnest($1::uuid[], $2::uuid[]) order by 1, 2 on conflict do nothing`,
      [offers.map(({ sellerId }) => sellerId), offers.map(({ leadId }) => leadId)],
    );
  }
}

/** Binds a parameter of a query. @returns its placeholder */
export type Bind = (value: unknown) => string;

/** The condition on a row of `leads` that the user sees this lead: every query of leads for people has it. */
export const visibleTo = (user: User, bind: Bind): string => {
  const seller = onlySellerSeenBy(user);
  if (seller === undefined) return 'true';
  return `leads.id in (select lead_id from lead_sellers where seller_id = ${bind(seller)}::uuid)`;
};
