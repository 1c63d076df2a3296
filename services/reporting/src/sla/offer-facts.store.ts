import type { Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import { DUES, TIMES, type OfferFact } from './offer-facts.js';

const COLUMN: Readonly<Record<(typeof TIMES)[number], string>> = {
  offeredAt: 'offered_at',
  acceptedAt: 'accepted_at',
  touchedAt: 'touched_at',
  rejectedAt: 'rejected_at',
  qualifiedAt: 'qualified_at',
  replacedAt: 'replaced_at',
  breachedAt: 'breached_at',
};
const COLUMNS = TIMES.map((time) => COLUMN[time]);
const NEWEST_SELLER = 'order by seller_at desc, seller_id desc, seller_name collate "C" desc';
const IS_NEWER =
  '(excluded.seller_at, excluded.seller_id, excluded.seller_name) > (f.seller_at, f.seller_id, f.seller_name)';
/** Of a due instant and when it was said, the pair that was said last. */
const DUE_COLUMNS = ['accept_due', 'touch_due'].map((due) => [`${due}_at`, `${due}_said_at`] as const);
const PAIRS = DUE_COLUMNS.flat();
const firstParameter = 8;
const UPSERT = `
  insert into handoff_facts as f (handoff_id, offer, lead_id, seller_id, seller_name, seller_at, reject_reason, ${[...COLUMNS, ...PAIRS].join(', ')})
  select handoff_id, offer, (array_agg(lead_id))[1], (array_agg(seller_id ${NEWEST_SELLER}))[1],
    (array_agg(seller_name ${NEWEST_SELLER}))[1], max(seller_at), max(reject_reason), ${COLUMNS.map((column) => `min(${column})`).join(', ')},
    ${DUE_COLUMNS.map(([at, saidAt]) => `(array_agg(${at} order by ${saidAt} desc, ${at} desc))[1], max(${saidAt})`).join(', ')}
  from unnest($1::uuid[], $2::int[], $3::uuid[], $4::uuid[], $5::text[], $6::timestamptz[], $7::text[],
    ${[...COLUMNS, ...PAIRS].map((_, index) => `$${index + firstParameter}::timestamptz[]`).join(', ')})
    as given (handoff_id, offer, lead_id, seller_id, seller_name, seller_at, reject_reason, ${[...COLUMNS, ...PAIRS].join(', ')})
  group by 1, 2 order by 1, 2
  on conflict (handoff_id, offer) do update set
    seller_id = case when ${IS_NEWER} then excluded.seller_id else f.seller_id end,
    seller_name = case when ${IS_NEWER} then excluded.seller_name else f.seller_name end,
    seller_at = greatest(f.seller_at, excluded.seller_at),
    reject_reason = greatest(f.reject_reason, excluded.reject_reason),
    ${DUE_COLUMNS.map(
      ([at, saidAt]) => `
    ${at} = case when (excluded.${saidAt}, excluded.${at}) > (f.${saidAt}, f.${at}) then excluded.${at} else f.${at} end,
    ${saidAt} = greatest(f.${saidAt}, excluded.${saidAt}),`,
    ).join('')}
    ${COLUMNS.map((column) => `${column} = least(f.${column}, excluded.${column})`).join(', ')}`;

/** The state of every offer: the earliest of each instant, the newest due instants and the newest seller, in whatever order events come. */
@Injectable()
export class OfferFactsStore {
  async add(tx: Transaction, offers: readonly OfferFact[]): Promise<void> {
    if (offers.length === 0) return;
    await tx.rows(UPSERT, [
      offers.map((offer) => offer.handoffId),
      offers.map((offer) => offer.offer),
      offers.map((offer) => offer.leadId),
      offers.map((offer) => offer.sellerId),
      offers.map((offer) => offer.sellerName ?? ''),
      offers.map((offer) => offer.sellerAt ?? '-infinity'),
      offers.map((offer) => offer.rejectReason ?? ''),
      ...TIMES.map((time) => offers.map((offer) => offer[time] ?? null)),
      ...DUES.flatMap((due) => [
        offers.map((offer) => offer[`${due}At`] ?? null),
        offers.map((offer) => offer[`${due}SaidAt`] ?? '-infinity'),
      ]),
    ]);
  }
}
