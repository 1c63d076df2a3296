import type { Transaction } from '@baton/bus';
import type { HandoffEventData } from '@baton/contracts';
import { Injectable } from '@nestjs/common';

/** Who was ever offered a lead. Of the reader of the stream, so that an event is never read before those who see it are known. */
@Injectable()
export class LeadSellersStore {
  async add(
    tx: Transaction,
    offers: readonly Pick<HandoffEventData, 'leadId' | 'sellerId'>[],
  ): Promise<void> {
    await tx.rows(
      `insert into lead_sellers (lead_id, seller_id)
       select distinct * from unnest($1::uuid[], $2::uuid[]) order by 1, 2 on conflict do nothing`,
      [offers.map(({ leadId }) => leadId), offers.map(({ sellerId }) => sellerId)],
    );
  }
}
