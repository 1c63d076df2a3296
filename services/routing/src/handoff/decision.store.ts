import type { Transaction } from '@baton/bus';
import { ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { toIso, type Instant } from '../policy/duration.js';
import type { AssignmentDecision } from '../team/assignment-decision.js';

/** Why an offer went to its seller; offer 0: why the hand-off waited. */
export interface StoredDecision {
  readonly handoffId: string;
  readonly offer: number;
  readonly at: Instant;
  readonly decision: AssignmentDecision;
}

@Injectable()
export class DecisionStore {
  constructor(private readonly database: ReadDatabase) {}

  async add(tx: Transaction, decisions: readonly StoredDecision[]): Promise<void> {
    if (decisions.length === 0) return;
    await tx.rows(
      `insert into assignment_decisions
       select * from unnest($1::uuid[], $2::integer[], $3::timestamptz[], $4::jsonb[])
       on conflict (handoff_id, offer) do update set at = excluded.at, decision = excluded.decision`,
      [
        decisions.map(({ handoffId }) => handoffId),
        decisions.map(({ offer }) => offer),
        decisions.map(({ at }) => toIso(at)),
        decisions.map(({ decision }) => JSON.stringify(decision)),
      ],
    );
  }

  /** Of one offer, or of the last one. */
  async find(handoffId: string, offer?: number): Promise<StoredDecision | undefined> {
    const [row] = await this.database.rows<{ offer: number; at: Date; decision: AssignmentDecision }>(
      `select offer, at, decision from assignment_decisions
       where handoff_id = $1 and ($2::integer is null or offer = $2) order by offer desc limit 1`,
      [handoffId, offer ?? null],
    );
    return row && { ...row, handoffId, at: row.at.getTime() };
  }
}
