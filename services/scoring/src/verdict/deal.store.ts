import type { Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import type { Lesson, Score } from '@baton/contracts';
import type { DealState } from './deal-state.js';

/** A deal with what its end teaches and the score of the lead at that time, by the definitions of then. */
export type DealEvidence = DealState & {
  readonly teaches: Lesson | null;
  readonly score: Score;
  readonly modelId: string;
  readonly funnelId: string;
};

/** The deals of leads: evidence of how good the leads were, and what makes them opportunities and customers. */
@Injectable()
export class DealStore {
  /** All deals of these leads. The leads are locked in this transaction. */
  async of(tx: Transaction, leadIds: readonly string[]): Promise<DealState[]> {
    const rows = await tx.rows<Row>('select * from deals where lead_id = any($1::uuid[])', [leadIds]);
    return rows.map(fromRow);
  }

  /** Inserts or updates; a state that is not newer than the stored one changes nothing. */
  async save(tx: Transaction, deals: readonly DealEvidence[]): Promise<void> {
    if (deals.length === 0) return;
    await tx.rows(
      `insert into deals (id, lead_id, sequence, state, amount, currency, reason, at, competitor,
         teaches, points, fit, engagement, grade, model_id, funnel_id)
       select * from unnest($1::uuid[], $2::uuid[], $3::integer[], $4::text[], $5::float8[], $6::text[], $7::text[],
         $8::timestamptz[], $9::text[], $10::text[], $11::float8[], $12::float8[], $13::float8[], $14::text[], $15::text[],
         $16::text[])
       on conflict (id) do update set
         sequence = excluded.sequence, state = excluded.state, reason = excluded.reason, at = excluded.at,
         competitor = excluded.competitor, teaches = excluded.teaches, points = excluded.points, fit = excluded.fit,
         engagement = excluded.engagement, grade = excluded.grade, model_id = excluded.model_id, funnel_id = excluded.funnel_id,
         amount = coalesce(excluded.amount, deals.amount), currency = coalesce(excluded.currency, deals.currency)
       where deals.sequence < excluded.sequence`,
      [
        deals.map(({ dealId }) => dealId),
        deals.map(({ leadId }) => leadId),
        deals.map(({ sequence }) => sequence),
        deals.map(({ state }) => state),
        deals.map(({ value }) => value?.amount ?? null),
        deals.map(({ value }) => value?.currency ?? null),
        deals.map(({ reason }) => reason),
        deals.map(({ at }) => new Date(at).toISOString()),
        deals.map(({ competitor }) => competitor ?? null),
        deals.map(({ teaches }) => teaches),
        deals.map(({ score }) => score.points),
        deals.map(({ score }) => score.fit),
        deals.map(({ score }) => score.engagement),
        deals.map(({ score }) => score.grade),
        deals.map(({ modelId }) => modelId),
        deals.map(({ funnelId }) => funnelId),
      ],
    );
  }
}

interface Row {
  readonly id: string;
  readonly lead_id: string;
  readonly sequence: number;
  readonly state: DealState['state'];
  readonly amount: number | null;
  readonly currency: string | null;
  readonly reason: string | null;
  readonly at: Date;
}

const fromRow = (row: Row): DealState => ({
  dealId: row.id,
  leadId: row.lead_id,
  sequence: row.sequence,
  state: row.state,
  value: row.amount === null || row.currency === null ? null : { amount: row.amount, currency: row.currency },
  reason: row.reason,
  at: row.at.getTime(),
});
