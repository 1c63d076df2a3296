import type { Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import { unknownReadiness, type LeadReadiness } from './lead-readiness.js';

/** One row per lead whose stage ever changed. */
@Injectable()
export class LeadReadinessStore {
  /**
   * The readiness of each of these leads. It needs no lock: the reader has locked the sequences of these leads in this
   * transaction.
   */
  async of(tx: Transaction, leadIds: readonly string[]): Promise<Map<string, LeadReadiness>> {
    const rows = await tx.rows<Row>('select * from lead_readiness where lead_id = any($1::uuid[])', [
      leadIds,
    ]);
    const known = new Map(rows.map((row) => [row.lead_id, fromRow(row)]));
    return new Map(leadIds.map((id) => [id, known.get(id) ?? unknownReadiness(id)]));
  }

  async save(tx: Transaction, all: readonly LeadReadiness[]): Promise<void> {
    // In one order, so that two transactions that share leads do not deadlock.
    const ordered = [...all].sort((one, other) => (one.leadId < other.leadId ? -1 : 1));
    await tx.rows(
      `insert into lead_readiness (lead_id, sequence, moved_back, ready_sequence, verdict_sequence, offered_sequence)
       select * from unnest($1::uuid[], $2::bigint[], $3::boolean[], $4::bigint[], $5::bigint[], $6::bigint[])
       on conflict (lead_id) do update set
         sequence = excluded.sequence, moved_back = excluded.moved_back, ready_sequence = excluded.ready_sequence,
         verdict_sequence = excluded.verdict_sequence, offered_sequence = excluded.offered_sequence`,
      [
        ordered.map(({ leadId }) => leadId),
        ordered.map(({ sequence }) => sequence),
        ordered.map(({ movedBack }) => movedBack),
        ordered.map(({ readySequence }) => readySequence),
        ordered.map(({ verdictSequence }) => verdictSequence),
        ordered.map(({ offeredSequence }) => offeredSequence),
      ],
    );
  }
}

/** PostgreSQL's bigint arrives as text. */
interface Row {
  readonly lead_id: string;
  readonly sequence: string;
  readonly moved_back: boolean;
  readonly ready_sequence: string;
  readonly verdict_sequence: string;
  readonly offered_sequence: string | null;
}

const fromRow = (row: Row): LeadReadiness => ({
  leadId: row.lead_id,
  sequence: Number(row.sequence),
  movedBack: row.moved_back,
  readySequence: Number(row.ready_sequence),
  verdictSequence: Number(row.verdict_sequence),
  offeredSequence: row.offered_sequence === null ? null : Number(row.offered_sequence),
});
