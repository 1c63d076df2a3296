import type { Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import { mergedOffers, TIMES, type OfferFact } from './offer-facts.js';

const COLUMN: Readonly<Record<(typeof TIMES)[number], string>> = {
  offeredAt: 'offered_at',
  acceptDueAt: 'accept_due_at',
  acceptedAt: 'accepted_at',
  touchDueAt: 'touch_due_at',
  touchedAt: 'touched_at',
  rejectedAt: 'rejected_at',
  qualifiedAt: 'qualified_at',
  replacedAt: 'replaced_at',
};
const COLUMNS = TIMES.map((time) => COLUMN[time]);
const UPSERT = `
  insert into handoff_facts as f (handoff_id, offer, lead_id, seller_id, seller_name, ${COLUMNS.join(', ')})
  select * from unnest($1::uuid[], $2::int[], $3::uuid[], $4::uuid[], $5::text[],
    ${COLUMNS.map((_, index) => `$${index + 6}::timestamptz[]`).join(', ')})
  on conflict (handoff_id, offer) do update set
    seller_name = coalesce(f.seller_name, excluded.seller_name),
    ${COLUMNS.map((column) => `${column} = least(f.${column}, excluded.${column})`).join(', ')}`;

/** What became of every offer; each instant is kept as the earliest that was ever said. */
@Injectable()
export class OfferFactsStore {
  async add(tx: Transaction, facts: readonly OfferFact[]): Promise<void> {
    const offers = mergedOffers(facts);
    if (offers.length === 0) return;
    await tx.rows(UPSERT, [
      offers.map((offer) => offer.handoffId),
      offers.map((offer) => offer.offer),
      offers.map((offer) => offer.leadId),
      offers.map((offer) => offer.sellerId),
      offers.map((offer) => offer.sellerName ?? null),
      ...TIMES.map((time) => offers.map((offer) => offer[time] ?? null)),
    ]);
  }
}
