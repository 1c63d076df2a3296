import type { Transaction } from '@baton/bus';
import type { Score } from '@baton/contracts';
import { Injectable } from '@nestjs/common';
import type { Facts } from '../learning/facts.js';
import type { Verdict } from './verdict.js';

/** A verdict with the score of the lead at that time, and the model that made it. */
export type Evidence = Verdict & { readonly score: Score; readonly modelId: string };

/** What was known about a lead when it was offered at `at` (ms since 1970). */
export interface HandoffFacts {
  readonly handoffId: string;
  readonly leadId: string;
  readonly at: number;
  readonly facts: Facts;
}

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

  /** The first facts of a hand-off stay: what becomes known later must not be learned from. */
  async saveFacts(tx: Transaction, handoffs: readonly HandoffFacts[]): Promise<void> {
    if (handoffs.length === 0) return;
    await tx.rows(INSERT_FACTS, [
      handoffs.map(({ handoffId }) => handoffId),
      handoffs.map(({ leadId }) => leadId),
      handoffs.map(({ at }) => new Date(at).toISOString()),
      handoffs.map(({ facts }) => JSON.stringify(facts)),
    ]);
  }
}

const INSERT_FACTS = `
  insert into handoff_facts (handoff_id, lead_id, offered_at, facts)
  select * from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::jsonb[])
  on conflict do nothing`;

const INSERT = `
  insert into verdicts (handoff_id, verdict, lead_id, seller_id, at, reason, teaches, outcome, wake_at,
    points, fit, engagement, grade, model_id)
  select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::timestamptz[], $6::text[], $7::text[], $8::text[],
    $9::timestamptz[], $10::float8[], $11::float8[], $12::float8[], $13::text[], $14::text[])
  on conflict do nothing`;
