import type { Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import { campaignKeyOf } from '../report/campaign.js';
import { addCampaigns } from '../report/campaign.store.js';
import type { LeadFact, StageMove } from './lead-facts.js';

/** Origins and moves of leads as they were published; none is changed when leads are merged. Rows are written in key order. */
@Injectable()
export class LeadFactsStore {
  /** The origin with the highest sequence is kept, the first stage whenever it is known. */
  async addOrigins(tx: Transaction, facts: readonly LeadFact[]): Promise<void> {
    if (facts.length === 0) return;
    await tx.rows(
      `insert into lead_facts as f (lead_id, created_at, source_id, channel, campaign, stage, origin_sequence)
       select distinct on (lead_id) lead_id, created_at, source_id, channel, campaign,
         max(stage) over (partition by lead_id), sequence
       from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[])
         as given (lead_id, created_at, source_id, channel, campaign, stage, sequence)
       order by lead_id, sequence desc, created_at
       on conflict (lead_id) do update set
         created_at = case when excluded.origin_sequence > f.origin_sequence then excluded.created_at else f.created_at end,
         source_id = case when excluded.origin_sequence > f.origin_sequence then excluded.source_id else f.source_id end,
         channel = case when excluded.origin_sequence > f.origin_sequence then excluded.channel else f.channel end,
         campaign = case when excluded.origin_sequence > f.origin_sequence then excluded.campaign else f.campaign end,
         stage = greatest(f.stage, excluded.stage),
         origin_sequence = greatest(f.origin_sequence, excluded.origin_sequence)
       where excluded.origin_sequence > f.origin_sequence or excluded.stage > f.stage`,
      [
        facts.map((fact) => fact.leadId),
        facts.map((fact) => fact.createdAt),
        facts.map((fact) => fact.sourceId),
        facts.map((fact) => fact.channel),
        facts.map((fact) => campaignKeyOf(fact.campaign)),
        facts.map((fact) => fact.stage ?? ''),
        facts.map((fact) => fact.sequence),
      ],
    );
    await addCampaigns(
      tx,
      facts.map(({ campaign, createdAt }) => ({ name: campaign, at: createdAt })),
    );
  }

  async addMoves(tx: Transaction, moves: readonly StageMove[]): Promise<void> {
    if (moves.length === 0) return;
    await tx.rows(
      `insert into stage_moves (lead_id, changed_at, to_stage, from_stage, reached, region, sequence)
       select distinct on (lead_id, changed_at, to_stage) lead_id, changed_at, to_stage, from_stage,
         array(select jsonb_array_elements_text(reached)), region, sequence
       from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::jsonb[], $6::text[], $7::bigint[])
         as given (lead_id, changed_at, to_stage, from_stage, reached, region, sequence)
       order by lead_id, changed_at, to_stage, sequence
       on conflict do nothing`,
      [
        moves.map((move) => move.leadId),
        moves.map((move) => move.at),
        moves.map((move) => move.to),
        moves.map((move) => move.from),
        moves.map((move) => JSON.stringify(move.reached)),
        moves.map((move) => move.region),
        moves.map((move) => move.sequence),
      ],
    );
  }
}
