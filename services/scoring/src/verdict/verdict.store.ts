import type { Transaction } from '@baton/bus';
import type { Score } from '@baton/contracts';
import { Injectable } from '@nestjs/common';
import type { Verdict } from './verdict.js';

/** A verdict with the score of the lead at that time, and the model that made it. */
export type Evidence = Verdict & { readonly score: Score; readonly modelId: string };

@Injectable()
export class VerdictStore {
  /** Inserts verdicts; one per hand-off and kind. */
  async save(tx: Transaction, evidence: readonly Evidence[]): Promise<void> {
    if (evidence.length === 0) return;
    await tx.rows(INSERT, [
      evidence.map(({ handoffId }) => handoffId),
      evidence.map(({ verdict }) => verdict),
      evidence.map(({ leadId }) => leadId),
      evidence.map(({ sellerId }) => sellerId),
      evidence.map(({ at }) => new Date(at).toISOString()),
      evidence.map(({ reason }) => reason),
      evidence.map(({ teaches }) => teaches),
      evidence.map(({ outcome }) => outcome),
      evidence.map(({ wakeAt }) => (wakeAt === null ? null : new Date(wakeAt).toISOString())),
      evidence.map(({ score }) => score.points),
      evidence.map(({ score }) => score.fit),
      evidence.map(({ score }) => score.engagement),
      evidence.map(({ score }) => score.grade),
      evidence.map(({ modelId }) => modelId),
    ]);
  }
}

const INSERT = `
  insert into verdicts (handoff_id, verdict, lead_id, seller_id, at, reason, teaches, outcome, wake_at,
    points, fit, engagement, grade, model_id)
  select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::timestamptz[], $6::text[], $7::text[], $8::text[],
    $9::timestamptz[], $10::float8[], $11::float8[], $12::float8[], $13::text[], $14::text[])
  on conflict do nothing`;
