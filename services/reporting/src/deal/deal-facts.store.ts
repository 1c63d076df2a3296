import type { Received, Transaction } from '@baton/bus';
import type { DealEventData } from '@baton/contracts';
import { Injectable } from '@nestjs/common';
import { dealFactsOf, renewalsOf, type DealFact, type Renewal } from './deal-facts.js';

const TIMES = ['opened_at', 'won_at', 'lost_at', 'churned_at'];

/** Deals by their events, in whatever order: of each instant the earliest, of everything else the newest that was said. */
@Injectable()
export class DealFactsStore {
  async add(tx: Transaction, messages: readonly Received<DealEventData>[]): Promise<void> {
    // One event of a deal after the other, so that of two in a batch the newer is compared with the older.
    const facts = messages.flatMap(({ contract, data }) => dealFactsOf(contract.type, data));
    for (const round of roundsOf(facts)) await this.write(tx, round);
    await this.renew(
      tx,
      messages.flatMap(({ contract, data }) => renewalsOf(contract.type, data)),
    );
  }

  private async write(tx: Transaction, facts: readonly DealFact[]): Promise<void> {
    await tx.rows(
      `insert into deal_facts as d (deal_id, lead_id, seller_id, seller_name, changed_at, ${TIMES.join(', ')},
         amount, currency, competitor, lost_reason, valued_at)
       select *, case when amount is not null then changed_at else '-infinity' end
       from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::timestamptz[],
         $8::timestamptz[], $9::timestamptz[], $10::numeric[], $11::text[], $12::text[], $13::text[])
         as given (deal_id, lead_id, seller_id, seller_name, changed_at, ${TIMES.join(', ')}, amount, currency, competitor, lost_reason)
       order by 1
       on conflict (deal_id) do update set
         lead_id = case when excluded.changed_at >= d.changed_at then excluded.lead_id else d.lead_id end,
         seller_id = case when excluded.changed_at >= d.changed_at then coalesce(excluded.seller_id, d.seller_id)
           else coalesce(d.seller_id, excluded.seller_id) end,
         seller_name = case when (excluded.changed_at >= d.changed_at and excluded.seller_name <> '') or d.seller_name = ''
           then excluded.seller_name else d.seller_name end,
         changed_at = greatest(d.changed_at, excluded.changed_at),
         ${TIMES.map((time) => `${time} = least(d.${time}, excluded.${time})`).join(', ')},
         amount = case when excluded.valued_at > d.valued_at or (excluded.valued_at = d.valued_at and excluded.amount > d.amount)
           then excluded.amount else d.amount end,
         currency = case when excluded.valued_at > d.valued_at or (excluded.valued_at = d.valued_at and excluded.amount > d.amount)
           then excluded.currency else d.currency end,
         valued_at = greatest(d.valued_at, excluded.valued_at),
         competitor = case when excluded.lost_at <= coalesce(d.lost_at, 'infinity') then excluded.competitor else d.competitor end,
         lost_reason = case when excluded.lost_at <= coalesce(d.lost_at, 'infinity') then excluded.lost_reason else d.lost_reason end`,
      [
        facts.map((fact) => fact.dealId),
        facts.map((fact) => fact.leadId),
        facts.map((fact) => fact.sellerId ?? null),
        facts.map((fact) => fact.sellerName ?? ''),
        facts.map((fact) => fact.at),
        facts.map((fact) => fact.openedAt ?? null),
        facts.map((fact) => fact.wonAt ?? null),
        facts.map((fact) => fact.lostAt ?? null),
        facts.map((fact) => fact.churnedAt ?? null),
        facts.map((fact) => fact.amount ?? null),
        facts.map((fact) => fact.currency ?? ''),
        facts.map((fact) => fact.competitor ?? ''),
        facts.map((fact) => fact.lostReason ?? ''),
      ],
    );
  }

  private async renew(tx: Transaction, renewals: readonly Renewal[]): Promise<void> {
    if (renewals.length === 0) return;
    await tx.rows(
      `insert into deal_renewals (deal_id, renewed_at, amount, currency)
       select distinct on (deal_id, renewed_at) * from unnest($1::uuid[], $2::timestamptz[], $3::numeric[], $4::text[])
         as given (deal_id, renewed_at, amount, currency)
       order by deal_id, renewed_at, amount desc
       on conflict do nothing`,
      [
        renewals.map((renewal) => renewal.dealId),
        renewals.map((renewal) => renewal.renewedAt),
        renewals.map((renewal) => renewal.amount),
        renewals.map((renewal) => renewal.currency),
      ],
    );
  }
}

/** Facts in rounds of one per deal: a statement cannot write a row twice. */
const roundsOf = (facts: readonly DealFact[]): DealFact[][] => {
  const rounds: DealFact[][] = [];
  const count = new Map<string, number>();
  for (const fact of facts) {
    const round = count.get(fact.dealId) ?? 0;
    count.set(fact.dealId, round + 1);
    (rounds[round] ??= []).push(fact);
  }
  return rounds;
};
